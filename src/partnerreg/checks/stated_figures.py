"""Parse figures as documents write them: number words, separators, ranges.

`1,5 miljoner kronor`, `975 000 kr`, `4,7 mln zł`, `MSEK 1,5`, `500-600 tkr`, `2 x 500 000 kr`. A
figure that can be read in two ways (`1.500`) has both values; nothing is guessed. Where a word
beside a figure is not understood, no figure is returned: nothing can be said of the text.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from msgspec import Struct

from partnerreg.base.late_pattern import LatePattern
from partnerreg.checks.number_words import BOUNDS, is_neutral, power_of
from partnerreg.model.codelists import codes

_SPACES = " \u00a0\u2007\u2009\u202f\t"
_NO_SPACES = dict.fromkeys(map(ord, _SPACES))
_MOST_DIGITS = 20
"""No document states a longer figure, and no amount may be longer."""
_DATE = LatePattern(
    r"(?<![0-9])(?:[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})(?![0-9])",
    re.ASCII,
)
_NUMBER = (
    rf"(?:[0-9]{{1,3}}(?:[{_SPACES}'’´`][0-9]{{3}})+(?![0-9])(?:[.,][0-9]{{1,4}})?"
    r"|[0-9]{1,15}(?:[.,][0-9]{1,15}){0,8})"
)
_UNIT = r"(?:[^\W\d_]|[€£$])[^\W\d_€£$'’.]*[€£$]?(?:['’.][^\W\d_€£$]+)?\.?"
_TO = r"(?:-|–|—|till|til|do|to|og|bis|à|tot)"
_FIGURE = LatePattern(
    rf"(?<![0-9.,])(?:(?P<times>[0-9]{{1,3}})[{_SPACES}]?[x×*][{_SPACES}]?)?(?P<low>{_NUMBER})"
    rf"(?:[,.]?[-–—](?=[{_SPACES}]?(?:[^\W\d_]|[€£$]|$|[,;)])))?"
    rf"(?P<words>(?:[{_SPACES}]?{_UNIT}){{0,2}}?)"
    rf"(?:[{_SPACES}]?{_TO}[{_SPACES}]?(?P<high>{_NUMBER}))?"
    rf"(?P<after>(?:[{_SPACES}]?(?![x×][{_SPACES}]?[0-9]){_UNIT}){{0,2}})"
    rf"(?:[{_SPACES}]?[x×*][{_SPACES}]?(?P<times_after>[0-9]{{1,3}})(?![0-9.,]))?",
    re.IGNORECASE,
)
_WORDS = LatePattern(_UNIT)
_BEFORE = LatePattern(rf"(?:^|[{_SPACES}(:;,/])({_UNIT})[{_SPACES}]?\Z|([€£$])\Z")

# What most documents write, `670 000 kronor` or `1,5 miljoner kronor per år`: the same as the
# pattern above finds, sooner.
_SIMPLE = re.compile(
    rf"([0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}}){{1,5}}|[0-9]{{1,15}})(,[0-9]{{1,2}})?"
    rf"(?:[{_SPACES}]([^\W\d_]+))?(?:[{_SPACES}]([^\W\d_]+))?(?: per år)?"
)


# Shares and prices a piece or a month: the amount is reckoned from them, and says how in a note.
_SHARE = LatePattern(
    r"%|procent|percent|prosent|prozent|proc\.|"
    r"(?:(?<!\w)(?:per|pro|par|pr\.?|à|na|za)\s?|/\s?)"
    r"(?:person|deltagare|elev|barn|invånare|plats|månad|mån|vecka|dag|timme|capita|head|month|"
    r"week|day|hour|pupil|child|kopf|monat|tag|stunde|mois|jour|heure|mies|miesiąc|osobę|dzień|"
    r"måned|uke|dag|time|innbygger|indbygger|maand|week|inwoner|persoon)",
    re.IGNORECASE,
)


# Fractions, figures for several years, and ranges in words: what the amount is of them, the text
# alone does not say.
_SEVERAL = LatePattern(
    r"(?<![0-9])[0-9]{1,2}\s?/\s?[0-9]{1,2}(?![0-9])|"
    r"(?<!\w)(?:i|under|for|in|przez|przez okres|für|pendant|voor|gedurende)\s"
    r"(?:[^\W\d_]+|[0-9]{1,2})\s(?:års?|years|lat|lata|jahren?|ans|jaar)(?!\w)|"
    r"(?<!\w)(?:mellan|between|między|pomiędzy|zwischen|entre|tussen|mellem|mellom)(?!\w)",
    re.IGNORECASE,
)
_AND = frozenset(["och", "og", "and", "i", "oraz", "und", "et", "en", "respektive", "resp"])


class Figure(Struct, frozen=True):
    """One figure: all values it may have, for a range from the lowest to the highest; its place."""

    values: tuple[Decimal, ...]
    upper: tuple[Decimal, ...] = ()
    place: int = 0

    @property
    def is_years(self) -> bool:
        """Whether it is a span of years rather than of money."""
        return _is_year((*self.values, *self.upper))

    def allows(self, amount: Decimal) -> bool:
        """Whether some reading gives the amount, or a range that holds it."""
        if self.upper:
            return min(self.values) <= amount <= max(self.upper)
        return amount in self.values


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures in `text`, in its order; none where one of them is not understood."""
    simple = _SIMPLE.fullmatch(text)
    if simple and (value := _simple_value(*simple.groups())) is not None:
        return (Figure((value,)),)
    if _SHARE.compiled.search(text) or _SEVERAL.compiled.search(text):
        return ()
    read: list[Figure] = []
    undated = _undated(text)
    end, digits, power = 0, 0, 0
    for match in _FIGURE.compiled.finditer(undated):
        between = undated[end : match.start()]
        powers = _powers(match, between)
        if powers is None:
            return ()
        low, high = powers
        values = _values(match["low"], low)
        upper = _values(match["high"], high) if match["high"] else ()
        digits_end = match.end("high") if upper else match.end("low")
        is_money = bool(read) and not (_is_year(values) or read[-1].is_years)
        if is_money and power != low and _is_joined(undated[digits : match.start()]):
            return ()
        end, digits, power = match.end(), digits_end, high
        times = match["times"] or match["times_after"]
        if times and not upper:
            values += tuple(value * int(times) for value in values)
        if values and (upper or not match["high"]):
            figure = Figure(values, upper, match.start())
            read.append(figure)
            if upper and _is_year(values) and not figure.is_years:
                read.append(Figure(upper, (), match.start("high")))  # 2021 - 500 000 kr
    return tuple(read) if _explains_scales(undated, read) else ()


