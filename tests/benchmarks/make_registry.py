"""A seeded registry of any size, and the lines of its funding as a hledger journal.

Records are drawn from a fixed seed: the same size gives the same bytes on every machine. Dates
stand in quotes, since some peers would take them for points in time.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

THEMES = (
    "education",
    "employment",
    "housing",
    "health",
    "culture",
    "safety",
    "language",
    "leisure",
)
FORMS = ("iop", "grant-agreement", "cooperation-agreement", "service-contract", "declaration")
PLACES = ("Ås", "Berg", "Dal", "Ed", "Fors", "Gård", "Holm", "Lund", "Näs", "Ström", "Sund", "Vik")
WORDS = [
    "meeting",
    "places",
    "and",
    "language",
    "cafés",
    "for",
    "newcomers,",
    "study",
    "circles,",
    "help",
    "with",
    "school",
    "work,",
    "support",
    "for",
    "parents,",
    "mentors",
    "and",
    "practice",
    "places,",
    "advice",
    "on",
    "housing,",
    "sports",
    "and",
    "culture,",
    "training",
    "of",
    "volunteers,",
    "information",
    "on",
    "society",
    "in",
    "several",
    "languages",
]

# Wrong in a way that every validator of JSON Schema sees, and that leaves the YAML readable.
FAULTS = (
    ("form: ", "form: handshake # was: "),
    ("stated: ", "stately: "),
    ("year: 2", "year: 22"),
    ("publisher: ", "publisher: 5 # "),
)


def write_registry(root: Path, size: int, wrong: float = 0.01, seed: int = 1) -> int:
    """Write a registry of `size` records into `root`; return how many are wrong.

    One in eight records is an organisation, one in eight a membership, the others partnerships
    of about 1.5 KB with three or four funding lines. `wrong` is the share of records that break
    the schema.
    """
    rng = random.Random(seed)
    organisations = max(4, size // 8)
    memberships = size // 8
    ids = [f"organisation-{number}" for number in range(organisations)]
    for folder in ("organisations", "partnerships", "memberships"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "settings.yaml").write_text("title: Benchmark\ncurrency: SEK\n", "utf-8")
    for number, name in enumerate(ids):
        (root / f"organisations/{name}.yaml").write_text(_organisation(rng, number), "utf-8")
    for number in range(memberships):
        text = _membership(rng, ids, number)
        (root / f"memberships/membership-{number}.yaml").write_text(text, "utf-8")
    bad = 0
    for number in range(size - organisations - memberships):
        text = _partnership(rng, ids, number)
        if rng.random() < wrong:
            old, new = FAULTS[number % len(FAULTS)]
            assert old in text, old
            text = text.replace(old, new, 1)
            bad += 1
        (root / f"partnerships/partnership-{number}.yaml").write_text(text, "utf-8")
    return bad


def _organisation(rng: random.Random, number: int) -> str:
    kind = rng.choice(("municipality", "association", "association", "region"))
    units = "".join(
        f"  {slug}:\n    name: {slug.capitalize()} board\n"
        for slug in ("culture", "education", "social")
    )
    return (
        f"name: {rng.choice(PLACES)}{rng.choice(PLACES).lower()} {kind} {number}\n"
        f"type: {kind}\ncountry: {rng.choice(('SE', 'PL', 'DK'))}\n"
        f"summary: {' '.join(rng.choices(WORDS, k=40))}\nunits:\n{units}"
        f"website: https://example.org/{number}\nnotes: Seen on a day in 2022\n"
    )


def _membership(rng: random.Random, ids: list[str], number: int) -> str:
    member, network = number % len(ids), (number * 7 + 1) % len(ids)
    network += (member == network) - len(ids) * (member == network == len(ids) - 1)
    return (
        f"title: Membership {number}\nmember: {ids[member]}\nnetwork: {ids[network]}\n"
        f"stage: admitted\n"
        f"admitted: '{rng.randint(2005, 2020)}-0{rng.randint(1, 9)}-15'\n"
        f"period:\n  start: {rng.randint(2005, 2020)}\n  end: {rng.choice(('open', 'unknown'))}\n"
        f"summary: {' '.join(rng.choices(WORDS, k=60))}\n"
        f"references:\n  - id: press\n    title: Decision {number}\n    publisher: Example\n"
        f"    language: sv\n    published: '2019-05-0{rng.randint(1, 9)}'\n"
    )


def _partnership(rng: random.Random, ids: list[str], number: int) -> str:
    payer, other, partner = rng.sample(ids, 3)
    start = rng.randint(2015, 2021)
    end = f"'{start + rng.randint(1, 4)}-{rng.randint(1, 12):02}-28'"
    lines = []
    for place in range(rng.choice((3, 4))):
        amount = rng.randint(10_000, 2_000_000)
        source = rng.choice((payer, f"{payer}/culture", f"{other}/social", partner))
        lines.append(
            f"    - source: {source}\n      year: {start + place % 2}\n      amount: {amount}\n"
            f"      stated: {amount} kronor\n      what: part {place}\n      reference: press\n"
        )
    parties = "".join(
        f"  - organisation: {one}\n    role: {role}\n"
        for one, role in (
            (payer, "public-partner"),
            (other, "funder"),
            (partner, "civil-society-partner"),
        )
    )
    return (
        f"title: Agreement {number} on {rng.choice(THEMES)} in {rng.choice(PLACES)}\n"
        f"summary: {' '.join(rng.choices(WORDS, k=45))}\n"
        f"form: {rng.choice(FORMS)}\nthemes: [{', '.join(rng.sample(THEMES, 3))}]\n"
        f"parties:\n{parties}period:\n  start: {start}\n  end: {end}\n"
        f"notice: P{rng.randint(1, 6)}M\nresponsible: {payer}/culture\n"
        f"funding:\n  currency: SEK\n  lines:\n{''.join(lines)}"
        f"milestones:\n  - id: report\n    title: Final report\n    kind: report\n    due: {end}\n"
        f"references:\n  - id: press\n    title: Agreement {number} signed\n    publisher: Example\n"
        f"    language: sv\n    published: '{start}-02-1{rng.randint(0, 9)}'\n"
        f"    url: https://example.org/{number}\n"
        f"labels:\n  area: {rng.choice(('north', 'south'))}\nchecked: '2022-03-0{rng.randint(1, 9)}'\n"
    )


def journal(entries: Iterator[tuple[str, str, str, str, str]]) -> Iterator[str]:
    """Yield funding lines (record, source, year, currency, amount) as hledger transactions."""
    for record, source, year, currency, amount in entries:
        yield f"{year}-01-01 {record}\n  {source.replace('/', ':')}  {amount} {currency}\n  payer\n\n"


if __name__ == "__main__":
    print(write_registry(Path(sys.argv[1]), int(sys.argv[2])))
