"""Words around figures in Swedish, Polish and English documents."""

SCALES = {
    3: ("tusental tusen tkr tsek", "tys tysiąc tysiące tysięcy", "thousand k"),
    6: (
        "miljoner miljon milj mkr mnkr msek",
        "mln milion miliony milionów",
        "million millions m",
    ),
    9: ("miljarder miljard mdkr mdr", "mld miliard miliardy miliardów", "billion bn"),
}
"""Words for powers of ten, by the power."""

BOUNDS = (
    (
        "at-most",
        ("högst", "upp till", "maximalt", "max", "som mest"),
        ("co najwyżej", "maksymalnie", "nie więcej niż"),
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
        ("cirka", "ca", "c:a", "omkring", "ungefär", "runt", "nästan", "knappt", "närmare"),
        ("około", "ok.", "blisko", "niemal", "prawie"),
        ("about", "around", "approximately", "approx", "circa", "nearly", "almost", "roughly"),
    ),
)
"""A line's `bound`, and the words before a figure that mean it, by language."""
