"""Write a report's events as a calendar (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from partnerreg.base.printable import clean
from partnerreg.output.report import Event


def render(
    title: str, events: Iterable[Event], stamp: datetime, *, alarm: timedelta | None = None
) -> str:
    """Return a calendar of all-day events; `stamp` (UTC) is when it was made.

    A day that is only the last that may be meant has `≤` before its summary. There are no alarms
    but those asked for: `alarm` before each day.
    """
    from icalendar import Alarm, Calendar  # noqa: PLC0415  (slow to import)
    from icalendar import Event as Entry  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", "-//partnerreg//partnerreg//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", clean(title))
    for one in events:
        entry = Entry()
        entry.add("uid", one.uid)
        entry.add("dtstamp", stamp)
        entry.add("dtstart", one.day)
        if one.day < date.max:
            entry.add("dtend", one.day + timedelta(days=1))
        summary = clean(one.summary)
        entry.add("summary", summary if one.exact else f"≤ {summary}")
        entry.add("description", "\n".join(map(clean, one.description.split("\n"))))
        entry.add("transp", "TRANSPARENT")
        if alarm is not None:
            bell = Alarm()
            bell.add("action", "DISPLAY")
            bell.add("trigger", -alarm)
            bell.add("description", summary)
            entry.add_component(bell)
        calendar.add_component(entry)
    return str(calendar.to_ical().decode("utf-8"))
