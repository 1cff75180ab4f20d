"""Keeps the ladders of reminders of a case true, and says the next word when its time has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from processes.actions.suspension import goes_on
from processes.clock import swedish_day
from processes.models import Absence, Case, Caseworker, Deadline, Notification, Reminder, Task
from processes.queries.access import may_see_case
from processes.queries.tasks import may_do
from processes.rules.calendar import end_of_day, in_swedish
from processes.rules.reminders import (
    LADDERS,
    LEGAL_DATES,
    Audience,
    Matter,
    Rung,
    ladder_of_task,
    next_word,
)
from processes.rules.units import Unit
from processes.unit_of_work import UnitOfWork

JOB = "reminders"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A ladder that should be there: what for, which, and what it counts from."""

    ladder: str
    due_at: datetime
    since: datetime
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """Whom a rung tells: a unit, or one person of it."""

    unit: str
    person: Caseworker | None = None


def plan_reminders(work: UnitOfWork, case: Case) -> None:
    """Bring the ladders into step with the open tasks and the running dates of the locked case.

    What is done loses its ladder; what is due at another instant begins its ladder anew.
    """
    wanted = dict(_wanted(work, case))
    for reminder in list(work.rows(Reminder, case.id)):
        want = wanted.pop(reminder.subject, None)
        if want is None:
            _settle_what_was_said(work, case, reminder)
            work.remove(reminder)
            continue
        if want.due_at != reminder.due_at:
            _settle_what_was_said(work, case, reminder)
            reminder.due_at, reminder.passed, reminder.told_at = want.due_at, "", None
        _look_ahead(work, case, reminder)
    for subject, want in wanted.items():
        reminder = Reminder(
            case_id=case.id,
            subject=subject,
            task=want.task,
            ladder=want.ladder,
            due_at=want.due_at,
            since=want.since,
            passed="",
        )
        work.add(reminder)
        _look_ahead(work, case, reminder)


def give_reminders(work: UnitOfWork, *, case_id: int) -> int:
    """Say everything in the case whose time has come; answers how many rungs were passed.

    Raises CaseNotFound. Another worker that did it meanwhile leaves nothing to do.
    """
    case = work.lock(case_id)
    work.gather([case_id])
    plan_reminders(work, case)
    passed = 0
    for reminder in work.rows(Reminder, case_id):
        while reminder.next_at is not None and reminder.next_at <= work.now:
            _say(work, case, reminder)
            passed += 1
    return passed


def cases_with_due_reminders(work: UnitOfWork, *, limit: int) -> list[int]:
    """The cases in which somebody is to be reminded by now, the one that has waited longest first."""
    rows = work.session.execute(
        select(Reminder.case_id)
        .where(Reminder.next_at <= work.now)
        .group_by(Reminder.case_id)
        .order_by(func.min(Reminder.next_at))
        .limit(limit)
    )
    return list(rows.scalars())


def next_reminder_at(work: UnitOfWork) -> datetime | None:
    """The instant of the earliest word that is still to be said."""
    found: datetime | None = work.session.scalar(
        select(func.min(Reminder.next_at)).where(Reminder.next_at > work.now)
    )
    return found


def _wanted(work: UnitOfWork, case: Case) -> Iterator[tuple[str, _Wanted]]:
    for task in work.rows(Task, case.id):
        if task.status == "open" and task.due_at is not None and goes_on(work, case, task):
            ladder = ladder_of_task(task.step)
            yield f"task:{task.id}", _Wanted(ladder, task.due_at, task.created_at, task)
    for row in work.rows(Deadline, case.id):
        if row.is_current and row.falls_on is not None and row.rule in LEGAL_DATES:
            due_at = end_of_day(row.falls_on)
            yield f"{row.rule} {row.subject}", _Wanted("law", due_at, row.computed_at)


def _look_ahead(work: UnitOfWork, case: Case, reminder: Reminder) -> None:
    """Find the next rung and its instant, and let the worker know."""
    rule = reminder.subject.partition(" ")[0]
    near = LEGAL_DATES[rule].near if rule in LEGAL_DATES else 0
    matter = Matter(
        ladder=reminder.ladder,
        due_at=reminder.due_at,
        since=reminder.since,
        near=near,
        passed=reminder.passed,
        told_at=reminder.told_at,
        rests_until=reminder.task.on_hold_until if reminder.task is not None else None,
    )
    word = next_word(matter, work.now, work.policy.in_administration(case.administration_key))
    reminder.next_rung = word.rung.key if word else None
    reminder.next_at = word.at if word else None
    if word is not None:
        work.leave_for(JOB, word.at)


