"""Ids made of titles and names: `Łódź` becomes `lodz`."""

import re
from collections.abc import Container

from partnerreg.base.collation import folded
from partnerreg.base.layout import MAX_ID


def slug(text: str) -> str:
    """Return the id that a text makes: letters without accents and digits, joined by hyphens.

    It is cut between words at 80 characters, and empty where no letter or digit is left.
    """
    words = re.findall(r"[a-z0-9]+", folded(text.replace("ß", "ss")))
    made = "-".join(words)
    if len(made) <= MAX_ID:
        return made
    cut = made[: MAX_ID + 1].rpartition("-")[0]
    return cut or made[:MAX_ID]


def free_id(wanted: str, taken: Container[str]) -> str:
    """Return an id that is not taken: the one wanted, else with `-2`, `-3` and so on behind it."""
    if wanted not in taken:
        return wanted
    number = 2
    while True:
        tail = f"-{number}"
        made = wanted[: MAX_ID - len(tail)].rstrip("-") + tail
        if made not in taken:
            return made
        number += 1
