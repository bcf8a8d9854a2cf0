"""Parse figures as documents write them: number words, separators, ranges.

`1,5 miljoner kronor`, `975 000 kr`, `4,7 mln zł`, `500-600 tkr`, `SEK 1.5 million`. A figure that
can be read in two ways (`1.500`) has both values; nothing is guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

SCALES = {
    3: ("tusental tusen tkr tsek kkr ksek", "tys tysiąc tysiąca tysiące tysięcy", "thousand k"),
    6: (
        "miljoner miljon milj mkr mnkr msek",
        "mln milion miliona miliony milionów",
        "million millions mn m",
    ),
    9: ("miljarder miljard mdkr mdr", "mld miliard miliarda miliardy miliardów", "billion bn"),
}
"""Words for powers of ten, by the power."""

BOUNDS = (
    (
        "at-most",
        ("högst", "upp till", "maximalt", "max", "som mest"),
        ("co najwyżej", "maksymalnie", "nie więcej niż", "do"),
        ("at most", "up to", "no more than"),
    ),
    (
        "at-least",
        ("minst", "över", "mer än", "drygt"),
        ("ponad", "co najmniej", "powyżej"),
        ("over", "at least", "more than"),
    ),
    (
        "about",
        ("cirka", "ca", "c:a", "~", "omkring", "ungefär", "runt", "nästan", "knappt", "närmare"),
        ("około", "ok.", "blisko", "niemal", "prawie"),
        ("about", "around", "approximately", "approx", "circa", "nearly", "almost", "roughly"),
    ),
)
"""A line's `bound`, and the words before a figure that mean it, by language."""

_SPACES = " \u00a0\u2009\u202f\t"
_MOST_DIGITS = 20
"""No document states a longer figure, and no amount may be longer."""
_DATE = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![0-9])", re.ASCII)
_POWER = {
    word: power for power, lists in SCALES.items() for words in lists for word in words.split()
}
_NUMBER = (
    rf"(?:[0-9]{{1,3}}(?:[{_SPACES}'’][0-9]{{3}})+(?![0-9])(?:[.,][0-9]{{1,4}})?"
    r"|[0-9]{1,15}(?:[.,][0-9]{1,15}){0,8})"
)
_WORD = "|".join(sorted(map(re.escape, _POWER), key=len, reverse=True))
_RANGE = re.compile(
    rf"(?<![0-9.,])({_NUMBER})(?:[{_SPACES}]?({_WORD})(?![^\W\d_]))?"
    rf"(?:[{_SPACES}]?(?:-|–|—|till|do|to|og)[{_SPACES}]?({_NUMBER})(?:[{_SPACES}]?({_WORD})(?![^\W\d_]))?)?",
    re.IGNORECASE,
)

# What most documents write, `670 000 kronor`: the same as the pattern above finds, sooner.
_SIMPLE = re.compile(
    rf"([0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}}){{1,5}}|[0-9]{{1,15}})(?:[{_SPACES}]([^\W\d_]+))?"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: all values it may have, for a range from the lowest to the highest; its place."""

    values: tuple[Decimal, ...]
    upper: tuple[Decimal, ...] = ()
    place: int = 0

    @property
    def is_years(self) -> bool:
        """Whether it is a span of years rather than of money."""
        return all(1900 <= value <= 2100 for value in (*self.values, *self.upper))

    def allows(self, amount: Decimal) -> bool:
        """Whether some reading gives the amount, or a range that holds it."""
        if self.upper:
            return min(self.values) <= amount <= max(self.upper)
        return amount in self.values


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures in `text`, in its order."""
    if simple := _SIMPLE.fullmatch(text):
        digits, word = simple.groups()
        power = _POWER.get(word.casefold(), 0) if word else 0
        return (Figure((_scaled(Decimal(re.sub("[^0-9]", "", digits)), power),)),)
    read = []
    for match in _RANGE.finditer(_undated(text)):
        low, low_word, high, high_word = match.groups()
        values = _values(low, low_word or high_word)
        upper = _values(high, high_word) if high else ()
        if values and (upper or not high):
            read.append(Figure(values, upper, match.start()))
    return tuple(read)


def inexact(text: str, read: Sequence[Figure], amount: Decimal) -> str | None:
    """Return the `bound` that the words before a figure speak of; None where it is exact.

    `read` are the figures of `text`. The first that allows the amount is meant: what is said of
    other numbers is nothing.
    """
    figure = next((one for one in read if one.allows(amount)), None)
    if figure is None:
        return None
    before = _undated(text)[: figure.place].casefold()
    if before and not before.isspace():
        for bound, words in _bounds():
            if words.search(before):
                return bound
    return "about" if figure.upper and not figure.is_years else None


@cache
def _bounds() -> list[tuple[str, "re.Pattern[str]"]]:
    """Return each bound with the pattern of its words before a figure."""
    found = []
    for bound, *languages in BOUNDS:
        words = "|".join(re.escape(word) for language in languages for word in language)
        end = r"\.?\s*(?:(?<=[\s~])\w{1,4}\s+)?\Z"
        found.append((bound, re.compile(rf"(?<!\w)(?:{words}){end}")))
    return found


def _undated(text: str) -> str:
    """Return the text without its dates, which are no figures, and with `,` for decimals."""
    undated = _DATE.sub(lambda found: " " * len(found[0]), text[:500])
    return re.sub(r"(?<=[0-9]):(?=[0-9]{2}(?![0-9]))", ",", re.sub(r"(?<=[0-9])½", ",5", undated))


def _values(digits: str, word: str | None) -> tuple[Decimal, ...]:
    power = _POWER[word.casefold()] if word else 0
    plain = re.sub(rf"[{_SPACES}'’]", "", digits)
    readings = [one for one in _readings(plain) if len(one) <= _MOST_DIGITS]
    return tuple(dict.fromkeys(_scaled(Decimal(one), power) for one in readings))


def _readings(digits: str) -> tuple[str, ...]:
    """Return a number's possible spellings with a point for decimals."""
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return (digits,)
    whole = digits.replace(".", "").replace(",", "")
    last = max(digits.rfind("."), digits.rfind(","))
    decimal = digits[:last].replace(".", "").replace(",", "") + "." + digits[last + 1 :]
    if len(set(marks)) == 2:
        return (decimal,)
    thousands = all(len(group) == 3 for group in re.split(r"[.,]", digits)[1:])
    if len(marks) > 1:
        return (whole,)
    return (whole, decimal) if thousands else (decimal,)


def _scaled(value: Decimal, power: int) -> Decimal:
    scaled = value.scaleb(power)
    return scaled.quantize(Decimal(1)) if scaled == scaled.to_integral_value() else scaled
