"""What comes after something was done in a case: the next task for the same person, or whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, url_for
from markupsafe import Markup

from app.labels import label
from app.texts import t
from app.web import running_system, signed_in
from processes.models import Caseworker, Task
from processes.queries.access import stands_in_for
from processes.queries.cases import get_case, get_case_file
from processes.queries.inbox import Inbox
from processes.queries.tasks import may_do
from processes.unit_of_work import UnitOfWork


def say_done_and_next(done: str, case_id: int) -> None:
    """Tell on the next page that something is done, and lead on to what there is to do now."""
    flash(Markup("{} {}").format(done, _next(case_id)))


def _next(case_id: int) -> Markup:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        case = get_case(work.session, case_id, caseworker, work.now)
        if case.closed_at is not None:
            return Markup("{} {}").format(t("Ärendet är avslutat."), _in_the_inbox(work, caseworker))
        tasks = get_case_file(work.session, case, caseworker, work.now).open_tasks
        mine = _first_for(caseworker, tasks)
        if mine is not None:
            return Markup("{} {}").format(t("Nästa för dig i ärendet:"), _link_to(mine))
        return Markup("{} {}").format(_whose_turn(tasks), _in_the_inbox(work, caseworker))


def _whose_turn(tasks: Sequence[Task]) -> str:
    if not tasks:
        return t("Nu väntar ärendet; ingen har något att göra just nu.")
    units = ", ".join(dict.fromkeys(label("unit", unit) for task in tasks for unit in task.units))
    return t("Inget mer för dig här nu. Uppgifter väntar hos: {units}.", units=units)


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
