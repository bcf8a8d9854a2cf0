"""The pages of what the schemas refuse (PR1xx)."""

from partnerreg.checks.rule import Page

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
        - {source: a-town, year: 2020, amount: 5}
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
