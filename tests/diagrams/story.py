"""Lives through a process with people, forms and a calendar, but without a database: who does what, what follows."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from processes.diagrams.files import files_of_process, read_folder
from processes.engine import Bundle, Instance, Value, parse_bundle
from processes.forms import Choices, Form, load_form
from processes.forms.fields import REFERENCE_FORMATS, Option
from processes.rules.events import EVENTS
from processes.rules.facts import FACTS
from processes.rules.gates import GATES, Level
from processes.rules.snapshot import AttemptSeen, CaseSnapshot, EventSeen, PersonSeen, Scope
from tests.city import DIAGRAMS
from tests.rules.case_pictures import CASE, case_of, swedish

FILES = read_folder(DIAGRAMS)
ADULT = PersonSeen(1, "Vuxen Påhittad", frozenset({"contract_holder"}), "none")
CHILD = PersonSeen(2, "Barn Påhittat", frozenset({"child"}), "none")


@cache
def bundle_of(key: str) -> Bundle:
    """The process with all that it calls."""
    return parse_bundle(key, files_of_process(FILES, key))


@cache
def form_of(key: str, step: str) -> Form:
    """The form of a user task, with the fields that its gates add."""
    shown = bundle_of(key).steps[step]
    levels = {GATES[name].level for name in shown.properties.get("gate", "").split()}
    level = next((level for level in (Level.HARD, Level.REASON) if level in levels), None)
    return load_form(FILES[f"{shown.process_key}/forms/{step}.json"]).with_gate(level)


class Story:
    """One process of one case, and everything that is known about the case; stored and restored after every act."""

    def __init__(self, key: str, at: str, *, scope: Scope = CASE, about: CaseSnapshot | None = None) -> None:
        self.key = key
        self.scope = scope
        self.now = swedish(at)
        self.case = about or case_of(persons=(ADULT,))
        self.done: list[tuple[str, Mapping[str, Value]]] = []
        self._knocks: deque[str] = deque()
        self.instance = Instance.start(bundle_of(key), self, self.now)
        self._settle()

    # What the engine asks of the world

    def fact(self, name: str, at: datetime) -> Value:
        """The fact about the case as it is known now."""
        return FACTS[name].read(self.case, self.scope, at)

    def operate(self, name: str, parameters: Mapping[str, Value], at: datetime) -> Mapping[str, Value]:
        """Remember what was done; an event that a diagram records is recorded."""
        self.done.append((name, parameters))
        if name == "record_event":
            payload = {key: value for key, value in parameters.items() if key != "name"}
            self._record(str(parameters["name"]), payload, at)
        return {}

    # What people do

    @property
    def open(self) -> set[str]:
        """The steps that wait for a person."""
        return {task.step_id for task in self.instance.open_tasks}

    def operations(self, name: str) -> list[Mapping[str, Value]]:
        """The parameters of every operation of this name, in order."""
        return [parameters for done, parameters in self.done if done == name]

    def until(self, at: str) -> None:
        """Let time pass; timers fire on their way."""
        self.now = swedish(at)
        self.instance.fire_due(self.now)
        self._settle()

    def happens(self, name: str, at: str, /, scope: Scope | None = None, **payload: Any) -> None:
        """Somebody records a case event by hand, or another process does."""
        self.until(at)
        self._record(name, payload, self.now, scope)
        self._settle()

    def completes(self, step: str, at: str, **answers: Any) -> None:
        """A person fills in the form of an open step; the answers are checked as on the page."""
        self.until(at)
        task = next(task for task in self.instance.open_tasks if task.step_id == step)
        form = form_of(self.key, step)
        read = form.read(answers, self._choices())
        for name, payload in form.events(read):
            self._record(name, payload, self.now)
        names = bundle_of(self.key).names & form.scalar_names
        self.instance.complete(task.id, {name: read.get(name) for name in names - FACTS.keys()}, self.now)
        self._settle()

    def recorded(self, name: str) -> list[dict[str, Any]]:
        """What every event of this name says."""
        return [dict(event.payload) for event in self.case.events_named(name)]

    def _choices(self) -> Choices:
        persons = [Option(person.id, person.name) for person in self.case.persons]
        return Choices(dict.fromkeys(REFERENCE_FORMATS, persons))

    def _record(
        self, name: str, payload: Mapping[str, Any], at: datetime, scope: Scope | None = None
    ) -> None:
        kind, event_id = EVENTS[name].scope, len(self.case.events) + 1
        here = self.scope if self.scope.kind == kind else Scope(kind, event_id)
        about = CASE if kind == "case" else scope or here
        event = EventSeen(event_id, name, about, at, at, dict(payload))
        self.case = replace(self.case, events=(*self.case.events, event))
        self._consequence(event)
        if about in (CASE, self.scope):
            self._knocks.append(name)

    def _consequence(self, event: EventSeen) -> None:
        """The rows that the store would write besides the event."""
        said, persons = event.payload, self.case.persons
        if event.name == "barn.upptackt" and "person" not in said:
            found = PersonSeen(len(persons) + 1, str(said["name"]), frozenset({str(said["role"])}), "none")
            self.case = replace(self.case, persons=(*persons, found))
        if event.name == "avliden":
            dead = tuple(
                replace(p, died_on=event.at.date()) if p.id == said["person"] else p for p in persons
            )
            self.case = replace(self.case, persons=dead)
        if event.name == "kontaktforsok.gjort":
            attempt = AttemptSeen(
                event.id, said.get("person"), str(said["channel"]), str(said["outcome"]), event.at
            )
            self.case = replace(self.case, attempts=(*self.case.attempts, attempt))

    def _settle(self) -> None:
        """Tell the process what happened, as the store does once a step is done; then store and restore it."""
        while self._knocks:
            name = self._knocks.popleft()
            if not self.instance.is_finished:
                self.instance.deliver(name, self.now)
        self.instance = Instance.restore(bundle_of(self.key), self.instance.dump(), self)
