"""Write the deadlines as calendars: one, or one for each who is responsible."""

import os
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from partnerreg.base.slug import slug
from partnerreg.cli.options import Common
from partnerreg.cli.output import say, write
from partnerreg.model.dates import Duration
from partnerreg.output import ics
from partnerreg.output.note_lines import note_lines
from partnerreg.output.report import Event, Report
from partnerreg.store.output_file import make_folder


def write_calendars(report: Report, common: Common, bell: Duration | None, *, apart: bool) -> None:
    """Write the report's events; `apart` into a folder, a file for each who is responsible.

    The notes go to standard error. Raises `Failure` (3) where a file cannot be written.
    """
    alarm = timedelta(days=bell.days + bell.months * 30) if bell else None
    folder = _folder(common.output) if apart else None
    if folder is None:
        whole = ics.render(report.title, report.events, _stamp(common), alarm=alarm)
        write(whole, common.output, "ics")
    else:
        groups: dict[str, list[Event]] = {}
        for one in report.events:
            groups.setdefault(one.group, []).append(one)
        name_of = report.name_of or str
        for group, events in groups.items():
            title = "nobody" if group == "nobody" else name_of(group)
            whole = ics.render(title, events, _stamp(common), alarm=alarm)
            write(whole, folder / f"{slug(group)}.ics", "ics")
    for line in note_lines(report):
        say(line)


def _folder(output: Path | None) -> Path | None:
    """Return the folder that is meant; None for a file or standard output."""
    if output is None or (output.suffix and not output.is_dir()):
        return None
    make_folder(output)
    return output


def _stamp(common: Common) -> datetime:
    """Return when the calendar was made: SOURCE_DATE_EPOCH, else the as-of day's midnight (UTC)."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isascii() and given.isdecimal() and len(given) < 12:
        return datetime.fromtimestamp(int(given), UTC)
    return datetime.combine(common.day, time(), UTC)
