"""Whom the children, the letters and the inboxes concern: what must be true of people, whatever has happened."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from processes.clock import swedish_day
from processes.models import (
    Absence,
    Case,
    Caseworker,
    Letter,
    Membership,
    Notice,
    Person,
    ProcessInstance,
    Task,
)
from processes.queries.inbox import ALL, MINE, UNIT, Inbox
from processes.queries.inbox_wanted import EVERYTHING
from processes.unit_of_work import UnitOfWork
from tests.any_order.children_oracle import unnamed_children
from tests.any_order.gate_oracle import Deed, may_tell
from tests.any_order.picture import Picture

CHILD = {"child", "contact_child"}
MAIN = ("hot-om-avhysning", "avhysning-kronofogden")
SIDES = ("landlord", "disturbance_patrol")


def forgotten_children(picture: Picture) -> Iterator[str]:
    """A child of an open case is looked after: its process runs or has run since, or a notice waits for its stance."""
    for case in picture.of(Case, closed_at=None):
        known = [
            one
            for one in picture.of(Person, case_id=case.id)
            if CHILD & set(one.roles) and one.died_on is None
        ]
        unnamed = unnamed_children(picture, case.id)
        if not known and not unnamed:
            continue
        rows = picture.of(ProcessInstance, case_id=case.id)
        of_children = [one for one in rows if one.process_key == "barnets-situation"]
        for notice in unnamed:
            if not any(one.ended_at is None or one.ended_at >= notice.registered_at for one in of_children):
                yield f"children whom notice {notice.id} of case {case.number} tells of are forgotten"
        undecided = _undecided(picture, case.id)
        for child in known:
            is_seen = any(one.ended_at is None or one.ended_at >= child.recorded_at for one in of_children)
            if not is_seen and not undecided and not _is_refused(picture, case.id):
                yield f"child {child.id} of case {case.number} is forgotten"


def _undecided(picture: Picture, case_id: int) -> list[Any]:
    """The notices' processes for which a child may wait; where the household is worked with already, none that is only
    there to confirm a notice that came again."""
    running = picture.of(ProcessInstance, case_id=case_id, ended_at=None)
    is_worked_with = any(one.process_key in MAIN for one in running)
    repeats = {one.id for one in picture.of(Notice, case_id=case_id) if one.duplicate_of_id is not None}
    return [
        one
        for one in running
        if one.process_key == "underrattelse" and not (is_worked_with and one.scope_id in repeats)
    ]


def _is_refused(picture: Picture, case_id: int) -> bool:
    """No notice of the case is ours to act on, or its process was called off by the head of unit."""
    rows = picture.of(ProcessInstance, case_id=case_id)
    was_called_off = any(
        one.ending == "cancelled" and one.process_key in ("barnets-situation", "underrattelse")
        for one in rows
    )
    if any(one.process_key in MAIN and one.ended_at is None for one in rows):
        return was_called_off
    taken = {one.stance for one in picture.notices(case_id) if one.kind not in "FGHI"}
    is_from_kfm = any(one.kind in "FGHI" for one in picture.notices(case_id))
    return was_called_off or (not is_from_kfm and taken <= {"forward", "not_for_us", "advice_only"})


def wrong_letters(before: Picture, after: Picture, now: datetime) -> Iterator[str]:
    """A letter that has been sent since `before` went to somebody who may have it, by a way that shows no address."""
    unsent = {one.id for one in before.of(Letter, sent_at=None)}
    known = {one.id for one in before.rows.get("letters", ())}
    for letter in after.rows["letters"]:
        if letter.sent_at is None or (letter.id in known and letter.id not in unsent):
            continue
        yield from _wrong(before, after, letter, now)


def _wrong(before: Picture, after: Picture, letter: Any, now: datetime) -> Iterator[str]:
    if letter.recipient_id is not None:
        person = after.by_id(Person)[letter.recipient_id]
        if person.case_id != letter.case_id:
            yield f"letter {letter.id} went to somebody of another case"
        was_hidden = person.protection != "none"
        if was_hidden and (letter.address or not letter.via_intermediary):
            yield f"letter {letter.id} to a protected person was addressed openly"
        if was_hidden and letter.channel not in ("intermediary", "handed_over"):
            yield f"letter {letter.id} to a protected person was sent by {letter.channel}"
    elif letter.purpose not in ("confirmation", "commitment"):
        noted = SimpleNamespace(id=0, case_id=letter.case_id, step="", answers={}, completed_by_id=None)
        deed = Deed(before, noted, letter.sent_at)
        is_answer = not letter.contents and any(
            one.informant in SIDES and one.received_at <= letter.sent_at
            for one in before.notices(letter.case_id)
        )
        if not is_answer and not may_tell(
            deed, letter.recipient_kind, letter.purpose, letter.contents.split()
        ):
            yield f"letter {letter.id} to {letter.recipient_kind} had no ground"


def wrong_inboxes(work: UnitOfWork, picture: Picture, people: Collection[int]) -> Iterator[str]:
    """No list of these people's inboxes shows a task of another administration or unit, or of a case with a conflict;
    and every task that one may see is shown."""
    today = swedish_day(work.now)
    recused = {(one.case_id, one.caseworker_id) for one in picture.rows["recusals"]}
    for who in work.session.scalars(select(Caseworker).where(Caseworker.id.in_(people))):
        mine = picture.of(Membership, caseworker_id=who.id)
        units, roles = {one.unit for one in mine}, {one.role for one in mine}
        stands_in = {
            one.caseworker_id
            for one in picture.of(Absence, substitute_id=who.id, withdrawn_at=None)
            if one.starts_on <= today <= one.ends_on
        }
        works_with_cases = bool(roles & {"handlaggare", "samordnare", "enhetschef"})
        shown = set()
        for name in (MINE, UNIT, ALL):
            inbox = Inbox(work.session, who, work.now, name, frozenset(stands_in))
            shown |= {task.id for task in inbox.page(EVERYTHING, size=500).tasks}
        shown |= {task.id for task in Inbox(work.session, who, work.now, ALL, frozenset(stands_in)).resting()}
        for task in picture.of(Task, status="open"):
            is_own_unit = bool({task.unit, task.also_unit} & (units - {None}))
            may_see = (
                works_with_cases
                and task.administration_key == who.administration_key
                and (task.case_id, who.id) not in recused
                and (is_own_unit or "enhetschef" in roles or task.claimed_by_id in stands_in)
            )
            if may_see != (task.id in shown):
                yield f"task {task.id} {'missing from' if may_see else 'shown in'} the inbox of {who.username}"
