"""The questions that `new` asks, and what the answers come to."""

import re
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from partnerreg.authoring import flags
from partnerreg.authoring.new import Given
from partnerreg.authoring.records import new_id, path_of
from partnerreg.base.errors import Failure
from partnerreg.cli.prompts import ask, confirm
from partnerreg.model import dates
from partnerreg.model.codelists import codes, minor_digits
from partnerreg.model.names import Names
from partnerreg.model.records import STAGES
from partnerreg.model.registry import Registry

Data = dict[str, Any]


class Answers(Struct, frozen=True):
    """A record's data, and the organisations that are made together with it, by id.

    `asked` says that somebody sits there, and can be asked again.
    """

    data: Data
    organisations: tuple[tuple[str, Data], ...] = ()
    asked: bool = False


class _Interview(Struct):
    """One run of questions; `made` are organisations that were not there."""

    names: Names
    registry: Registry
    made: list[tuple[str, Data]] = field(default_factory=list)

    def organisation(
        self, question: str, *, empty: bool = False, default: str | None = None
    ) -> str | None:
        """Ask for an organisation by id or name; offer to make it where there is none."""
        default = "" if empty else default
        while True:
            answer = ask(question, default=default, names=self.names)
            if not answer:
                return None
            whole, colon, role = answer.rpartition(":")
            if colon and role in codes("role"):
                answer = whole
            found = self.names.named(answer)
            if len(found) == 1:
                return found[0]
            if found:
                return ask("Several have that name; which", known=found, only=True)
            near = self.names.like(answer)
            if near and confirm(f"There is no {answer}. Do you mean {near}?"):
                return near
            if confirm(f"There is no {answer} yet. Make it?", default=False):
                return self.make_organisation(answer)

    def make_organisation(self, name: str) -> str:
        """Ask for what a new organisation needs."""
        data: Data = {"name": ask("  Name", default=name)}
        data |= _organisation_fields("  ")
        identity = new_id("organisation", data, self.names.ids)
        identity = ask("  Id", default=identity, check=_is_id)
        self.names.add(identity, [data["name"]])
        self.made.append((identity, data))
        return identity


def asked(told: Given, names: Names, registry: Registry) -> Answers:
    """Ask for a record's fields, one question a line; raises typer's `Abort` on Ctrl-C."""
    interview = _Interview(names, registry)
    questions = {
        "organisation": _organisation,
        "partnership": _partnership,
        "membership": _membership,
    }
    data = questions[told.kind](interview)
    return Answers(data, tuple(interview.made), asked=True)


def _organisation(_: _Interview) -> Data:
    return {"name": ask("Name"), **_organisation_fields("")}


def _organisation_fields(margin: str) -> Data:
    types = codes("organisation_type")
    data: Data = {"type": ask(f"{margin}Type", default="association", known=types, only=True)}
    country = ask(
        f"{margin}Country (two letters, such as SE; empty if none)",
        default="",
        known=codes("country"),
        check=lambda text: None if not text or text.upper() in codes("country") else "no such code",
    )
    return data | ({"country": country.upper()} if country else {})


def _partnership(interview: _Interview) -> Data:
    data: Data = {
        "title": ask("Title"),
        "form": ask("Form", default="cooperation-agreement", known=codes("form"), only=True),
    }
    parties: list[Data] = []
    while True:
        question = "Party" if not parties else "Another party (empty: no more)"
        party = interview.organisation(question, empty=bool(parties))
        if party is None:
            break
        role = ask(
            "  Its role (empty if the document says none)",
            default="",
            known=codes("role"),
            check=_is_role,
        )
        parties.append({"organisation": party, **({"role": role} if role else {})})
    data["parties"] = parties
    data["period"] = _period()
    data |= _themes_and_responsible(interview)
    data |= _money(interview, [one["organisation"] for one in parties])
    return data


def _membership(interview: _Interview) -> Data:
    data: Data = {
        "member": interview.organisation("Member"),
        "network": interview.organisation("Network"),
        "stage": ask(
            "Stage",
            default="admitted",
            known=[one for one in STAGES if one != "agreed"],
            only=True,
        ),
    }
    if data["stage"] == "admitted":
        when = ask("Admitted on", default="unknown", check=is_date)
        if when != "unknown":
            data["admitted"] = flags.value("admitted", when)
    data |= {"period": _period()}
    data |= _themes_and_responsible(interview)
    data |= _money(interview, [data["member"]])
    return data


