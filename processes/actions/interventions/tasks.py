"""Interventions on open tasks: give them to others, set their priority and follow-up, skip one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from processes.actions.days_asked import day_ahead
from processes.actions.handing_over import hand_over_task
from processes.actions.instances import running_behind
from processes.actions.interventions.orders import Done, Intervention, Order, Result, Target
from processes.actions.moving import refresh, settle
from processes.actions.open_tasks import ask_gates
from processes.actions.resting import bring_back, last_day_of_rest, write_rest
from processes.actions.suspension import must_go_on
from processes.actions.tasks import form_of
from processes.errors import AnswersRefused, CaseworkerNotFound
from processes.forms import Form, Section
from processes.forms.reading import CANNOT_BE_DONE
from processes.models import Case, Caseworker, JournalEntry, Task
from processes.queries.access import may_see_case
from processes.queries.choices import choices_in
from processes.queries.diagrams import Published
from processes.queries.people import get_colleague
from processes.queries.tasks import may_do
from processes.rules.calendar import in_swedish, start_of_day
from processes.rules.facts import FACTS
from processes.rules.gates import Gate, GateAnswer, Level
from processes.rules.interventions import has_own_way_out, why_not_skipped
from processes.rules.priority import HIGHEST, LOWEST
from processes.rules.units import UNIT_NAMES, Unit
from processes.unit_of_work import UnitOfWork

BY_TABLE = "auto"
"""The priority is worked out again; nobody has set it."""


def open_tasks_of(work: UnitOfWork, case: Case) -> list[Task]:
    """The open tasks of the case, oldest first."""
    return [task for task in work.rows(Task, case.id) if task.status == "open"]


def every_open_task(work: UnitOfWork, case: Case) -> list[Target]:
    """Each open task, with its unit and who has it."""
    return [
        Target(str(task.id), task.title, _who(task), group=_process(work, task))
        for task in open_tasks_of(work, case)
    ]


def _who(task: Task) -> str:
    holder = task.claimed_by.name if task.claimed_by else "ingen har tagit den"
    return f"{UNIT_NAMES[Unit(task.unit)]}, {holder}"


def _process(work: UnitOfWork, task: Task) -> str:
    row = task.instance
    return work.diagrams.get(work.session, row.process_key, row.diagram_version).bundle.title


def _for_each(
    work: UnitOfWork, case: Case, order: Order, do: Callable[[Task], str]
) -> tuple[list[Task], tuple[Result, ...]]:
    """Do it with each chosen task; what it answers is why it could not be done."""
    tasks = [task for task in open_tasks_of(work, case) if str(task.id) in order.chosen]
    results = tuple(Result(task.title, do(task)) for task in tasks)
    return tasks, results


def reassign(work: UnitOfWork, case: Case, caseworker: Caseworker, order: Order) -> Done:
    """Give each task to the colleague `till`, or back to its unit; who may not do one does not get it."""
    to = _colleague(work, order.said.get("till", ""), caseworker)

    def give(task: Task) -> str:
        if to is None:
            return _give_back(work, task, caseworker)
        if task.claimed_by_id == to.id:
            return f"{to.name} har redan uppgiften."
        if not may_do(to, task):
            return f"{to.name} arbetar inte i {UNIT_NAMES[Unit(task.unit)]}."
        if not may_see_case(work.session, case, to, work.now):
            return f"{to.name} får inte se ärendet."
        hand_over_task(work, task_id=task.id, caseworker=caseworker, to=to)
        return ""

    tasks, results = _for_each(work, case, order, give)
    refresh(work, case, cause="reassigned")
    return Done(tasks[0].title if len(tasks) == 1 else "", results)


def _colleague(work: UnitOfWork, chosen: str, caseworker: Caseworker) -> Caseworker | None:
    if chosen == "enheten":
        return None
    try:
        return get_colleague(work.session, int(chosen), caseworker)
    except (ValueError, CaseworkerNotFound):
        raise AnswersRefused({"till": "Välj vem som ska ha uppgiften."}) from None


def _give_back(work: UnitOfWork, task: Task, by: Caseworker) -> str:
    if task.claimed_by_id is None:
        return "Ingen har tagit uppgiften."
    details = {"task": task.id, "for": task.claimed_by_id}
    task.claimed_by = task.claimed_at = None
    work.add(
        JournalEntry(
            case_id=task.case_id,
            at=work.now,
            by_id=by.id,
            what="task_released",
            subject=task.step,
            details=details,
        )
    )
    return ""


def set_priority(work: UnitOfWork, case: Case, caseworker: Caseworker, order: Order) -> Done:
    """Set the priority by hand, or leave it to the table again, and say when the tasks are taken up again."""
    priority = _priority(order.said.get("prioritet", ""))
    until = day_ahead(work, "dag", order.said.get("dag", "")) if order.said.get("dag", "").strip() else None
    wakes = bool(order.said.get("genast"))
    if priority is None and until is None and not wakes:
        raise AnswersRefused({"prioritet": "Välj prioritet, dag eller att uppgiften tas upp genast."})

    def change(task: Task) -> str:
        if priority is not None:
            task.priority_by_hand = priority or None
        if wakes and task.on_hold_until is not None:
            bring_back(work, task, why="", by=caseworker.id)
        return _rest(work, task, until, order.reason, caseworker) if until is not None and not wakes else ""

    tasks, results = _for_each(work, case, order, change)
    refresh(work, case, cause="priority")
    return Done(tasks[0].title if len(tasks) == 1 else "", results)


def _priority(chosen: str) -> int | None:
    """1 to 5; 0 for the table's own, None for as it is. Raises AnswersRefused."""
    if not chosen:
        return None
    if chosen == BY_TABLE:
        return 0
    if not chosen.isdecimal() or not LOWEST <= int(chosen) <= HIGHEST:
        raise AnswersRefused({"prioritet": "Välj en prioritet i listan."})
    return int(chosen)


