"""What the system says about a story's case at one moment, and which names a story may use for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from processes.models import Case, Deadline, Disclosure, Letter, Person, ProcessInstance, Task
from processes.queries.diagrams import Published, current_diagrams
from processes.rules.deadlines.register import DEADLINES
from processes.rules.facts import FACTS
from processes.rules.gates import GateAnswer, GateQuestion, Level, ask
from processes.rules.snapshot import Scope
from processes.scenarios.stories import StoryRefused
from processes.unit_of_work import UnitOfWork


@dataclass
class Found:
    """What the system says about the story's case at this moment."""

    work: UnitOfWork
    case_id: int
    named: Mapping[str, Scope]

    @property
    def case(self) -> Case:
        return self.work.session.get_one(Case, self.case_id)

    def open_tasks(self) -> list[Task]:
        tasks = select(Task).where(Task.case_id == self.case_id, Task.status == "open").order_by(Task.id)
        return list(self.work.session.scalars(tasks))

    def running(self) -> list[str]:
        keys = select(ProcessInstance.process_key).where(
            ProcessInstance.case_id == self.case_id, ProcessInstance.ended_at.is_(None)
        )
        return sorted(self.work.session.scalars(keys))

    def counts(self, column: Any) -> Counter[str]:
        rows = self.work.session.execute(
            select(column, func.count()).where(column.class_.case_id == self.case_id).group_by(column)
        )
        return Counter({row[0]: row[1] for row in rows})

    def deadlines(self, key: str) -> list[Deadline]:
        """The deadlines that the scenario means with `key`.

        After the number may stand what it is about (`D-01 januari`) or which of two it is (`D-17 limit`).
        """
        rule, _, about = key.partition(" ")
        must_be_known("fristen", rule, DEADLINES)
        rows = select(Deadline).where(
            Deadline.case_id == self.case_id, Deadline.rule == rule, Deadline.is_current
        )
        if about:
            scope = self.named.get(about)
            ending = f"{scope.kind}:{scope.id}" if scope else f":{about}"
            rows = rows.where(Deadline.subject.endswith(ending))
        return list(self.work.session.scalars(rows.order_by(Deadline.id)))

    def letters(self, kind: str) -> list[Letter]:
        """The letters of the kind that have been written so far."""
        must_be_known("brevet", kind, self.letter_kinds())
        rows = select(Letter).where(Letter.case_id == self.case_id, Letter.kind == kind).order_by(Letter.id)
        return list(self.work.session.scalars(rows))

    def others_named_in(self, letter: Letter) -> list[Person]:
        """Persons of the case, other than the recipient, whose name, number or own address the letter tells."""
        others = [person for person in self.case.persons if person.id != letter.recipient_id]
        return [
            person
            for person in others
            if any(
                told and told in letter.text for told in (person.name, person.id_number, person.own_address)
            )
        ]

    def closed_gates(self, step: str) -> list[GateAnswer]:
        """The hard gates that stand closed for the step in this case now, whether or not such a task is open."""
        question = GateQuestion(
            snapshot=self.work.snapshot(self.case_id),
            scope=Scope("case", self.case_id),
            now=self.work.now,
            step_id=step,
            properties=self._properties(step),
        )
        return [answer for gate, answer in ask(question) if gate.level is Level.HARD and not answer.allowed]

    def fact(self, key: str) -> Any:
        """The fact now; after its name may stand what it is about (`recovery_state brevet`)."""
        name, _, about = key.partition(" ")
        must_be_known("faktumet", name, FACTS)
        if about:
            must_be_known("namnet i scenariot:", about, self.named)
        scope = self.named[about] if about else Scope("case", self.case_id)
        return FACTS[name].read(self.work.snapshot(self.case_id), scope, self.work.now)

    def disclosures(self) -> int:
        rows = select(func.count()).select_from(Disclosure).where(Disclosure.case_id == self.case_id)
        return self.work.session.scalar(rows) or 0

    def _properties(self, step: str) -> Mapping[str, str]:
        for published in self._published():
            if published.parsed is not None and step in published.parsed.steps:
                return published.parsed.steps[step].properties
        raise StoryRefused(f"Det finns inget steg som heter {step}.")

    def steps(self) -> set[str]:
        """Every user task of every diagram that new cases use."""
        parsed = (one.parsed for one in self._published() if one.parsed is not None)
        return {step.id for bundle in parsed for step in bundle.steps.values() if step.kind == "userTask"}

    def processes(self) -> set[str]:
        """Every process that new cases use."""
        return {one.process_key for one in self._published()}

    def letter_kinds(self) -> set[str]:
        """Every letter that a process can write."""
        return {kind for one in self._published() for kind in one.letters}

    def _published(self) -> Iterator[Published]:
        session = self.work.session
        for row in current_diagrams(session):
            yield self.work.diagrams.get(session, row.process_key, row.version)


def must_be_known(what: str, name: str, known: Collection[str]) -> None:
    """Raises StoryRefused for a name that stands for nothing: "it is not so" would be true of it for ever."""
    if name not in known:
        raise StoryRefused(f"Det finns ingenting som heter så: {what} {name}.")
