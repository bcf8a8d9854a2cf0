"""Shared basics: errors, problems, limits, layout, printable text, suggestions, collation."""
