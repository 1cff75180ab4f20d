"""What a page says about a date besides the date: what it is about, what it was before, and who moved it and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.display import moment, short_day
from app.labels import label
from app.texts import t
from processes.models import Deadline, JournalEntry
from processes.queries.cases import CaseFile
from processes.queries.deadlines import earlier_versions
from processes.queries.people import staff_names
from processes.queries.persons_seen import Sight
from processes.rules.events import EVENTS
from processes.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Change:
    """A date as it was, until it became another."""

    was: date | None
    hour: datetime | None
    """The hour, where the date has one."""
    until: datetime | None
    """When it ceased to hold."""
    by: str
    """Who changed it; empty when time or a process did."""
    cause: str
    why: str


@dataclass(frozen=True)
class DeadlineWords:
    """The words for the dates of one case."""

    about: Callable[[Deadline], str]
    """Which notice, person or report the date is about; empty where it is about the whole case."""
    earlier: Callable[[Deadline], list[Change]]
    """What the date was before, the latest first."""


def words_of(work: UnitOfWork, file: CaseFile, sight: Sight) -> DeadlineWords:
    """The words for the dates of the case that the file is of."""
    received = {notice.id: notice.received_at for notice in file.notices}
    persons = {person.id: person.name for person in sight.persons}
    names = staff_names(work.session, file.case.administration_key)
    versions = earlier_versions(work.session, file.case.id)

    def about(row: Deadline) -> str:
        kind, _, number = row.subject.partition(":")
        if kind == "notice" and number.isdecimal() and int(number) in received:
            return t("Underrättelsen som kom in {when}", when=moment(received[int(number)]))
        if kind == "person" and number.isdecimal():
            return persons.get(int(number), "")
        return ""

    def earlier(row: Deadline) -> list[Change]:
        return changes(row, versions.get((row.rule, row.subject), []), names)

    return DeadlineWords(about, earlier)


def changes(row: Deadline, versions: list[Deadline], names: Mapping[int, str]) -> list[Change]:
    """The versions before `row`, each with what ended it: the version that came after it says who and why."""
    by_id = {one.id: one for one in versions}
    found, after = [], row
    while after.replaces_id in by_id:
        was = by_id[after.replaces_id]
        by = names.get(after.caused_by_id or 0, "")
        found.append(
            Change(
                was.falls_on, was.explained.at, was.superseded_at, by, cause_words(after.caused_by), after.why
            )
        )
        after = was
    return found


def cause_words(cause: str) -> str:
    """What changed a date, in words: the event's name; nothing for what has no words of its own."""
    if cause in EVENTS:
        return label("event", cause)
    return {"timer": t("Tiden gick"), "new_day": t("En ny dag började")}.get(cause, "")


def journal_words(line: JournalEntry) -> str:
    """What a line of the journal says of a date: its name, and from when to when."""
    told = line.details
    name = str(told.get("title") or label("deadline", line.subject))
    was, becomes = (_written(told.get(key)) for key in ("from", "to"))
    if was and becomes:
        return t("{name}, från {was} till {becomes}", name=name, was=was, becomes=becomes)
    return f"{name}, {becomes or was}" if becomes or was else name


def _written(value: str | None) -> str:
    if not value:
        return ""
    return moment(value) if "T" in value else short_day(value)
