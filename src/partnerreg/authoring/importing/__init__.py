"""Records from lists: what a mapping says, what a list holds, what becomes of each row."""
