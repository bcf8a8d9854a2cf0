"""The registry as a page for those who have no terminal: one file, or a folder of pages."""
