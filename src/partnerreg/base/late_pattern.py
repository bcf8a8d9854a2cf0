"""A regular expression that is compiled when it is first used: a short run needs few of them."""

import re
from functools import cached_property


class LatePattern:
    """A pattern's text and flags; `compiled` compiles them once."""

    def __init__(self, text: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._text = text
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self._text, self._flags)