def _simple_value(digits: str, decimals: str | None, *words: str | None) -> Decimal | None:
    """Return the value of a number and the words behind it; None unless each of them is known."""
    known = [power_of(word, _currencies()) for word in words if word]
    if None in known:
        return None
    power = _power_behind([word for word in words if word]) if any(known) else 0
    if power is None:
        return None
    value = Decimal(digits.translate(_NO_SPACES) + (decimals or "").replace(",", "."))
    return _scaled(value, power) if power or decimals else value


def _is_joined(text: str) -> bool:
    """Whether two figures are one or a list: `1 million 200 000`, `1, 2 och 3 mkr`.

    `text` is what stands between their digits.
    """
    return bool(text.strip()) and all(
        power_of(word, _currencies()) is not None or word.casefold().strip(".") in _AND
        for word in _WORDS.compiled.findall(text)
    )


def _explains_scales(text: str, read: list[Figure]) -> bool:
    """Whether no scale stands apart from the figures, as in `500 (tkr)`."""
    if not read:
        return True
    rest = _FIGURE.compiled.sub(" ", text)
    before = {_BEFORE.compiled.search(text[: figure.place][-40:]) for figure in read}
    beside = {found[1] or found[2] for found in before if found}
    return not any(
        len(word.strip(".")) > 1 and power_of(word, _currencies()) and word not in beside
        for word in _WORDS.compiled.findall(rest)
    )


