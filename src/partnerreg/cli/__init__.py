"""Command line: options, commands, terminal output, exit codes."""

import gc
import sys

# A run is short and makes few circles: looking for them all the time takes a sixth of it. Set here,
# since what is imported next is a good part of a run.
gc.set_threshold(1_000_000, 50, 50)

# msgspec falls back to typing where typing_extensions is absent; since Python 3.11 typing has all
# that it takes. typing_extensions imports `inspect`: together a twelfth of a short run.
if "typing_extensions" not in sys.modules:
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]
