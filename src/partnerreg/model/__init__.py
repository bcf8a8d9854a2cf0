"""Records as frozen values."""
