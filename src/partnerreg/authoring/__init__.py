"""Change a registry's files: canonical layout and autofixes."""
