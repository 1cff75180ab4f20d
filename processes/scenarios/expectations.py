"""Holds what a story expects against what the system says: tasks, deadlines, gates, letters, facts, the outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from processes.clock import swedish_time
from processes.models import Deadline, Event, Letter, Notification, Task
from processes.rules.consent import RECIPIENTS, why_not_valid
from processes.rules.events import EVENTS
from processes.rules.outcomes import OUTCOMES
from processes.rules.units import Unit
from processes.scenarios.found import Found, must_be_known

Check = tuple[str, bool, str]
"""What was expected, whether it came true, and what was found instead."""


def check(found: Found, expected: Mapping[str, Any]) -> Iterator[Check]:
    """Every expectation with its answer, in the order in which they are written."""
    for kind, wanted in expected.items():
        yield from CHECKS[kind](found, wanted)


def _as_written(row: Deadline) -> str:
    day = row.falls_on.isoformat() if row.falls_on else "ingen"
    return f"{day} (preliminär)" if row.is_provisional and row.falls_on else day


def _steps(tasks: list[Task]) -> str:
    return ", ".join(sorted(task.step for task in tasks)) or "inga"


def _open(found: Found, wanted: list[str]) -> Iterator[Check]:
    tasks = found.open_tasks()
    for step in wanted:
        yield f"{step} is open", any(task.step == step for task in tasks), f"open: {_steps(tasks)}"


def _only_open(found: Found, wanted: list[str]) -> Iterator[Check]:
    tasks = found.open_tasks()
    right = sorted(task.step for task in tasks) == sorted(wanted)
    yield f"only {', '.join(sorted(wanted)) or 'nothing'} is open", right, f"open: {_steps(tasks)}"


def _not_open(found: Found, wanted: list[str]) -> Iterator[Check]:
    tasks = found.open_tasks()
    for step in wanted:
        must_be_known("step", step, found.steps())
        yield f"{step} is not open", all(task.step != step for task in tasks), f"open: {_steps(tasks)}"


def _due(found: Found, wanted: Mapping[str, str]) -> Iterator[Check]:
    for step, time in wanted.items():
        due = [_time(task.due_at) for task in found.open_tasks() if task.step == step]
        yield f"{step} is due {time}", time in due, f"due: {', '.join(due) or 'not open'}"


def _time(at: datetime | None) -> str:
    return swedish_time(at).strftime("%Y-%m-%d %H:%M") if at else "never"


def _blocked(found: Found, wanted: list[str]) -> Iterator[Check]:
    for step in wanted:
        tasks = [task for task in found.open_tasks() if task.step == step]
        shown = ", ".join(task.blocked_by or "no gate" for task in tasks) or "not open"
        yield f"{step} is blocked", any(task.blocked_by for task in tasks), f"blocked by: {shown}"


def _not_blocked(found: Found, wanted: list[str]) -> Iterator[Check]:
    for step in wanted:
        tasks = [task for task in found.open_tasks() if task.step == step]
        shown = ", ".join(task.blocked_by or "no gate" for task in tasks) or "not open"
        right = bool(tasks) and not any(task.blocked_by for task in tasks)
        yield f"{step} is not blocked", right, f"blocked by: {shown}"


def _may(found: Found, wanted: list[str]) -> Iterator[Check]:
    for step in wanted:
        closed = found.closed_gates(step)
        yield f"{step} may be done", not closed, "; ".join(answer.why for answer in closed)


def _may_not(found: Found, wanted: list[str]) -> Iterator[Check]:
    for step in wanted:
        yield f"{step} may not be done", bool(found.closed_gates(step)), "no hard gate is closed"


def _deadlines(found: Found, wanted: Mapping[str, str | None]) -> Iterator[Check]:
    for key, day in wanted.items():
        shown = " och ".join(map(_as_written, found.deadlines(key))) or "ingen"
        yield f"{key} is {day or 'ingen'}", shown == (day or "ingen"), f"found: {shown}"


def _readings(found: Found, wanted: Mapping[str, list[str]]) -> Iterator[Check]:
    for key, days in wanted.items():
        read = {day for row in found.deadlines(key) for day in _days_of(row)}
        shown = ", ".join(sorted(read)) or "ingen"
        yield f"{key} may be read as {', '.join(sorted(days))}", read == set(days), f"found: {shown}"


def _days_of(row: Deadline) -> Iterator[str]:
    if row.falls_on:
        yield row.falls_on.isoformat()
    yield from (reading["on"] for reading in row.explanation["readings"])


def _explained(found: Found, wanted: Mapping[str, str]) -> Iterator[Check]:
    for key, words in wanted.items():
        notes = [note for row in found.deadlines(key) for note in row.explanation["notes"]]
        right = any(words.casefold() in note.casefold() for note in notes)
        yield f"{key} says {words}", right, f"found: {' '.join(notes) or 'nothing'}"


def _facts(found: Found, wanted: Mapping[str, Any]) -> Iterator[Check]:
    for key, value in wanted.items():
        shown = found.fact(key)
        yield f"{key} is {value}", shown == value, f"found: {shown}"


def _letters(found: Found, wanted: Mapping[str, int]) -> Iterator[Check]:
    counted = found.counts(Letter.kind)
    for kind, number in wanted.items():
        must_be_known("letter", kind, found.letter_kinds())
        yield f"{number} letter(s) {kind}", counted[kind] == number, f"found: {counted[kind]}"


def _addresses(found: Found, wanted: Mapping[str, list[str]]) -> Iterator[Check]:
    for kind, lines in wanted.items():
        shown = sorted(_address(letter) for letter in found.letters(kind))
        yield (
            f"{kind} goes to {'; '.join(sorted(lines))}",
            shown == sorted(lines),
            f"found: {'; '.join(shown)}",
        )


def _address(letter: Letter) -> str:
    return f"{letter.recipient_name}, {'via Skatteverket' if letter.via_intermediary else letter.address}"


def _kept_apart(found: Found, wanted: list[str]) -> Iterator[Check]:
    for kind in wanted:
        letters = found.letters(kind)
        told = [one.name for letter in letters for one in found.others_named_in(letter)]
        instead = f"names also {', '.join(told)}" if told else "no such letter"
        yield f"{kind} names only its own recipient", bool(letters) and not told, instead


def _events(found: Found, wanted: Mapping[str, int]) -> Iterator[Check]:
    counted = found.counts(Event.name)
    for name, number in wanted.items():
        must_be_known("event", name, EVENTS)
        yield f"{name} recorded {number} time(s)", counted[name] == number, f"found: {counted[name]}"


def _running(found: Found, wanted: list[str]) -> Iterator[Check]:
    running = found.running()
    for key in wanted:
        yield f"{key} runs", key in running, f"running: {', '.join(running) or 'nothing'}"


def _not_running(found: Found, wanted: list[str]) -> Iterator[Check]:
    running = found.running()
    for key in wanted:
        must_be_known("process", key, found.processes())
        yield f"{key} does not run", key not in running, f"running: {', '.join(running) or 'nothing'}"


def _notified(found: Found, wanted: list[str] | Mapping[str, int]) -> Iterator[Check]:
    told = found.counts(Notification.unit)
    if isinstance(wanted, Mapping):
        for unit, number in wanted.items():
            must_be_known("unit", unit, list(Unit))
            yield f"{unit} is notified {number} time(s)", told[unit] == number, f"found: {told[unit]}"
        return
    for unit in wanted:
        yield f"{unit} is notified", told[unit] > 0, f"notified: {', '.join(sorted(told)) or 'nobody'}"


def _phase(found: Found, wanted: str) -> Iterator[Check]:
    yield f"the phase is {wanted}", found.case.phase == wanted, f"found: {found.case.phase}"


def _outcome(found: Found, wanted: str | None) -> Iterator[Check]:
    if wanted is not None:
        must_be_known("outcome", wanted, OUTCOMES)
    yield f"the outcome is {wanted}", found.case.outcome == wanted, f"found: {found.case.outcome}"


def _closed(found: Found, wanted: bool) -> Iterator[Check]:  # noqa: FBT001  # the value of an expectation
    closed = found.case.closed_at is not None
    yield f"the case is {'closed' if wanted else 'open'}", closed is wanted, f"running: {found.running()}"


def _disclosures(found: Found, wanted: int) -> Iterator[Check]:
    number = found.disclosures()
    yield f"{wanted} disclosure(s)", number == wanted, f"found: {number}"


def _consents(found: Found, wanted: Mapping[str, int]) -> Iterator[Check]:
    snapshot = found.work.snapshot(found.case_id)
    rows = [row for row in snapshot.consents if why_not_valid(row, snapshot, found.work.now) is None]
    counted = Counter(row.recipient for row in rows)
    for recipient, number in wanted.items():
        must_be_known("recipient", recipient, RECIPIENTS)
        shown = counted[recipient]
        yield f"{number} consent(s) to {recipient} hold", shown == number, f"found: {shown}"


CHECKS: dict[str, Callable[[Found, Any], Iterator[Check]]] = {
    "open": _open,
    "only_open": _only_open,
    "not_open": _not_open,
    "due": _due,
    "blocked": _blocked,
    "not_blocked": _not_blocked,
    "may": _may,
    "may_not": _may_not,
    "deadlines": _deadlines,
    "readings": _readings,
    "explained": _explained,
    "facts": _facts,
    "letters": _letters,
    "addresses": _addresses,
    "kept_apart": _kept_apart,
    "events": _events,
    "running": _running,
    "not_running": _not_running,
    "notified": _notified,
    "phase": _phase,
    "outcome": _outcome,
    "closed": _closed,
    "consents": _consents,
    "disclosures": _disclosures,
}
