"""Writers: a report in, text out. Nothing here reads files or decides what is reported."""
