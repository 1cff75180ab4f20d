"""Holds the tasks and processes of a case against the journal: what was done is told once, and has left its events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from processes.errors import DiagramNotFound, DiagramRefused
from processes.models import Event, JournalEntry, Notice, ProcessInstance, Task
from processes.queries.invariants.events import told
from processes.queries.invariants.whole_case import WholeCase
from processes.queries.snapshots import snapshot_of
from processes.rules.children_concerned import notices_of_unnamed_children
from processes.rules.invariants import Breach
from processes.rules.urgency import FAR_AWAY

CHANGES_HANDS = {"task_claimed", "task_assigned", "task_released"}


def breaches(whole: WholeCase) -> Iterator[Breach]:
    """What of the case's work is lost, doubled or half done."""
    yield from _told_once(whole)
    holders = _holders(whole)
    for task in whole.every(Task):
        yield from _is_whole(whole, task)
        if task.status == "open" and task.claimed_by_id != holders.get(task.id):
            yield whole.breach(
                "task_told_once", task, f"{task.step} is held otherwise than the journal tells"
            )
        if task.status == "completed":
            yield from _recorded(whole, task)
    yield from _processes(whole)
    yield from _children_nobody_looks_after(whole)


def _children_nobody_looks_after(whole: WholeCase) -> Iterator[Breach]:
    """Kronofogden knows of children whom nobody has entered, and the work for them has not begun since."""
    if not whole.is_open:
        return
    snapshot = snapshot_of(whole.case, whole.counting, whole.policy)
    unnamed = {seen.id for seen in notices_of_unnamed_children(snapshot)}
    of_children = [row for row in whole.every(ProcessInstance) if row.process_key == "barnets-situation"]
    for notice in whole.every(Notice):
        is_seen = any(row.ended_at is None or row.ended_at >= notice.registered_at for row in of_children)
        if notice.id in unnamed and not is_seen:
            yield whole.breach("children_looked_after", notice, "tells of children nobody looks after")


def _told_once(whole: WholeCase) -> Iterator[Breach]:
    lines = {
        status: told(whole, what, "task")
        for status, what in (("completed", "task_completed"), ("withdrawn", "task_withdrawn"))
    }
    known = set()
    for task in whole.every(Task):
        known.add(task.id)
        for status, times in lines.items():
            if times[task.id] != int(task.status == status):
                said = f"{task.step} is {task.status} and told of as {status} {times[task.id]} times"
                yield whole.breach("task_told_once", task, said)
    for gone in sorted({number for times in lines.values() for number in times} - known, key=str):
        yield whole.breach("task_told_once", None, f"the journal tells of task {gone}, which is not there")


def _holders(whole: WholeCase) -> dict[int, int | None]:
    """By task, who has it as the journal tells."""
    found: dict[int, int | None] = {}
    for line in whole.every(JournalEntry):
        if line.what in CHANGES_HANDS:
            found[line.details["task"]] = line.details.get("to")
    return found


def _is_whole(whole: WholeCase, task: Task) -> Iterator[Breach]:
    is_open, is_done = task.status == "open", task.status == "completed"
    holds = {
        "has an unknown status": task.status in ("open", "completed", "withdrawn"),
        "has ended and is open, or the other way round": (task.ended_at is None) == is_open,
        "is done without answers, or answered and not done": (task.answers is not None) == is_done,
        "is done by nobody, or by somebody and not done": (task.completed_by_id is not None) == is_done,
        "is claimed by nobody at an instant, or at none": (task.claimed_by_id is None)
        == (task.claimed_at is None),
        "is ordered by another instant than its due time": task.sorted_due_at == (task.due_at or FAR_AWAY),
        "lies in another administration than its case": task.administration_key
        == whole.case.administration_key,
        "is blocked since nowhen, or free since an instant": bool(task.blocked_by)
        == (task.blocked_since is not None)
        or not is_open,
    }
    for said, is_so in holds.items():
        if not is_so:
            yield whole.breach("task_is_whole", task, f"{task.step} {said}")


def _recorded(whole: WholeCase, task: Task) -> Iterator[Breach]:
    """The form's rules are applied to the answers again; the events that come of it must be there, each once."""
    row = next((one for one in whole.every(ProcessInstance) if one.id == task.instance_id), None)
    if row is None:
        return  # told of among the references
    try:
        forms = whole.batch.diagrams.get(whole.batch.session, row.process_key, row.diagram_version).forms
    except (DiagramNotFound, DiagramRefused):
        yield whole.breach("state_reads", row, f"{row.process_key}: its version cannot be read")
        return
    if task.step not in forms:
        yield whole.breach("task_recorded", task, f"there is no form for {task.step}")
        return
    wanted = Counter(name for name, _ in forms[task.step].events(task.answers or {}))
    found = Counter(event.name for event in whole.every(Event) if event.task_id == task.id)
    for name in sorted(((wanted - found) + (found - wanted)).keys()):
        said = f"{task.step} asks for {name} {wanted[name]} times, and it was recorded {found[name]} times"
        yield whole.breach("task_recorded", task, said)


def _processes(whole: WholeCase) -> Iterator[Breach]:
    rows = whole.every(ProcessInstance)
    lines = whole.every(JournalEntry)
    for what, wanted in (
        ("process_started", Counter(row.process_key for row in rows)),
        ("process_ended", Counter(row.process_key for row in rows if row.ended_at is not None)),
    ):
        found = Counter(line.subject for line in lines if line.what == what)
        for key in sorted(((wanted - found) + (found - wanted)).keys()):
            said = f"{key}: {wanted[key]} rows, and {what} stands {found[key]} times in the journal"
            yield whole.breach("process_journalled", None, said)
