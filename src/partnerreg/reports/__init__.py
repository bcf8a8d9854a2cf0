"""The reports: pure functions of a registry and a day."""
