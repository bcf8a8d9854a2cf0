"""A folder or a revision to a registry, with the cache and on every core."""
