"""Words around figures in Swedish, Polish and English documents."""

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