def _settle_what_was_said(work: UnitOfWork, case: Case, reminder: Reminder) -> None:
    """What somebody was reminded of is done, or due another time: nobody need attend to those words any more."""
    if reminder.told_at is None:
        return
    said = Notification.dedup_key.startswith(f"{case.id}:{reminder.subject}:", autoescape=True)
    work.session.execute(
        update(Notification)
        .where(Notification.case_id == case.id, said, Notification.seen_at.is_(None))
        .values(seen_at=work.now)
    )


def _say(work: UnitOfWork, case: Case, reminder: Reminder) -> None:
    rung = LADDERS[reminder.ladder].rung(reminder.next_rung or "")
    told = _audience(work, case, reminder, rung.to)
    if told is not None and _tell(work, case, reminder, rung, told):
        reminder.told_at = work.now
    reminder.passed = rung.key
    _look_ahead(work, case, reminder)


def _tell(work: UnitOfWork, case: Case, reminder: Reminder, rung: Rung, told: _Told) -> bool:
    """Write it where the person or the unit sees it; False when this rung has told it before.

    What was told and then no longer current is so again, when the date has come back to what it was.
    """
    key = f"{case.id}:{reminder.subject}:{reminder.due_at.isoformat()}:{rung.key}"
    before = work.session.scalar(select(Notification).where(Notification.dedup_key == key))
    if before is not None:
        is_current_again = before.seen_at is not None and before.seen_by_id is None
        before.seen_at = None if is_current_again else before.seen_at
        return is_current_again
    text = rung.text.format(title=_title(work, case, reminder), day=in_swedish(swedish_day(reminder.due_at)))
    work.add(
        Notification(
            case_id=case.id,
            administration_key=case.administration_key,
            unit=told.unit,
            person_id=told.person.id if told.person else None,
            task=reminder.task,
            kind=rung.kind,
            dedup_key=key,
            text=text,
            at=work.now,
        )
    )
    work.leave_for("mail", work.now)
    return True


def _title(work: UnitOfWork, case: Case, reminder: Reminder) -> str:
    if reminder.task is not None:
        return reminder.task.title
    rule, _, subject = reminder.subject.partition(" ")
    [row] = [
        row
        for row in work.rows(Deadline, case.id)
        if row.is_current and (row.rule, row.subject) == (rule, subject)
    ]
    return str(row.explanation["title"])


def _audience(work: UnitOfWork, case: Case, reminder: Reminder, to: Audience) -> _Told | None:
    """Whom to tell now; None when there is nobody, or only who has been told already."""
    if to is Audience.HEAD:
        return _Told(str(Unit.HEAD))
    task = reminder.task
    if task is None:
        return _Told(str(LEGAL_DATES[reminder.subject.partition(" ")[0]].unit))
    holder = task.claimed_by if task.claimed_by is not None and may_do(task.claimed_by, task) else None
    stand_in = None if holder is None else _substitute_of(work, holder)
    if to is Audience.HOLDER:
        person = holder if stand_in is None else stand_in
        return _Told(task.unit, person if person and _may_be_told(work, case, person) else None)
    if holder is None:
        return None if to is Audience.UNIT else _substitute(work, case, task, None)
    if to is Audience.UNIT:
        return _Told(task.unit)
    return _substitute(work, case, task, holder if stand_in is None else stand_in)


def _substitute(work: UnitOfWork, case: Case, task: Task, told: Caseworker | None) -> _Told | None:
    """The substitute of who answers for the case, unless that is who was reminded all the while."""
    person = case.substitute
    if person is None or (told is not None and person.id == told.id):
        return None
    return _Told(task.unit, person) if _may_be_told(work, case, person) else None


def _may_be_told(work: UnitOfWork, case: Case, person: Caseworker) -> bool:
    return may_see_case(work.session, case, person, work.now)


def _substitute_of(work: UnitOfWork, absent: Caseworker) -> Caseworker | None:
    """Who stands in for the person today; None for who is here."""
    today = swedish_day(work.now)
    absence = work.session.scalars(
        select(Absence).where(
            Absence.caseworker_id == absent.id,
            Absence.starts_on <= today,
            Absence.ends_on >= today,
            Absence.withdrawn_at.is_(None),
        )
    ).first()
    return None if absence is None else absence.substitute
