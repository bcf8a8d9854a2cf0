"""Command line: options, commands, terminal output, exit codes."""

import gc
import sys

# A run is short and makes few circles: looking for them all the time takes a sixth of it. Set here,
# since what is imported next is a good part of a run.
gc.set_threshold(1_000_000, 50, 50)

# msgspec takes two names from typing_extensions where there is one, else from typing, which has
# the same. The former imports `inspect`: together a twelfth of a short run.
if "typing_extensions" not in sys.modules:
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]
