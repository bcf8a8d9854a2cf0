"""Command line: options, commands, terminal output, exit codes."""

import gc

# A run is short and makes few circles: looking for them all the time takes a sixth of it. Set here,
# since what is imported next is a good part of a run.
gc.set_threshold(200_000, 50, 50)
