"""Write the registry as a page, or as a folder of pages."""

import sys

from partnerreg.base.errors import Failure
from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common
from partnerreg.cli.output import say, write
from partnerreg.export.page.content import content
from partnerreg.export.page.render import one_file, pages
from partnerreg.export.page.words import words_of
from partnerreg.loading.loaded import Loaded
from partnerreg.reports.filters import Filters
from partnerreg.store.git import repository
from partnerreg.store.output_file import check_output
from partnerreg.store.output_folder import check_folder, write_folder

_ENDINGS = (".html", ".htm")
_LARGE = 10 * 2**20


def write_page(
    common: Common, filters: Filters, language: str, title: str | None, *, public: bool
) -> int:
    """Write the page, and return the exit code: 1 where invalid records are left out.

    Raises `Failure` (2 or 3) where that cannot be done.
    """
    if common.format not in {None, "html"}:
        raise Failure(f"--format: {common.format} is not known here", hint="known: html")
    words = words_of(language)
    output = common.output
    is_folder = output is not None and _is_folder(common)
    if output is None and sys.stdout.isatty():
        raise Failure(
            "the page is for a file", hint="name one: -o registry.html, or a folder: -o site/"
        )
    if output is not None and is_folder:
        check_folder(output, "--output")
    loaded = open_registry(common)
    made = content(
        loaded.registry,
        common.day,
        words=words,
        filters=filters,
        title=title,
        public=public,
    )
    commit = _revision(loaded, common.rev)
    if output is not None and is_folder:
        write_folder(output, pages(made, revision=commit), "--output")
    else:
        write(one_file(made, revision=commit), output, "html")
        if output is not None and output.stat().st_size > _LARGE:
            say("note: a page of this size is slow to send; -o DIR/ makes pages of it")
    if made.failed:
        say("note: files with errors are left out; partnerreg validate tells what is wrong")
    return 1 if made.failed else 0


def _is_folder(common: Common) -> bool:
    """Whether a folder is meant; raises `Failure` (2) for an ending that says something else."""
    output = common.output
    assert output is not None
    check_output(output)
    if output.is_dir() or not output.suffix:
        return True
    if output.suffix.lower() in _ENDINGS or output.parent.as_posix() == "/dev":
        return False
    raise Failure(
        f"--output: the ending of {output.name} says no page",
        hint="name FILE.html, or a folder",
    )


def _revision(loaded: Loaded, revision: str | None) -> str | None:
    """Return the commit that the page was made of; nothing outside of git.

    `+` behind it says that the files were changed since.
    """
    try:
        found = repository(loaded.root)
        commit = found.commit(revision or "HEAD")[:12]
        is_changed = revision is None and found.is_changed
    except Failure:
        return None
    return f"{commit}+" if is_changed else commit
