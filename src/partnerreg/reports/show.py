"""Report `show`: one record in full, by its id."""

from datetime import date

from partnerreg.base.errors import Failure
from partnerreg.base.suggest import nearest
from partnerreg.model.registry import Registry
from partnerreg.output.report import Report
from partnerreg.reports.filters import named_or_near
from partnerreg.reports.show_agreement import show_agreement
from partnerreg.reports.show_organisation import show_organisation


def show(registry: Registry, as_of: date, record_id: str) -> Report:
    """Return everything about one record; raises `Failure` (2) where there is none of that id."""
    agreement = registry.agreements_by_id.get(record_id)
    if agreement:
        return show_agreement(registry, as_of, agreement)
    organisation = registry.organisations.get(record_id)
    if organisation:
        return show_organisation(registry, as_of, organisation)
    known = (*registry.agreement_ids, *registry.organisation_ids)
    if record_id in known:
        raise Failure(
            f"{record_id} cannot be read", hint="partnerreg validate tells why", exit_code=1
        )
    near = named_or_near(registry, record_id) or nearest(record_id, known)
    hint = f"did you mean {near}?" if near else "list and list organisations name them all"
    raise Failure(f"there is no record {record_id}", hint=hint)
