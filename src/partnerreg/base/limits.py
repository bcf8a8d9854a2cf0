"""Limits on registry files, and the characters that their text must not contain."""

from partnerreg.base.late_pattern import LatePattern

MAX_BYTES = 64 * 1024
MAX_DEPTH = 32
MAX_NODES = 5_000
MAX_FOLDERS = 32
"""Folders below the registry's root that lie in one another."""
MAX_PROBLEMS = 100
"""Faults of reading reported for one file; the rest of a file so broken says nothing new."""

# Controls except tab and line ends, bidi marks and overrides, line and paragraph separators,
# a byte order mark inside, invisible tag characters. U+0085 is among the C1 controls.
FORBIDDEN = LatePattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\U000e0000-\U000e007f]|\r(?!\n)"
)