def _rest(work: UnitOfWork, task: Task, until: date, why: str, by: Caseworker) -> str:
    found = last_day_of_rest(work.snapshot(task.case_id), task, work.now)
    if found is not None and until > found[0]:
        back_on, what, on = found
        return f"Ska tas upp senast {in_swedish(back_on)}, före {in_swedish(on)}: {what}."
    task.on_hold_until, task.hold_reason = start_of_day(until), why.strip()[:300]
    write_rest(work, task, "task_rests", by=by.id, until=until.isoformat(), why=task.hold_reason)
    work.leave_for("rests", task.on_hold_until)
    return ""


def skippable_tasks(work: UnitOfWork, case: Case) -> list[Target]:
    """The open tasks, each with why it may not be skipped, if it may not."""
    return [
        replace(target, hindrance=_hindrance_to_skipping(work, case, task))
        for target, task in zip(every_open_task(work, case), open_tasks_of(work, case), strict=True)
    ]


def _hindrance_to_skipping(work: UnitOfWork, case: Case, task: Task) -> str:
    published = running_behind(work, case, task).published
    properties = published.bundle.steps[task.step].properties
    form = form_of(published, task.step)
    return why_not_skipped(properties, form.event_names, _hard(work, task, published))


def _hard(work: UnitOfWork, task: Task, published: Published) -> list[tuple[Gate, GateAnswer]]:
    return [one for one in ask_gates(work, task, published) if one[0].level is Level.HARD]


def form_to_skip(work: UnitOfWork, case: Case, task: Task) -> Form:
    """The questions of the step by which the process chooses its way; none of them must be answered."""
    published = running_behind(work, case, task).published
    form = published.forms[task.step]
    asked = published.bundle.names - FACTS.keys()
    fields = tuple(
        replace(field, required=False, when={})
        for field in form.fields.values()
        if field.name in asked and field.is_scalar
    )
    return replace(
        form, sections=(Section("Vilken väg går processen?", fields),) if fields else (), event_rules=()
    )


def skip(work: UnitOfWork, case: Case, caseworker: Caseworker, order: Order) -> Done:
    """Let the process go on without the step; of its answers only those that choose the way are given."""
    [task] = [task for task in open_tasks_of(work, case) if str(task.id) in order.chosen]
    must_go_on(work, case, task)
    running = running_behind(work, case, task)
    form = form_to_skip(work, case, task)
    read = form.read(order.answers, choices_in(work.session, case, caseworker, work.now).at(work.now))
    names = running.published.bundle.names - FACTS.keys()
    routing = {
        name: read.get(name) for name in sorted(names & form_of(running.published, task.step).scalar_names)
    }
    if has_own_way_out(_hard(work, task, running.published)):
        routing[CANNOT_BE_DONE] = True
    running.instance.complete(task.engine_id, routing, work.at)
    settle(work, case, cause="skipped")
    return Done(task.title)


REASSIGN = Intervention(every_open_task, reassign)
PRIORITY = Intervention(every_open_task, set_priority)
SKIP = Intervention(skippable_tasks, skip)
