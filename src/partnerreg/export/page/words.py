"""The page's own words in English, Swedish and Polish."""

import csv
from functools import cache, lru_cache
from importlib.resources import files

from partnerreg.model.dates import Duration
from partnerreg.model.money import digits_shown, shown
from partnerreg.output.report import Amount
from partnerreg.reports.arguments import known_value

LANGUAGES = ("en", "sv", "pl")
"""ISO 639-1."""


@cache
def _table() -> dict[str, dict[str, str]]:
    text = files("partnerreg.export.page").joinpath("words.csv").read_text("utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines())}


def words_of(language: str) -> "Words":
    """Return the words of a language; raises `Failure` (2) for one that is not among them."""
    return Words(known_value("--lang", language, LANGUAGES))


class Words:
    """The words of one language; codes and phrases of the tool are their own keys."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """Return a word that the page needs, with values put in; `KeyError` where it is missing."""
        return _table()[key][self.language].format(**values)

    def told(self, text: str) -> str:
        """Return a phrase of the tool, such as `last day of notice, else it renews`.

        It is translated part by part; what is no word of the tool stays as it is.
        """
        return ", ".join(_translated(part, self.language) for part in text.split(", "))

    def counted(self, what: str, count: int) -> str:
        """Return `3 months`: a number of days, months or years in the form that it takes."""
        if self.language == "pl":
            few = count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14}
            form = "one" if count == 1 else "few" if few else "many"
        else:
            form = "one" if count == 1 else "many"
        return f"{count} {self(f'{what} {form}')}"

    def duration(self, length: Duration) -> str:
        """Return a length of time in words: 6 months, 2 years."""
        years, months = divmod(length.months, 12)
        parts = (("year", years), ("month", months), ("day", length.days))
        return " ".join(self.counted(what, count) for what, count in parts if count) or length.text

    def left(self, days: int, *, is_exact: bool) -> str:
        """Return the days left or gone by; `≤` or `≥` where the day is not known."""
        told = self.counted("day", abs(days))
        if days < 0:
            return self("ago", time=f"{'' if is_exact else '≥ '}{told}")
        return f"{'' if is_exact else '≤ '}{told}"

    def note(self, code: str, message: str) -> str:
        """Return what a note says: its message in English, else a sentence for its code."""
        found = _table().get(f"note {code}", {}).get(self.language)
        return found or message

    def amount(self, amount: Amount, digits: int | None = None) -> str:
        """Return a sum as the language writes it: 1,000.50, or 1 000,50."""
        if digits is None:
            digits = digits_shown([amount.value], amount.currency)
        return self.number(shown(amount.value, digits))

    def number(self, text: str) -> str:
        """Return a number that has commas between thousands as the language writes it."""
        if self.language == "en":
            return text
        return text.replace(",", "\u00a0").replace(".", ",")


@lru_cache(maxsize=65536)
def _translated(part: str, language: str) -> str:
    """Return a phrase with the longest beginning that is known, or the last word, translated."""
    table, pieces = _table(), part.split(" ")
    for length in range(len(pieces), 0, -1):
        found = table.get(" ".join(pieces[:length]))
        if found:
            return " ".join([found[language], *pieces[length:]])
    found = table.get(pieces[-1])
    return " ".join([*pieces[:-1], found[language]]) if found else part
