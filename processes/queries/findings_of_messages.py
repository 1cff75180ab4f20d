"""Tells whether what a process waits for can still happen: somebody may say it, or something that moves leads to it.

In doubt the answer is yes. A message counts as possible as soon as the files of a process that moves, or of one that
it or anybody may start, say that it is recorded there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from processes.rules.events import EVENTS
from processes.rules.snapshot import Scope

FROM_OUTSIDE = frozenset(
    {
        "hyresvard.underrattelse",
        "kfm.underrattelse",
        "kfm.verkstalld",
        "hyresgast.nadd",
        "samtycke.andrat",
        "handelse.rattad",
    }
)
"""What comes with a notice, or follows from what anybody may write down at any time."""
_IN_FORMS = re.compile(rb'"([\w.-]+)"')
_IN_DIAGRAMS = re.compile(rb"(?:'|&#39;|&apos;)([\w.-]+)(?:'|&#39;|&apos;)")
"""A parameter of a service task is a quoted word; the name of a message that is waited for is none."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A running process: what it waits for, and what its files say can come of it."""

    row_id: int
    process_key: str
    version: str
    scope: Scope
    since: datetime
    files: Mapping[str, bytes]
    messages: frozenset[str]
    moves_by_itself: bool
    """A person or a date will move it on."""


@dataclass
class Consequences:
    """What the processes can lead to, each version read once."""

    current_files: Callable[[str], Mapping[str, bytes]]
    """The files of a process as it would start now; empty when there is no such process."""
    _own: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def of(self, one: Standing) -> frozenset[str]:
        """The events that a running process, or one that it starts, may record."""
        return self._followed(self._words(one.process_key, one.version, one.files))

    def of_what_anybody_starts(self) -> frozenset[str]:
        """The events that can follow from something that a person may write down at any time."""
        return self._followed(frozenset(event.name for event in EVENTS.values() if event.by_hand))

    def _followed(self, words: frozenset[str]) -> frozenset[str]:
        seen: set[str] = set()
        ahead = _started_by(words)
        while ahead:
            key = ahead.pop()
            seen.add(key)
            words |= self._words(key, "", None)
            ahead |= _started_by(words) - seen
        return words & EVENTS.keys()

    def _words(self, key: str, version: str, files: Mapping[str, bytes] | None) -> frozenset[str]:
        if (key, version) not in self._own:
            read = self.current_files(key) if files is None else files
            self._own[key, version] = frozenset(
                word.decode()
                for path, content in read.items()
                for word in (_IN_FORMS if path.endswith(".json") else _IN_DIAGRAMS).findall(content)
            )
        return self._own[key, version]


def _started_by(words: frozenset[str]) -> set[str]:
    """Keys of the processes that these events start, or that are named to be started."""
    keys = {event.starts for event in EVENTS.values() if event.starts}
    return {str(EVENTS[word].starts) for word in words if word in EVENTS and EVENTS[word].starts} | (
        keys & words
    )


def waits_in_vain(running: Sequence[Standing], consequences: Consequences) -> Iterator[tuple[Standing, str]]:
    """The processes of a case that wait only for what cannot happen, each with the first such message by name."""
    alive = [one for one in running if one.moves_by_itself]
    left = [one for one in running if not one.moves_by_itself and one.messages]
    while left:
        woken = [
            one for one in left if any(_can_come(each, one, alive, consequences) for each in one.messages)
        ]
        if not woken:
            break
        alive += woken
        left = [one for one in left if one not in woken]
    for one in left:
        yield one, min(one.messages)


def _can_come(message: str, waiting: Standing, alive: Sequence[Standing], consequences: Consequences) -> bool:
    event = EVENTS.get(message)
    if event is None:
        return False
    if event.by_hand or message in FROM_OUTSIDE:
        return True
    is_of_case = event.scope == "case"
    if is_of_case and message in consequences.of_what_anybody_starts():
        return True
    return any(
        message in consequences.of(other)
        for other in alive
        if is_of_case or other.scope in (waiting.scope, Scope("case", other.scope.id))
    )
