"""Ways to step into a case of the city as its head of unit does: look first, then do what was looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from processes.actions.diagrams import publish
from processes.actions.interventions.pictures import Effect
from processes.actions.interventions.table import Course, Order, Target, intervene, targets_of
from processes.models import JournalEntry, Task
from tests.city import City
from tests.engine.drawn import Drawn, files_of, sketch

WHY = "Det blev fel i förra veckan."


def order(
    kind: str, *chosen: object, why: str = WHY, answers: Mapping[str, Any] | None = None, **said: str
) -> Order:
    """What the head of unit fills in."""
    return Order(kind, tuple(map(str, chosen)), said, answers or {}, why)


def look(city: City, case_id: int, asked: Order, who: str = "maria") -> Course:
    """What would come of it; nothing is changed."""
    with city.runtime.rehearsal() as work:
        return intervene(work, case_id=case_id, caseworker=city.person(work, who), order=asked)


def step_in(
    city: City, case_id: int, asked: Order, who: str = "maria", confirmed: str | None = None
) -> Course:
    """Look at what would come of it, and do exactly that."""
    token = confirmed or look(city, case_id, asked, who).token
    with city.runtime.transaction() as work:
        who_acts = city.person(work, who)
        return intervene(work, case_id=case_id, caseworker=who_acts, order=asked, confirmed=token)


def targets(city: City, case_id: int, kind: str) -> dict[str, Target]:
    """What can be chosen, by its title."""
    with city.runtime.reading() as work:
        case = work.lock(case_id)
        return {one.title: one for one in targets_of(work, kind, case)}


def told(effects: tuple[Effect, ...], kind: str) -> list[tuple[str, str]]:
    """What came of it with things of this kind: what happened, and to what."""
    return [(one.change, one.title) for one in effects if one.kind == kind]


def last_line(city: City, case_id: int, what: str) -> JournalEntry:
    """The newest line of this kind in the journal."""
    with city.runtime.reading() as work:
        line = work.session.scalars(
            select(JournalEntry)
            .where(JournalEntry.case_id == case_id, JournalEntry.what == what)
            .order_by(JournalEntry.id.desc())
        ).first()
        assert line is not None, f"nothing is said of {what}"
        work.session.expunge(line)
        return line


def lines(city: City, case_id: int) -> int:
    """How many lines the journal has."""
    with city.runtime.reading() as work:
        return len(work.session.scalars(select(JournalEntry.id).where(JournalEntry.case_id == case_id)).all())


def the_task(city: City, case_id: int, step: str) -> Task:
    """The newest task of the step."""
    with city.runtime.reading() as work:
        found = select(Task).where(Task.case_id == case_id, Task.step == step).order_by(Task.id.desc())
        task = work.session.scalars(found.limit(1)).one()
        work.session.expunge(task)
        return task


def publish_with_forms(
    city: City, key: str, drawing: str | Drawn, letters: Mapping[str, str] | None = None, **forms: Any
) -> None:
    """Publish a small process whose tasks belong to the adults' unit; each form by its step, as the rest of a form."""
    drawn = sketch(drawing, key) if isinstance(drawing, str) else drawing
    inside = "".join(f"<bpmn:flowNodeRef>{step}</bpmn:flowNodeRef>" for step in forms)
    drawn.raw(
        f'<bpmn:laneSet id="banor"><bpmn:lane id="bana" name="Vuxenenheten">{inside}</bpmn:lane></bpmn:laneSet>'
    )
    files = {
        f"{key}/forms/{step}.json": json.dumps(
            {"title": step, "type": "object", "properties": {}} | form
        ).encode()
        for step, form in forms.items()
    }
    files |= {f"{key}/letters/{name}.md": text.encode() for name, text in (letters or {}).items()}
    with city.runtime.transaction() as work:
        publish(work, key, files_of(drawn) | files)


def at(iso: str) -> datetime:
    """The instant."""
    return datetime.fromisoformat(iso)
