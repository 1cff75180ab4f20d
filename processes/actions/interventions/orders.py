"""Does an intervention and tells what came of it: in a rehearsal for a look, and for good once that is confirmed.

The look and the deed are the same deed: it is really done, under the lock of the case, and what differs afterwards is
what it leads to. For a look the transaction is thrown away (`Runtime.rehearsal`). What is confirmed is that very
difference, from that very state; if anything has moved meanwhile the deed is thrown away too and shown anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from processes.actions.interventions.pictures import Effect, Picture, effects_between, picture_of
from processes.errors import AnswersRefused, CaseClosed, InterventionRefused, PreviewOutdated
from processes.models import Case, Caseworker, JournalEntry
from processes.queries.access import must_be_allowed
from processes.queries.cases import get_case
from processes.queries.log_chains import find_chain_for_update, journal_chain
from processes.rules.interventions import KINDS, LONGEST_REASON, SHORTEST_REASON
from processes.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Target:
    """Something in the case that an intervention can be about."""

    key: str
    title: str
    note: str = ""
    """More to tell it by, in Swedish."""
    hindrance: str = ""
    """Why it cannot be done with this one, in Swedish."""
    group: str = ""
    """The process that it belongs to, where it belongs to one."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody has filled in."""

    kind: str
    chosen: tuple[str, ...] = ()
    """Keys of targets."""
    said: Mapping[str, str] = field(default_factory=dict)
    """What the intervention itself asks: to whom, until when."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """Answers to a form, where one belongs to it."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one of the things that were chosen; `trouble` says why nothing did, in Swedish."""

    title: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What an intervention did: what one thing it was about, by its name in Swedish, and what became of each."""

    about: str
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """What an intervention leads to, or has led to."""

    done: Done
    effects: tuple[Effect, ...]
    token: str
    """Stands for this course from this state; whoever has seen it confirms it with this."""


Targets = Callable[[UnitOfWork, Case], list[Target]]
Deed = Callable[[UnitOfWork, Case, Caseworker, Order], Done]


@dataclass(frozen=True, slots=True)
class Intervention:
    """A way to step in, and the functions that find its targets and do it."""

    targets: Targets
    do: Deed


def case_to_supervise(work: UnitOfWork, case_id: int, caseworker: Caseworker) -> Case:
    """The case, for who leads the work and may see it. Raises as `get_case` does, or NotAllowed."""
    must_be_allowed("supervise", caseworker)
    return get_case(work.session, case_id, caseworker, work.now)


def intervene(
    work: UnitOfWork,
    *,
    case_id: int,
    caseworker: Caseworker,
    order: Order,
    intervention: Intervention,
    confirmed: str | None = None,
) -> Course:
    """Do it, and tell what came of it; with `confirmed`, only if that is what was looked at.

    Raises PreviewOutdated when it is not, AnswersRefused per field, InterventionRefused with the reason, GateClosed,
    CaseClosed, and as `get_case` does. Whoever only wants a look throws the transaction away.
    """
    case_to_supervise(work, case_id, caseworker)
    work.lock(case_id)
    case = case_to_supervise(work, case_id, caseworker)  # a recusal may have held the lock before us
    _must_be_filled_in(order)
    if case.closed_at is not None and not KINDS[order.kind].in_closed:
        raise CaseClosed(case.number)
    before = picture_of(work, case)
    state = _state(work, case, before)
    _must_be_among(order, intervention.targets(work, case))
    done = intervention.do(work, case, caseworker, order)
    effects = effects_between(before, picture_of(work, case))
    token = _token(case, order, state, done, effects)
    if confirmed is not None and confirmed != token:
        raise PreviewOutdated(case.number)
    if not effects:
        raise InterventionRefused(_nothing(done))
    course = Course(done, effects, token)
    _write_journal(work, case, caseworker, order, course)
    return course


def _must_be_filled_in(order: Order) -> None:
    reason = order.reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise AnswersRefused({"varfor": "Skriv varför, så att den som läser journalen förstår."})
    if len(reason) > LONGEST_REASON:
        raise AnswersRefused({"varfor": f"Skriv högst {LONGEST_REASON} tecken."})


def _must_be_among(order: Order, targets: list[Target]) -> None:
    """What is chosen must be there, and nothing may stand in its way."""
    known = {target.key: target for target in targets}
    if not order.chosen or not set(order.chosen) <= known.keys():
        raise AnswersRefused(
            {"val": "Välj vad det gäller. Det som inte går att välja längre är gjort eller borta."}
        )
    if not KINDS[order.kind].of_many and len(order.chosen) > 1:
        raise AnswersRefused({"val": "Välj en åt gången."})
    for key in order.chosen:
        if known[key].hindrance:
            raise InterventionRefused(known[key].hindrance)


def _nothing(done: Done) -> str:
    troubles = list(dict.fromkeys(one.trouble for one in done.results if one.trouble))
    return " ".join(troubles) or "Det skulle inte ändra något. Ärendet är redan så."


def _state(work: UnitOfWork, case: Case, picture: Picture) -> str:
    """Where the case stands, in one word: its picture, and the end of its journal."""
    chain = find_chain_for_update(work.session, journal_chain(case.id))
    marks = sorted((*place, repr(mark)) for place, mark in picture.items())
    return _hash([case.id, "" if chain is None else chain.hash, marks])


def _token(case: Case, order: Order, state: str, done: Done, effects: tuple[Effect, ...]) -> str:
    """What is confirmed: this order, from this state, with this course. Numbers of new rows do not count."""
    asked = [case.id, order.kind, order.chosen, dict(order.said), dict(order.answers), order.reason.strip()]
    return _hash([asked, state, repr(done), sorted(map(repr, effects))])


def _hash(value: Any) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()


def _write_journal(work: UnitOfWork, case: Case, by: Caseworker, order: Order, course: Course) -> None:
    kind, done = KINDS[order.kind], course.done
    before, after = ([one.told(after=is_after) for one in course.effects] for is_after in (False, True))
    details = {
        "reason": order.reason.strip(),
        "before": [one for one in before if one],
        "after": [one for one in after if one],
        "not_done": [one.title for one in done.results if one.trouble],
    }
    if order.said.get("grund"):
        details["ground"] = order.said["grund"]
    work.add(
        JournalEntry(
            case_id=case.id,
            at=work.now,
            by_id=by.id,
            what=f"intervention_{kind.journal}",
            subject=done.about,
            details=details,
        )
    )
