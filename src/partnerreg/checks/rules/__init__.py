"""The rules: one file each, named here in the order of their codes.

A new rule is a new file and a new line. The file's docstring is the rule's page; it defines
CODE, NAME, SEVERITY and `check`, which takes a `RecordFile` (PR2xx), or the `RegistryFacts` and
the as-of day (PR3xx), and yields `Finding`s.
"""

from importlib import import_module
from types import ModuleType

from partnerreg.checks.rule import Page, RecordRule, RegistryRule, Rule

NAMES = (
    "impossible_date",
    "duplicate_funding_line",
    "ends_before_start",
    "over_budget",
    "amount_too_fine",
    "stated_differs",
    "bad_identifier",
    "personal_number",
    "milestone_before_start",
    "source_no_party",
    "year_outside_period",
    "member_of_itself",
    "notice_without_end",
    "tacit_renewal_unclear",
    "years_unclear",
    "mixed_budget",
    "duplicate_budget",
    "currency_missing",
    "unknown_reference",
    "duplicate_list_id",
    "funding_time_unclear",
    "two_amounts",
    "text_cut_short",
    "curly_quotes",
    "length_differs",
    "suspension_misplaced",
    "notice_to_unused",
    "payments_misfit",
    "share_differs",
    "vat_mixed",
    "decision_end_differs",
    "recipient_no_party",
    "duplicate_id",
    "unknown_organisation",
    "unknown_unit",
    "unknown_agreement",
    "follows_circle",
    "case_number_reused",
    "overlapping_memberships",
    "similar_names",
    "planned_and_silent",
    "unused_organisation",
    "identifier_reused",
    "memberships_may_overlap",
    "date_in_future",
    "party_dissolved",
    "succession_circle",
)


def _rule(name: str) -> Rule:
    module = import_module(f"{__name__}.{name}")
    page = Page(module.CODE, module.NAME, module.SEVERITY, module.__doc__ or _docstring(module))
    if page.code.startswith("PR2"):
        return RecordRule(page, module.check, getattr(module, "NEEDS", ()))
    return RegistryRule(page, module.check)


def _docstring(module: ModuleType) -> str:
    """Return a module's docstring from its source: `python -OO` leaves docstrings out."""
    import ast  # noqa: PLC0415  (seldom needed)
    import inspect  # noqa: PLC0415

    return ast.get_docstring(ast.parse(inspect.getsource(module)), clean=False) or ""


RULES: tuple[Rule, ...] = tuple(map(_rule, NAMES))
RECORD_RULES = tuple(rule for rule in RULES if isinstance(rule, RecordRule))
REGISTRY_RULES = tuple(rule for rule in RULES if isinstance(rule, RegistryRule))
