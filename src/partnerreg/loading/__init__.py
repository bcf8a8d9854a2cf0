"""Load a registry from a folder or a git revision, with a cache and worker processes."""
