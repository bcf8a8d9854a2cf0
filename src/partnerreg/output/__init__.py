"""Writers: one report in, one text out. Nothing here reads files or decides what is reported."""
