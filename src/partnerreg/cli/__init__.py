"""Command line: options, commands, terminal output, exit codes."""