def _is_role(text: str) -> str | None:
    if not text or text in codes("role"):
        return None
    return f"one of {', '.join(codes('role'))}"


def _period() -> Data:
    start = ask("Start (a day, a month or a year)", default="unknown", check=is_date)

    def is_end(text: str) -> str | None:
        wrong = None if text == "open" else is_date(text)
        first, last = dates.parse(start).first, None if wrong else dates.parse(text).last
        return "it ends before it starts" if first and last and last < first else wrong

    end = ask("End (the last day, month or year; or open)", default="unknown", check=is_end)
    return {"start": flags.value("start", start), "end": flags.value("end", end)}


def _themes_and_responsible(interview: _Interview) -> Data:
    data: Data = {}
    themes = ask(
        "Themes (with commas between; empty if none)",
        default="",
        known=codes("theme"),
        check=_are_themes,
    )
    if themes:
        data["themes"] = [one.strip() for one in themes.split(",")]
    responsible = interview.organisation("Who looks after it (empty if nobody)", empty=True)
    if responsible:
        data["responsible"] = responsible
    return data


def _money(interview: _Interview, payers: list[str]) -> Data:
    lines: list[Data] = []
    while confirm("Record money?" if not lines else "Another amount?", default=False):
        usual = payers[0] if payers else None
        line: Data = {"source": interview.organisation("  Who pays", default=usual)}
        when = ask("  For which year (or: year, each year; term, the whole time)", check=_is_when)
        line |= {"per": when} if when in {"year", "term"} else {"year": int(when)}
        currency = interview.registry.settings.currency
        if not currency:
            currency = ask("  Currency", default="SEK", check=_is_currency).upper()
            line["currency"] = currency
        line["amount"] = _amount(currency)
        stated = ask("  As the document states it (empty if you worked it out)", default="")
        lines.append({**line, **({"stated": stated} if stated else {})})
    return {"funding": {"lines": lines}} if lines else {}


def is_date(text: str) -> str | None:
    """Return what is wrong with a date; nothing where it is right."""
    try:
        found = dates.parse(text)
    except ValueError as error:
        return str(error)
    return "only an end can be open" if found.is_open else None


def _is_when(text: str) -> str | None:
    is_year = len(text) == 4 and text.isascii() and text.isdecimal() and text >= "1000"
    return None if text in {"year", "term"} or is_year else "a year such as 2025, or year, or term"


def _amount(currency: str) -> Any:
    """Ask for an amount in a currency: exactly, no finer than its smallest unit, or unknown."""
    answer = ask(
        "  Amount (the number alone)",
        default="unknown",
        check=lambda text: _is_amount(text, currency),
    )
    return flags.value("amount", _together(answer))


def _is_amount(text: str, currency: str) -> str | None:
    found = flags.value("amount", _together(text))
    if isinstance(found, str):
        return None if text == "unknown" else "a number such as 670000, or unknown"
    digits = minor_digits(currency)
    if isinstance(found, Decimal) and -int(found.as_tuple().exponent) > digits:
        return f"{currency} has {digits} decimals; the point is the decimal point"
    return None


def _together(text: str) -> str:
    """Return a number whose thousands stand apart in one piece."""
    apart = re.fullmatch(r"[0-9]{1,3}([ \u00a0][0-9]{3})+(\.[0-9]+)?", text)
    return re.sub("[ \u00a0]", "", text) if apart else text


def _is_currency(text: str) -> str | None:
    return None if text.upper() in codes("currency") else "three letters, such as SEK"


def _are_themes(text: str) -> str | None:
    known = codes("theme")
    wrong = [one.strip() for one in text.split(",") if text and one.strip() not in known]
    return f"{', '.join(wrong)}: not among {', '.join(known)}" if wrong else None


def _is_id(text: str) -> str | None:
    try:
        path_of("organisation", text)
    except Failure as failure:
        return failure.hint
    return None
