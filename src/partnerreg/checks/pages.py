"""Documentation pages of every finding: reading (PR0xx), schema (PR1xx), rules."""

from functools import cache

from partnerreg.checks.rule import Page

READING = (
    Page("PR001", "unreadable-file", "error", """A file that cannot be read.

Links are not followed, and folders, pipes and devices are no records.

Bad:
    a link partnerships/sample.yaml that points elsewhere
Good:
    a plain file partnerships/sample.yaml
"""),
    Page("PR002", "bad-file-name", "error", """A file whose name is no id.

The name without .yaml is the record's id: lower-case letters a-z and digits in groups joined by
single hyphens, at most 80 characters. The ending is .yaml.

Bad:
    partnerships/Umeå_2022.yml
Good:
    partnerships/umea-2022.yaml
"""),
    Page("PR003", "misplaced-file", "error", """A YAML file in a place that holds no records.

Records lie in organisations/, partnerships/ and memberships/, in subfolders if you like.

Bad:
    partners/sample.yaml
Good:
    partnerships/sample.yaml
"""),
    Page("PR004", "bad-rates", "error", """A rates file that is not the ECB's.

rates/ecb.csv is the European Central Bank's eurofxref-hist.csv: a column Date and one a currency,
a row a day, units of the currency for one euro, N/A where there is none.

Bad:
    Date,SEK
    2020-01-02,0
Good:
    Date,SEK
    2020-01-02,10.4728
"""),
    Page("PR005", "not-utf-8", "error", """A file that is not plain UTF-8.

UTF-16, Latin-1 and byte order marks are refused.

Bad:
    a file saved as UTF-16
Good:
    the same file saved as UTF-8 without a byte order mark
"""),
    Page("PR006", "forbidden-character", "error", """A character that hides or reorders text.

Control characters, bidi marks and overrides, line and paragraph separators, also as escapes.

Bad:
    title: "A \\u202Etitle"
Good:
    title: A title
"""),
    Page("PR007", "yaml-syntax", "error", """Text that is not YAML.

Bad:
    title: A: title
Good:
    title: "A: title"
"""),
    Page("PR008", "too-large", "error", """A file beyond the limits.

At most 64 KiB, 32 levels, 5,000 keys and values.

Bad:
    a file of 70,000 bytes
Good:
    one record a file, facts only
"""),
    Page("PR009", "yaml-feature", "error", """YAML that means more than it shows.

Anchors, aliases, merge keys, tags, directives, further documents and keys that are no text.

Bad:
    title: &name A title
    summary: *name
Good:
    title: A title
    summary: A title
"""),
    Page("PR010", "duplicate-key", "error", """One key twice in a mapping.

Readers of YAML keep one of the two and hide the other. Keys that differ only in Unicode form are
the same.

Bad:
    title: A title
    title: Another title
Good:
    title: A title
"""),
    Page("PR011", "empty-value", "error", """A key without a value.

Unknown is written unknown where it may be; else the key is left out.

Bad:
    summary:
Good:
    summary: What it is about.
"""),
    Page("PR012", "number-look-alike", "error", """Text that other programs would take for a number.

Numbers are written with the digits 0-9 and a point. Codes go in quotes, so that no zero is lost.

Bad:
    labels: {code: 0380}
Good:
    labels: {code: "0380"}
"""),
    Page("PR013", "not-a-mapping", "error", """A file that holds no record.

Bad:
    - a list
Good:
    title: A title
"""),
)  # fmt: skip

SCHEMA = (
    Page("PR101", "unknown-key", "error", """A key that the schema does not have.

Bad:
    titel: A title
Good:
    title: A title
"""),
    Page("PR102", "missing-key", "error", """A required key is missing.

Bad:
    references:
      - {id: press}
Good:
    references:
      - {id: press, title: Press release}
"""),
    Page("PR103", "wrong-type", "error", """A value of the wrong kind.

Bad:
    themes: education
Good:
    themes: [education]
"""),
    Page("PR104", "not-in-codelist", "error", """A code that its list does not have.

Bad:
    form: grant
Good:
    form: grant-agreement
"""),
    Page("PR105", "malformed-text", "error", """Text that does not have the form it needs.

Bad:
    signed: 30.06.2017
Good:
    signed: 2017-06-30
"""),
    Page("PR106", "out-of-range", "error", """A number or a text beyond its limits.

Bad:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: -5}
Good:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 5, repayment: true}
"""),
    Page("PR107", "wrong-combination", "error", """Keys that do not go together.

Bad:
    funding:
      currency: SEK
      lines:
        - {source: a-town, amount: 5}
Good:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 5}
"""),
)  # fmt: skip

LAST = (
    Page("PR316", "nothing-accepted", "warning", """A finding that is accepted, and is not there.

A record accepts the findings of a rule, and has none: they were mended, or the code is another.
Errors are never accepted, nor switched off in the settings.

Bad:
    accepted:
      - {rule: PR210, reason: The funder wants no part in it}
Good:
    funding:
      currency: SEK
      lines:
        - {source: c-network, year: 2020, amount: 100}
    accepted:
      - {rule: PR210, reason: The funder wants no part in it}
"""),
)  # fmt: skip
"""What is known only when everything else has been found."""


@cache
def pages() -> dict[str, Page]:
    """Return every page by its code, in the order of the codes."""
    from partnerreg.checks.rules import RULES  # noqa: PLC0415  (thirty files, needed by few commands)

    every = (*READING, *SCHEMA, *(rule.page for rule in RULES), *LAST)
    return {page.code: page for page in every}
