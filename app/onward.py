"""What comes after something was done in a case: the next task for the same person, or whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, url_for
from markupsafe import Markup, escape

from app.labels import label
from app.texts import t
from app.web import running_system, signed_in
from processes.models import Caseworker, Task
from processes.queries.cases import get_case, get_case_file
from processes.queries.tasks import may_do


def say_done_and_next(done: str, case_id: int) -> None:
    """Tell on the next page that something is done, and lead on to what there is to do now."""
    flash(Markup("{} {}").format(done, _next(case_id)))


def _next(case_id: int) -> Markup:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        case = get_case(work.session, case_id, caseworker, work.now)
        if case.closed_at is not None:
            return escape(t("Ärendet är avslutat."))
        tasks = get_case_file(work.session, case, caseworker, work.now).open_tasks
        mine = _first_for(caseworker, tasks)
        if mine is not None:
            link = Markup('<a href="{}">{}</a>').format(url_for("tasks.show", task_id=mine.id), mine.title)
            return Markup("{} {}").format(t("Nästa för dig i ärendet:"), link)
        if not tasks:
            return escape(t("Nu väntar ärendet; ingen har något att göra just nu."))
        units = ", ".join(dict.fromkeys(label("unit", unit) for task in tasks for unit in task.units))
        return escape(t("Inget mer för dig här nu. Uppgifter väntar hos: {units}.", units=units))


def _first_for(caseworker: Caseworker, tasks: Sequence[Task]) -> Task | None:
    """The first task that the person holds, else the first that nobody holds and the person may do."""
    free = [task for task in tasks if task.claimed_by_id is None and may_do(caseworker, task)]
    return next((task for task in tasks if task.claimed_by_id == caseworker.id), next(iter(free), None))
