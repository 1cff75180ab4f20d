"""A move to another municipality: until when it may take to answer whether it takes over the matter.

Another municipality answers a transfer request at once; after a month IVO can decide (SoL 29:10-11, D-27).
"""

from __future__ import annotations

from collections.abc import Iterator

from processes.rules.deadlines.afterwards import answer_on_transfer
from processes.rules.deadlines.payload import day_of
from processes.rules.explanation import Explanation
from processes.rules.snapshot import CaseSnapshot, Scope

ASKED, ANSWERED = "overflyttning.begard", "overflyttning.svar"


def is_answered(snapshot: CaseSnapshot, scope: Scope) -> bool:
    """An answer about the person was recorded after the newest request."""
    last = snapshot.latest(ASKED, ANSWERED, scope=scope)
    return last is not None and last.name == ANSWERED


def answer_of(snapshot: CaseSnapshot, scope: Scope) -> Explanation | None:
    """D-27 of the newest request about the person, answered or not; None before one was made."""
    asked = snapshot.latest(ASKED, scope=scope)
    return None if asked is None else answer_on_transfer(day_of(asked, "sent_on")).concerning(scope)


def unanswered(snapshot: CaseSnapshot) -> Iterator[Explanation]:
    """D-27 of every person whose transfer waits for an answer."""
    for scope in dict.fromkeys(event.scope for event in snapshot.events_named(ASKED)):
        answer = answer_of(snapshot, scope)
        if answer is not None and not is_answered(snapshot, scope):
            yield answer