def _is_year(values: tuple[Decimal, ...]) -> bool:
    return all(1900 <= value <= 2100 for value in values)


def _powers(match: "re.Match[str]", text: str) -> tuple[int, int] | None:
    """Return the powers of ten of a figure's lower and upper end; None if not understood.

    `text` is what stands before it and belongs to no figure.
    """
    before = _power_before(text)
    words, after = (list(_WORDS.compiled.findall(match[name] or "")) for name in ("words", "after"))
    if not match["high"]:
        words, after = [], words + after
    inner, outer = _power_behind(words), _power_behind(after)
    if before is None or inner is None or outer is None:
        return None
    if before and (inner or outer):
        return None  # a scale on either side of the number
    high = before or outer
    return before or inner or high, high


def _power_before(text: str) -> int | None:
    """Return the power that the word before a figure means; None for what may be another unit."""
    found = _BEFORE.compiled.search(text[-40:])
    if not found:
        return 0
    word = found[1] or found[2]
    power = power_of(word, _currencies())
    if power is not None:
        # A single letter before a number is a name: `plan K 2020`.
        return power if len(word.strip(".")) > 1 else 0
    is_unit = word.isupper() and 2 <= len(word) <= 5
    return None if is_unit else 0


def _power_behind(words: Sequence[str]) -> int | None:
    """Return the power that the words behind a figure mean; None where one is not understood."""
    if not words:
        return 0
    power = power_of(words[0], _currencies())
    if power is None:
        scaled = len(words) > 1 and power_of(words[1], _currencies())
        return 0 if is_neutral(words[0]) and not scaled else None
    if power == 0 or len(words) == 1:
        return power
    unit = power_of(words[1], _currencies())
    return power if unit == 0 or is_neutral(words[1]) else None


@cache
def _currencies() -> frozenset[str]:
    return frozenset(codes("currency"))


def inexact(text: str, read: Sequence[Figure], amount: Decimal) -> str | None:
    """Return the `bound` that the words before a figure speak of; None where it is exact.

    `read` are the figures of `text`. The first that allows the amount is meant: what is said of
    other numbers is nothing.
    """
    figure = next((one for one in read if one.allows(amount)), None)
    if figure is None:
        return None
    before = _undated(text)[: figure.place].casefold() if figure.place else ""
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
        end = r"\.?\s*(?:(?<=[\s~])[\w€£$]{1,5}\s*)?\Z"
        found.append((bound, re.compile(rf"(?<!\w)(?:{words}){end}")))
    return found


def _undated(text: str) -> str:
    """Return the text without its dates, which are no figures, and with `,` for decimals."""
    undated = _DATE.compiled.sub(lambda found: " " * len(found[0]), text[:500])
    return re.sub(r"(?<=[0-9]):(?=[0-9]{2}(?![0-9]))", ",", re.sub(r"(?<=[0-9])½", ",5", undated))


def _values(digits: str, power: int) -> tuple[Decimal, ...]:
    plain = re.sub(rf"[{_SPACES}'’´`]", "", digits)
    readings = [one for one in _readings(plain) if len(one) <= _MOST_DIGITS]
    return tuple(dict.fromkeys(_scaled(Decimal(one), power) for one in readings))


def _readings(digits: str) -> Iterator[str]:
    """Yield a number's possible spellings with a point for decimals."""
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        yield digits
        return
    whole = digits.replace(".", "").replace(",", "")
    last = max(digits.rfind("."), digits.rfind(","))
    decimal = digits[:last].replace(".", "").replace(",", "") + "." + digits[last + 1 :]
    if len(set(marks)) == 2:
        yield decimal
        return
    if len(marks) > 1 or all(len(group) == 3 for group in re.split(r"[.,]", digits)[1:]):
        yield whole
    if len(marks) == 1:
        yield decimal


def _scaled(value: Decimal, power: int) -> Decimal:
    scaled = value.scaleb(power)
    return scaled.quantize(Decimal(1)) if scaled == scaled.to_integral_value() else scaled
