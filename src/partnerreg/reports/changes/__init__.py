"""Report `diff`: what differs between two versions of a registry."""
