"""The book of what people were told was done, and how it compares with what the database holds afterwards."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field

from sqlalchemy import select

from processes.models import Draft, Event, JournalEntry, Notice, ProcessInstance, Task
from processes.unit_of_work import UnitOfWork

DONE, REFUSED, UNKNOWN = "done", "refused", "unknown"
REMINDER = "hantera_bevakning"
"""The step at which a watch stands when its timer has gone off."""
WATCH, NOTE, WITHDRAWAL = "bevakning.skapad", "anteckning", "samtycke.aterkallat"
Deed = tuple[str, Hashable]
"""What was done, and the word by which it is found again."""


@dataclass
class Ledger:
    """What was tried, and what was answered; several people write in it at once."""

    tried: dict[Deed, list[str]] = field(default_factory=dict)
    drafts: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    """By place and person, the texts that were sent, each with its answer, the newest last."""
    answers: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    """What the pages said when something went wrong on our side."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self, what: str, word: Hashable, answer: str) -> None:
        with self._lock:
            self.tried.setdefault((what, word), []).append(answer)
            self.answers[answer] += 1

    def enter_draft(self, place: str, username: str, text: str, answer: str) -> None:
        with self._lock:
            self.drafts.setdefault((place, username), []).append((text, answer))
            self.answers[answer] += 1

    def hear(self, sentence: str) -> None:
        with self._lock:
            self.sentences[sentence] += 1

    def compared(self, work: UnitOfWork) -> tuple[list[str], list[str]]:
        """What is lost and what is there too often, each as a line."""
        there = found_in(work)
        lost, doubled = [], []
        for deed, answers in sorted(self.tried.items(), key=str):
            times = there[deed]
            if DONE in answers and not times:
                lost.append(f"{deed}: {answers}")
            if times > (0 if set(answers) == {REFUSED} else 1):
                doubled.append(f"{deed}: {times} times, {answers}")
        lost += [f"{deed}: nobody asked for it" for deed in sorted(there.keys() - self.tried.keys(), key=str)]
        watches, tasks = _watches(work)
        lost += [f"watch {event}: its timer never went off" for event in sorted(watches - tasks.keys())]
        doubled += [f"watch {event}: {times} tasks" for event, times in tasks.items() if times > 1]
        return lost + self._lost_drafts(work), doubled

    def _lost_drafts(self, work: UnitOfWork) -> list[str]:
        """The last acknowledged text stands there, or one that was sent after it and never answered."""
        rows = work.session.scalars(select(Draft))
        kept = {(row.place, row.caseworker.username): dict(map(tuple, row.typed)).get("text") for row in rows}
        lost = []
        for key, sent in self.drafts.items():
            last = max((number for number, (_, answer) in enumerate(sent) if answer == DONE), default=None)
            if last is not None and kept.get(key) not in {text for text, _ in sent[last:]}:
                lost.append(f"draft {key}: {kept.get(key)} stands there, {sent[last:]} was sent")
        return lost


def found_in(work: UnitOfWork) -> Counter[Deed]:
    """How often each deed is in the database."""
    found: Counter[Deed] = Counter()
    for notice in work.session.scalars(select(Notice)):
        found["registered", notice.as_stated["address"]] += 1
    for event in work.session.scalars(select(Event).where(Event.name.in_((NOTE, WATCH, WITHDRAWAL)))):
        found[event.name, event.payload.get("text") or event.case_id] += 1
    lines = select(JournalEntry).where(JournalEntry.what.in_(("task_claimed", "task_completed")))
    for line in work.session.scalars(lines):
        word = (line.details["task"], line.by_id) if line.what == "task_claimed" else line.details["task"]
        found[line.what, word] += 1
    return found


def _watches(work: UnitOfWork) -> tuple[set[int], Counter[int]]:
    """The watches whose day has come, and by watch how many tasks came of it."""
    events = set(work.session.scalars(select(Event.id).where(Event.name == WATCH)))
    tasks: Counter[int] = Counter()
    rows = select(ProcessInstance.scope_id).join(Task, Task.instance_id == ProcessInstance.id)
    for scope_id in work.session.scalars(rows.where(Task.step == REMINDER)):
        tasks[scope_id] += 1
    return events, tasks
