"""The commands: one file each, a `run` that takes options, and a report behind it."""
