"""A registry of partnerships and memberships in plain files: what they cost, and when they end."""

__version__ = "0.1.0"
