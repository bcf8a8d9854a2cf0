"""Make the files of new records: their path, their id, their text."""

from typing import Any

from partnerreg.authoring.compose import composed
from partnerreg.base.errors import Failure
from partnerreg.base.layout import FOLDERS, Item, Kind, sort_out
from partnerreg.base.slug import free_id, slug
from partnerreg.model.registry import Registry
from partnerreg.store.change import Change

_FOLDER_OF = {kind: folder for folder, kind in FOLDERS.items()}


def path_of(kind: Kind, identity: str) -> str:
    """Return where a new record's file lies; raises `Failure` (2) for what is no id."""
    path = f"{_FOLDER_OF[kind]}/{identity}.yaml"
    places, problems = sort_out([Item(path, "file")])
    if not places or places[0].id != identity:
        advice = problems[0][1].hint if problems else None
        raise Failure(f"{identity} is not an id", hint=advice)
    return path


def taken_ids(registry: Registry) -> set[str]:
    """Return every id of the registry, which a new record cannot have."""
    return {place.id for place in registry.places}


def new_id(kind: Kind, data: dict[str, Any], taken: set[str]) -> str:
    """Return an id for a new record, made from its name or title; not one that is taken.

    Raises `Failure` (2) where no letter or digit is left to make it of.
    """
    if kind == "membership":
        wanted = slug(f"{data['member']} {data['network']}")
    else:
        wanted = slug(str(data["name" if kind == "organisation" else "title"]))
    if not wanted:
        raise Failure("no id can be made of that title", hint="name one: partnerreg new KIND ID")
    return free_id(wanted, taken)


def created(kind: Kind, identity: str, data: dict[str, Any], header: str | None) -> Change:
    """Return the file of a new record."""
    return Change(path_of(kind, identity), None, composed(data, kind, header))
