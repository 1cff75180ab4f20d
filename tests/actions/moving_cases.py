"""Small processes that run in a case of the city, to see how a case moves when its processes speak to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from processes.actions.diagrams import publish
from processes.actions.moving import settle
from processes.models import Case, KeptMessage, ProcessInstance, Task
from processes.operations.recording import record
from processes.rules.snapshot import Scope
from processes.unit_of_work import Start, UnitOfWork
from tests.city import City
from tests.engine.drawn import Drawn, files_of, sketch

EMPTY_FORM = b'{"title": "Prov", "type": "object", "properties": {}}'


def publish_process(city: City, key: str, drawing: Drawn | str, *steps: str) -> None:
    """Publish a small process; its user tasks, named in `steps`, belong to the adults' unit and ask nothing."""
    drawn = sketch(drawing, key) if isinstance(drawing, str) else drawing
    inside = "".join(f"<bpmn:flowNodeRef>{step}</bpmn:flowNodeRef>" for step in steps)
    drawn.raw(
        f'<bpmn:laneSet id="banor"><bpmn:lane id="bana" name="Vuxenenheten">{inside}</bpmn:lane></bpmn:laneSet>'
    )
    forms = {f"{key}/forms/{step}.json": EMPTY_FORM for step in steps}
    with city.runtime.transaction() as work:
        publish(work, key, files_of(drawn) | forms)


@contextmanager
def moving(city: City, case_id: int) -> Iterator[tuple[UnitOfWork, Case]]:
    """A transaction in the case, which comes to rest at the end of the block."""
    with city.runtime.transaction() as work:
        case = work.lock(case_id)
        yield work, case
        settle(work, case, cause="prov")


def start(city: City, case_id: int, *keys: str, scope: Scope | None = None) -> None:
    """Start the processes in the case."""
    with moving(city, case_id) as (work, _case):
        for key in keys:
            work.set_off(Start(key, case_id, scope or Scope("case", case_id)))


def tell(city: City, case_id: int, name: str, payload: Mapping[str, Any] | None = None) -> None:
    """Let the event happen in the case."""
    with moving(city, case_id) as (work, case):
        record(work, case, name, payload or {})


def runs(city: City, case_id: int, key: str) -> int:
    """How many processes of this kind run in the case."""
    with city.runtime.reading() as work:
        running = select(ProcessInstance).where(
            ProcessInstance.case_id == case_id,
            ProcessInstance.process_key == key,
            ProcessInstance.ended_at.is_(None),
        )
        return len(work.session.scalars(running).all())


def kept(city: City, case_id: int) -> list[str]:
    """The names of the messages that are kept in the case."""
    with city.runtime.reading() as work:
        names = select(KeptMessage.name).where(KeptMessage.case_id == case_id)
        return sorted(work.session.scalars(names))


def times_opened(city: City, case_id: int, step: str) -> int:
    """How often the step has become a task."""
    with city.runtime.reading() as work:
        tasks = select(Task.id).where(Task.case_id == case_id, Task.step == step)
        return len(work.session.scalars(tasks).all())
