"""What comes after something was done in a case: the next task for the same person, or whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flask import flash, url_for
from markupsafe import Markup

from app.display import day
from app.labels import label
from app.texts import t
from processes.models import Case, Caseworker, Task
from processes.queries.access import stands_in_for
from processes.queries.cases import CaseFile
from processes.queries.inbox import Inbox
from processes.queries.tasks import may_do
from processes.queries.waiting import outlook_of
from processes.unit_of_work import UnitOfWork

MOST_TOLD = 3
"""So many new tasks, or things waited for, are told by name."""


def done_and_next(work: UnitOfWork, done: str, case_id: int, caseworker: Caseworker) -> list[str]:
    """What was done, what that began, what the case waits for, and what comes next: to be told on the next page.

    Ask last in the transaction that does it, which knows the case already, and `say` it when that is committed.
    """
    return [done, *_onward(work, work.session.get_one(Case, case_id), caseworker)]


def say(lines: Iterable[str]) -> None:
    """Tell it on the next page."""
    for line in lines:
        flash(line)


def _onward(work: UnitOfWork, case: Case, caseworker: Caseworker) -> Iterator[str]:
    if case.closed_at is not None:
        yield Markup("{} {}").format(t("Ärendet är avslutat."), _in_the_inbox(work, caseworker))
        return
    is_open = (task for task in work.rows(Task, case.id) if task.status == "open")
    tasks = sorted(is_open, key=lambda task: (task.sorted_due_at, task.id))
    begun = [task for task in tasks if task.created_at >= work.now]
    if begun:
        yield t("Det satte i gång: {tasks}.", tasks=_some(_with_units(task) for task in begun))
    mine = _first_for(caseworker, tasks)
    if mine is not None:
        yield Markup("{} {}").format(t("Nästa för dig i ärendet:"), _link_to(mine))
    else:
        yield Markup("{} {}").format(_whose_turn(work, case, tasks), _in_the_inbox(work, caseworker))


def _whose_turn(work: UnitOfWork, case: Case, tasks: Sequence[Task]) -> str:
    """Which units have something to do in the case, or what it waits for when nobody has."""
    if tasks:
        units = dict.fromkeys(label("unit", unit) for task in tasks for unit in task.units)
        return t("Inget mer för dig här nu. Uppgifter väntar hos: {units}.", units=", ".join(units))
    ahead = outlook_of(work.session, work.diagrams, CaseFile(work.session, case, work.now), work.now)
    by_itself = [f"{alarm.name.lower()} {day(alarm.at, weekday=False)}" for alarm in ahead.alarms[:1]]
    awaited = [*by_itself, *(news.lower() for news in ahead.news)]
    if not awaited:
        return t("Nu väntar ärendet; ingen har något att göra just nu.")
    return t("Ingen har något att göra just nu. Ärendet väntar på: {what}.", what=_some(awaited))


def _with_units(task: Task) -> str:
    return f"{task.title} ({', '.join(label('unit', unit) for unit in task.units)})"


def _some(told: Iterable[str]) -> str:
    """The first few, and how many more there are."""
    each = list(told)
    more = [t("{count} till", count=len(each) - MOST_TOLD)] if len(each) > MOST_TOLD else []
    return ", ".join([*each[:MOST_TOLD], *more])


def _in_the_inbox(work: UnitOfWork, caseworker: Caseworker) -> Markup:
    """The most urgent of what the person holds in other cases, named as the inbox names it."""
    standing_in_for = frozenset(stands_in_for(work.session, caseworker, work.now))
    inbox = Inbox(work.session, caseworker, work.now, standing_in_for=standing_in_for)
    first = next(iter(inbox.page(size=1).tasks), None)
    if first is None:
        return Markup('<a href="{}">{}</a>').format(url_for("inbox.show"), t("Till inkorgen"))
    return Markup("{} {} ({})").format(t("Nästa i din inkorg:"), _link_to(first), first.case.number)


def _link_to(task: Task) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url_for("tasks.show", task_id=task.id), task.title)


def _first_for(caseworker: Caseworker, tasks: Sequence[Task]) -> Task | None:
    """The first task that the person holds, else the first that nobody holds and the person may do."""
    free = [task for task in tasks if task.claimed_by_id is None and may_do(caseworker, task)]
    return next((task for task in tasks if task.claimed_by_id == caseworker.id), next(iter(free), None))
