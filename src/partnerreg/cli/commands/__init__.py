"""One module a command, each with a `run` function."""
