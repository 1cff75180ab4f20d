"""A case played without a database: real diagrams, forms, facts and events around a picture of the case in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from processes.engine import Instance
from processes.forms import Choices
from processes.forms.fields import REFERENCE_FORMATS, Option
from processes.rules.events import EVENTS
from processes.rules.facts import FACTS
from processes.rules.snapshot import (
    AttemptSeen,
    CaseSnapshot,
    ConsentSeen,
    EventSeen,
    NoticeSeen,
    PersonSeen,
    Scope,
)
from tests.diagrams.story import bundle_of, form_of
from tests.rules.case_pictures import CASE, case_of, swedish

ANYBODY = Choices(
    {kind: [Option(number, str(number)) for number in range(1, 200)] for kind in REFERENCE_FORMATS}
)
TENANT = PersonSeen(1, "Folke Påhittsson", frozenset({"contract_holder"}), protection="none")


@dataclass
class Running:
    """A process that runs in the played case."""

    key: str
    scope: Scope
    instance: Instance
    case: PlayedCase

    def fact(self, name: str, at: datetime) -> bool | int | str | None:
        return FACTS[name].read(self.case.snapshot, self.scope, at)

    def operate(self, name: str, parameters: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
        self.case.operated.append((name, dict(parameters)))
        if name == "record_event":
            said = {key: value for key, value in parameters.items() if key != "name"}
            self.case.record(parameters["name"], said, self.scope)
        elif name == "start_process":
            self.case.pending.append((parameters["key"], CASE, True))
        return {}


class PlayedCase:
    """A case that moves: complete steps by their ids, let things happen, let days pass."""

    def __init__(self, *notices: NoticeSeen, at: str, persons: tuple[PersonSeen, ...] = (TENANT,)) -> None:
        self.now = swedish(at)
        self.snapshot: CaseSnapshot = case_of(*notices, persons=persons)
        self.running: list[Running] = []
        self.operated: list[tuple[str, dict[str, Any]]] = []
        self.pending: deque[tuple[Any, ...]] = deque()
        self.kept: list[tuple[str, Scope]] = []
        self.starts_others = False

    def start(self, key: str, scope: Scope = CASE) -> None:
        """Start a process and let the case come to rest."""
        self.pending.append((key, scope, False))
        self._settle()

    def steps(self, key: str | None = None) -> list[str]:
        """The open steps, of one process if it is named."""
        return sorted(
            step.step_id
            for running in self.running
            if key in (None, running.key) and not running.instance.is_finished
            for step in running.instance.open_tasks
        )

    def runs(self, key: str) -> bool:
        return any(one.key == key and not one.instance.is_finished for one in self.running)

    def do(self, step_id: str, **answers: Any) -> None:
        """Complete the open step with these answers, read by its own form."""
        running, task_id = next(
            (one, step.id)
            for one in self.running
            if not one.instance.is_finished
            for step in one.instance.open_tasks
            if step.step_id == step_id
        )
        filled = form_of(running.key, step_id)
        read = filled.read(answers, ANYBODY)
        for name, said in filled.events(read):
            self.record(name, said, running.scope)
        asked = running.instance.bundle.names - FACTS.keys()
        scalars = filled.scalar_names
        running.instance.complete(task_id, {name: read.get(name) for name in asked & scalars}, self.now)
        self._settle()

    def happens(self, name: str, scope: Scope = CASE, **said: Any) -> None:
        """Something is recorded by hand."""
        self.record(name, said, scope)
        self._settle()

    def wait_until(self, at: str) -> None:
        """Let time pass; every timer that comes due on the way fires at its own instant."""
        until = swedish(at)
        while due := [(timer.due_at, one) for one in self._alive() for timer in one.instance.timers]:
            due_at, running = min(due, key=lambda pair: pair[0])
            if due_at > until:
                break
            self.now = max(self.now, due_at)
            running.instance.fire_due(self.now)
            self._settle()
        self.now = until

    def operations(self, name: str) -> list[dict[str, Any]]:
        """The parameters of each time that the operation was carried out."""
        return [said for done, said in self.operated if done == name]

    def events(self, name: str) -> list[Mapping[str, Any]]:
        return [event.payload for event in self.snapshot.events_named(name)]

    def record(self, name: str, said: Mapping[str, Any], scope: Scope) -> None:
        """The event's row, what it changes in the picture, and the knock it gives."""
        kind = EVENTS[name]
        number = len(self.snapshot.events) + 1
        of = (
            CASE if kind.scope == "case" else scope if scope.kind == kind.scope else Scope(kind.scope, number)
        )
        if kind.scope == "notice" and scope.kind != "notice":
            of = Scope("notice", int(said.get("notice") or self.snapshot.notices[-1].id))
        event = EventSeen(number, name, of, self.now, self.now, dict(said))
        self.snapshot = replace(self.snapshot, events=(*self.snapshot.events, event))
        self._change_picture(event)
        self.pending.append((name, of))
        if name in {"samtycke.givet", "samtycke.aterkallat"}:
            self.pending.append(("samtycke.andrat", CASE))
        if kind.starts and (self.starts_others or kind.starts == "bevakning"):
            self.pending.append((kind.starts, CASE if kind.only_one else of, kind.only_one))

    def _change_picture(self, event: EventSeen) -> None:
        said, picture = event.payload, self.snapshot
        if event.name == "samtycke.givet":
            consent = ConsentSeen(
                event.id, said["giver"], said["recipient"], frozenset(said["purposes"]), frozenset(said["scopes"]),
                said["direction"], self.now,
            )  # fmt: skip
            self.snapshot = replace(picture, consents=(*picture.consents, consent))
        elif event.name == "samtycke.aterkallat":
            wanted = said.get("recipients") or [one.recipient for one in picture.consents]
            consents = (
                replace(one, withdrawn_at=self.now) if one.recipient in wanted else one
                for one in picture.consents
            )
            self.snapshot = replace(picture, consents=tuple(consents))
        elif event.name == "kontaktforsok.gjort":
            attempt = AttemptSeen(event.id, said.get("person"), said["channel"], said["outcome"], self.now)
            self.snapshot = replace(picture, attempts=(*picture.attempts, attempt))
        elif event.name in {"underlag.andrat", "stallningstagande.gjort"}:
            self._change_notice(event)

    def _change_notice(self, event: EventSeen) -> None:
        known = {"served_on", "posted_on", "served_confirmed", "posted_registered", "amount_due", "stance"}
        changes = {key: value for key, value in event.payload.items() if key in known}
        for key in changes.keys() & {"served_on", "posted_on"}:
            changes[key] = date.fromisoformat(changes[key])
        if "amount_due" in changes:
            changes["amount_due"] = Decimal(changes["amount_due"])
        notices = (
            replace(one, **changes) if one.id == event.scope.id else one for one in self.snapshot.notices
        )
        self.snapshot = replace(self.snapshot, notices=tuple(notices))

    def _alive(self) -> list[Running]:
        return [one for one in self.running if not one.instance.is_finished]

    def _settle(self) -> None:
        while self.pending or self._deliver_kept():
            if not self.pending:
                continue
            what = self.pending.popleft()
            if len(what) == 3:
                self._begin(*what)
            else:
                self._knock(*what)

    def _begin(self, key: str, scope: Scope, only_one: bool) -> None:
        if only_one and self.runs(key):
            return
        running = Running(key, scope, None, self)  # type: ignore[arg-type]  # set on the next line
        running.instance = Instance.start(bundle_of(key), running, self.now)
        self.running.append(running)
        self.snapshot = replace(self.snapshot, running=frozenset(one.key for one in self._alive()))

    def _knock(self, name: str, scope: Scope) -> None:
        for running in self._alive():
            concerned = scope.kind == "case" or scope == running.scope
            if (
                concerned
                and name in running.instance.bundle.messages
                and not running.instance.deliver(name, self.now)
            ):
                self.kept.append((name, scope))

    def _deliver_kept(self) -> bool:
        for name, scope in self.kept:
            for running in self._alive():
                concerned = scope.kind == "case" or scope == running.scope
                if concerned and name in running.instance.awaited_messages:
                    self.kept.remove((name, scope))
                    asks = EVENTS[name].still_asks
                    if asks is None or FACTS[asks].read(self.snapshot, running.scope, self.now):
                        running.instance.deliver(name, self.now)
                    return True
        return False
