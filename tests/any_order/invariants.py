"""What must hold after every step, whatever the step was; the first thing that does not is an AssertionError."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from processes.models import Event, Recusal, Task
from processes.verification import breaches_in, breaches_in_cases
from tests.any_order.day_oracle import wrong_days
from tests.any_order.gate_oracle import Deed, was_lawful, was_lawfully_noted
from tests.any_order.journal_oracle import untold_changes
from tests.any_order.people_oracle import forgotten_children, wrong_inboxes, wrong_letters
from tests.any_order.picture import Picture
from tests.any_order.run import Run


def look_at(run: Run) -> None:
    """Raises AssertionError with everything that does not hold."""
    before, after = run.before, run.picture()
    run.before = after
    wrong = [
        *wrong_gates(before, after),
        *wrong_days(after),
        *wrong_journals(before, after),
        *untold_changes(before, after),
        *forgotten_children(after),
        *wrong_letters(before, after, run.now),
    ]
    staff = sorted(one.id for one in after.rows["caseworkers"])
    people = {staff[run.looks % len(staff)], *(one.caseworker_id for one in after.of(Recusal))}
    with run.runtime.reading() as work:
        wrong += wrong_inboxes(work, after, people)
    run.looks += 1
    assert not wrong, wrong
    breaches = [str(one) for one in breaches_in_cases(run.runtime)]
    assert not breaches, breaches


def look_at_the_end(run: Run) -> None:
    """What takes longer: everybody's inbox, and every table, log and reference."""
    picture = run.picture()
    with run.runtime.reading() as work:
        wrong = list(wrong_inboxes(work, picture, [one.id for one in picture.rows["caseworkers"]]))
    assert not wrong, wrong
    breaches = [str(one) for one in breaches_in(run.runtime)]
    assert not breaches, breaches


def wrong_gates(before: Picture, after: Picture) -> Iterator[str]:
    """Every task that has been completed, and all that was noted, had its ground just before."""
    was_open = {task.id for task in before.of(Task, status="open")}
    for task in after.of(Task, status="completed"):
        if task.id in was_open and not was_lawful(Deed(before, task, task.ended_at)):
            yield f"{task.step} was completed without its ground: {task.answers}"
    known = {event.id for event in before.rows.get("events", ())}
    for event in after.of(Event, task_id=None):
        is_noted = event.id not in known and event.recorded_by_id is not None
        if is_noted and not was_lawfully_noted(before, event):
            yield f"{event.name} was noted without its ground: {event.payload}"


def wrong_journals(before: Picture, after: Picture) -> Iterator[str]:
    """The journal only grows, numbered without gaps, in the order of time, and follows who holds what."""
    old = {line.id: line for line in before.rows.get("journal_entries", ())}
    by_case: dict[int, list[object]] = {}
    holders: dict[int, int | None] = {}
    for line in after.rows["journal_entries"]:
        lines = by_case.setdefault(line.case_id, [])
        lines.append(line)
        if line.number != len(lines):
            yield f"line {line.number} of case {line.case_id} should be {len(lines)}"
        if line.id in old and vars(old[line.id]) != vars(line):
            yield f"line {line.id} was changed"
        if line.what in ("task_claimed", "task_assigned", "task_released"):
            holders[line.details["task"]] = line.details.get("to")
    gone = old.keys() - {line.id for line in after.rows["journal_entries"]}
    if gone:
        yield f"lines {sorted(gone)} are gone"
    for task in after.rows["tasks"]:
        if task.claimed_by_id != holders.get(task.id):
            yield f"task {task.id} is held by {task.claimed_by_id}, by the journal {holders.get(task.id)}"
    yield from _wrong_counts(after)


def _wrong_counts(after: Picture) -> Iterator[str]:
    told = Counter((line.case_id, line.what) for line in after.rows["journal_entries"])
    for case in after.rows["cases"]:
        closed = told[case.id, "case_closed"] - told[case.id, "case_reopened"]
        if told[case.id, "case_opened"] != 1 or closed != (case.closed_at is not None):
            yield f"case {case.number} was opened and closed otherwise than its journal says"
        recused = told[case.id, "access_recused"] - told[case.id, "access_recusal_corrected"]
        if recused != len(after.of(Recusal, case_id=case.id)):
            yield f"case {case.number} has other conflicts of interest than its journal says"
        corrected = [one for one in after.of(Event, case_id=case.id) if one.corrected_by_id]
        if told[case.id, "event_corrected"] > len(corrected):
            yield f"case {case.number} has corrections that nothing shows"
    for line in after.rows["journal_entries"]:
        if line.what == "value_changed" and line.details["from"] == line.details["to"]:
            yield f"line {line.id} tells of no change"
