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


def _said(value: Any) -> str:
    """A value as it is written in a scenario."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "inget" if value is None else str(value)


def _as_written(row: Deadline) -> str:
    day = row.falls_on.isoformat() if row.falls_on else "ingen"
    return f"{day} (preliminär)" if row.is_provisional and row.falls_on else day


def _steps(tasks: list[Task]) -> str:
    return ", ".join(sorted(task.step for task in tasks)) or "inga"


def _open(found: Found, wanted: list[str]) -> Iterator[Check]:
    tasks = found.open_tasks()
    for step in wanted:
        yield f"{step} är öppen", any(task.step == step for task in tasks), f"öppna: {_steps(tasks)}"


def _only_open(found: Found, wanted: list[str]) -> Iterator[Check]:
    tasks = found.open_tasks()
    right = sorted(task.step for task in tasks) == sorted(wanted)
    yield f"öppet är bara {', '.join(sorted(wanted)) or 'ingenting'}", right, f"öppna: {_steps(tasks)}"


def _not_open(found: Found, wanted: list[str]) -> Iterator[Check]:
    tasks = found.open_tasks()
    for step in wanted:
        must_be_known("steget", step, found.steps())
        yield f"{step} är inte öppen", all(task.step != step for task in tasks), f"öppna: {_steps(tasks)}"


def _due(found: Found, wanted: Mapping[str, str]) -> Iterator[Check]:
    for step, time in wanted.items():
        due = [_time(task.due_at) for task in found.open_tasks() if task.step == step]
        yield f"{step} ska vara klar {time}", time in due, f"ska vara klar: {', '.join(due) or 'inte öppen'}"


def _time(at: datetime | None) -> str:
    return swedish_time(at).strftime("%Y-%m-%d %H:%M") if at else "ingen tid satt"


def _blocked(found: Found, wanted: list[str]) -> Iterator[Check]:
    for step in wanted:
        tasks = [task for task in found.open_tasks() if task.step == step]
        shown = ", ".join(task.blocked_by or "ingen spärr" for task in tasks) or "inte öppen"
        yield f"{step} är spärrad", any(task.blocked_by for task in tasks), f"spärrad av: {shown}"


def _not_blocked(found: Found, wanted: list[str]) -> Iterator[Check]:
    for step in wanted:
        tasks = [task for task in found.open_tasks() if task.step == step]
        shown = ", ".join(task.blocked_by or "ingen spärr" for task in tasks) or "inte öppen"
        right = bool(tasks) and not any(task.blocked_by for task in tasks)
        yield f"{step} är inte spärrad", right, f"spärrad av: {shown}"


def _may(found: Found, wanted: list[str]) -> Iterator[Check]:
    for step in wanted:
        closed = found.closed_gates(step)
        yield f"{step} får göras", not closed, "; ".join(answer.why for answer in closed)


def _may_not(found: Found, wanted: list[str]) -> Iterator[Check]:
    for step in wanted:
        yield f"{step} får inte göras", bool(found.closed_gates(step)), "ingen spärr är stängd"


def _deadlines(found: Found, wanted: Mapping[str, str | None]) -> Iterator[Check]:
    for key, day in wanted.items():
        shown = " och ".join(map(_as_written, found.deadlines(key))) or "ingen"
        yield f"{key} är {day or 'ingen'}", shown == (day or "ingen"), f"är: {shown}"


def _readings(found: Found, wanted: Mapping[str, list[str]]) -> Iterator[Check]:
    for key, days in wanted.items():
        read = {day for row in found.deadlines(key) for day in _days_of(row)}
        shown = ", ".join(sorted(read)) or "ingen"
        yield f"{key} kan läsas som {', '.join(sorted(days))}", read == set(days), f"är: {shown}"


def _days_of(row: Deadline) -> Iterator[str]:
    if row.falls_on:
        yield row.falls_on.isoformat()
    yield from (reading["on"] for reading in row.explanation["readings"])


def _explained(found: Found, wanted: Mapping[str, str]) -> Iterator[Check]:
    for key, words in wanted.items():
        notes = [note for row in found.deadlines(key) for note in row.explanation["notes"]]
        right = any(words.casefold() in note.casefold() for note in notes)
        yield f"förklaringen av {key} säger {words}", right, f"säger: {' '.join(notes) or 'ingenting'}"


def _facts(found: Found, wanted: Mapping[str, Any]) -> Iterator[Check]:
    for key, value in wanted.items():
        shown = found.fact(key)
        yield f"{key} är {_said(value)}", shown == value, f"är: {_said(shown)}"


def _letters(found: Found, wanted: Mapping[str, int]) -> Iterator[Check]:
    counted = found.counts(Letter.kind)
    for kind, number in wanted.items():
        must_be_known("brevet", kind, found.letter_kinds())
        yield (
            f"brevet {kind} är skrivet {number} gånger",
            counted[kind] == number,
            f"skrivet: {counted[kind]}",
        )


def _addresses(found: Found, wanted: Mapping[str, list[str]]) -> Iterator[Check]:
    for kind, lines in wanted.items():
        shown = sorted(_address(letter) for letter in found.letters(kind))
        yield (
            f"{kind} går till {'; '.join(sorted(lines))}",
            shown == sorted(lines),
            f"går till: {'; '.join(shown) or 'ingen'}",
        )


def _address(letter: Letter) -> str:
    return f"{letter.recipient_name}, {'via Skatteverket' if letter.via_intermediary else letter.address}"


def _kept_apart(found: Found, wanted: list[str]) -> Iterator[Check]:
    for kind in wanted:
        letters = found.letters(kind)
        told = [one.name for letter in letters for one in found.others_named_in(letter)]
        instead = f"nämner också {', '.join(told)}" if told else "inget sådant brev"
        yield f"{kind} nämner bara sin egen mottagare", bool(letters) and not told, instead


def _events(found: Found, wanted: Mapping[str, int]) -> Iterator[Check]:
    counted = found.counts(Event.name)
    for name, number in wanted.items():
        must_be_known("händelsen", name, EVENTS)
        yield f"{name} är antecknad {number} gånger", counted[name] == number, f"antecknad: {counted[name]}"


def _running(found: Found, wanted: list[str]) -> Iterator[Check]:
    running = found.running()
    for key in wanted:
        yield f"{key} pågår", key in running, f"pågår: {', '.join(running) or 'ingenting'}"


def _not_running(found: Found, wanted: list[str]) -> Iterator[Check]:
    running = found.running()
    for key in wanted:
        must_be_known("processen", key, found.processes())
        yield f"{key} pågår inte", key not in running, f"pågår: {', '.join(running) or 'ingenting'}"


def _notified(found: Found, wanted: list[str] | Mapping[str, int]) -> Iterator[Check]:
    told = found.counts(Notification.unit)
    if isinstance(wanted, Mapping):
        for unit, number in wanted.items():
            must_be_known("enheten", unit, list(Unit))
            yield (
                f"{unit} har fått veta {number} gånger",
                told[unit] == number,
                f"fått veta: {told[unit]} gånger",
            )
        return
    for unit in wanted:
        yield f"{unit} har fått veta", told[unit] > 0, f"fått veta: {', '.join(sorted(told)) or 'ingen'}"


def _phase(found: Found, wanted: str) -> Iterator[Check]:
    yield f"skedet är {wanted}", found.case.phase == wanted, f"är: {found.case.phase}"


def _outcome(found: Found, wanted: str | None) -> Iterator[Check]:
    if wanted is not None:
        must_be_known("utfallet", wanted, OUTCOMES)
    yield f"utfallet är {_said(wanted)}", found.case.outcome == wanted, f"är: {_said(found.case.outcome)}"


def _closed(found: Found, wanted: bool) -> Iterator[Check]:  # noqa: FBT001  # the value of an expectation
    closed = found.case.closed_at is not None
    shown = ", ".join(found.running()) or "ingenting"
    yield f"ärendet är {'avslutat' if wanted else 'öppet'}", closed is wanted, f"pågår: {shown}"


def _disclosures(found: Found, wanted: int) -> Iterator[Check]:
    number = found.disclosures()
    yield f"uppgifter är utlämnade {wanted} gånger", number == wanted, f"utlämnade: {number} gånger"


def _consents(found: Found, wanted: Mapping[str, int]) -> Iterator[Check]:
    snapshot = found.work.snapshot(found.case_id)
    rows = [row for row in snapshot.consents if why_not_valid(row, snapshot, found.work.now) is None]
    counted = Counter(row.recipient for row in rows)
    for recipient, number in wanted.items():
        must_be_known("mottagaren", recipient, RECIPIENTS)
        shown = counted[recipient]
        yield f"{number} samtycken till {recipient} gäller", shown == number, f"gäller: {shown}"


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
