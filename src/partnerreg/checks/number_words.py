"""Words around figures in documents: scales, currencies, bounds, and words that change nothing.

Swedish, Norwegian, Danish, Polish, English, German, French and Dutch. What is in none of these
lists is not understood, and a figure beside it is not judged.
"""

import re
from functools import lru_cache

from partnerreg.base.late_pattern import LatePattern

SCALES = {
    3: "tusental tusen tusind tusinde thousand tys tysiąc tysiąca tysiące tysięcy tausend tsd "
    "millier milliers duizend k tkr kkr t.kr t€ k€",
    6: "miljoner miljon milj mkr mnkr mn million millions millioner millionen mill mio m mln "
    "milion miliona miliony milionów miljoen m€",
    9: "miljarder miljard mdkr mdr mdrkr md mrd milliarder milliard milliarden milliards mia "
    "mld miliard miliarda miliardy miliardów billion bn md€",
}
"""Words for powers of ten, by the power."""

CURRENCIES = (
    "kr kronor krona kroner krone kronar svenska norska danska norske danske "
    "zł złotych złote złoty zlotych pln euro euros euron euroa € £ $ pound pounds dollar dollars "
    "franken francs fr chf sfr d'euros d’euros gulden"
)

NEUTRAL = (
    # and, in, per, of, from, to, for, with, a year
    "och i per om av från till för med på år året årligen årlig årsvis månad termin totalt "
    "inkl inklusive exkl exklusive moms netto brutto varav resp respektive samt under "
    "og på fra til for med år året årlig årligt pr mva "
    "a an and of in from to for with each every year years yearly annually annum pa p.a total vat "
    "incl including excl excluding plus between by at on during over through until "
    "w we na od do dla z za rok roku rocznie lata oraz netto brutto łącznie vat miesięcznie każdy "
    "und im in pro jahr jährlich je von bis für mit an netto brutto mwst insgesamt zzgl sowie p "
    "et en par an ans pour de des du la le les à ttc ht chaque "
    "per jaar jaarlijks voor van tot met in het de en btw"
)
"""Words behind a figure that leave it what it is."""

_COMPOUND = LatePattern(r"(k|t|m|mn|mio|mln|md|mdr|mrd)(?:[a-z]{3}|kr|€|zł)", re.IGNORECASE)
_COMPOUND_POWERS = {"k": 3, "t": 3, "md": 9, "mdr": 9, "mrd": 9}

BOUNDS = (
    (
        "at-most",
        ("högst", "upp till", "maximalt", "max", "som mest"),
        ("høyst", "opp til", "op til", "højst", "maks", "maksimalt"),
        ("co najwyżej", "maksymalnie", "nie więcej niż", "do"),
        ("at most", "up to", "no more than"),
        ("bis zu", "höchstens", "maximal"),
        ("jusqu'à", "jusqu’à", "au plus", "au maximum"),
        ("hoogstens", "maximaal", "ten hoogste"),
    ),
    (
        "at-least",
        ("minst", "över", "mer än", "drygt"),
        ("mindst", "mer enn", "mere end"),
        ("ponad", "co najmniej", "powyżej"),
        ("over", "at least", "more than"),
        ("mindestens", "über", "mehr als"),
        ("au moins", "plus de"),
        ("minstens", "ten minste", "meer dan"),
    ),
    (
        "about",
        ("cirka", "ca", "c:a", "~", "omkring", "ungefär", "runt", "nästan", "knappt", "närmare"),
        ("omtrent", "rundt", "nesten", "næsten", "knap", "rundt regnet"),
        ("około", "ok.", "blisko", "niemal", "prawie"),
        ("about", "around", "approximately", "approx", "circa", "nearly", "almost", "roughly"),
        ("etwa", "rund", "ungefähr", "knapp", "fast", "nahezu"),
        ("environ", "près de", "presque", "à peu près"),
        ("ongeveer", "bijna", "zo'n"),
    ),
)
"""A line's `bound`, and the words before a figure that mean it, by language."""

_POWERS = {word: power for power, words in SCALES.items() for word in words.split()}
_CURRENCIES = frozenset(CURRENCIES.split())
_NEUTRAL = frozenset(NEUTRAL.split())


@lru_cache(maxsize=256)
def power_of(word: str, currencies: frozenset[str]) -> int | None:
    """Return the power of ten that a word beside a figure means, 0 for a currency.

    `currencies` are the codes of ISO 4217. None where the word is neither.
    """
    plain = word.casefold().strip(".")
    if plain in _POWERS:
        return _POWERS[plain]
    if plain in _CURRENCIES or word.upper().strip(".") in currencies:
        return 0
    found = _COMPOUND.compiled.fullmatch(plain)
    if found and (len(plain) - len(found[1]) < 3 or plain[len(found[1]) :].upper() in currencies):
        return _COMPOUND_POWERS.get(found[1].lower(), 6)
    return None


def is_neutral(word: str) -> bool:
    """Whether a word behind a figure leaves it what it is."""
    return word.casefold().strip(".") in _NEUTRAL
