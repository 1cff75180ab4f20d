"""How a running case is stored: a few hundred bytes that say which steps are open, and nothing about the diagram.

Our own format instead of the library's, which repeats the whole diagram in every case, loses data when the order of
keys changes, and takes any value with the key `typename` for one of its own objects. The format has a number; a change
of the format gets a new number and a reader for the old one.
"""

from __future__ import annotations

from datetime import datetime
from threading import local
from typing import Any, Final

import orjson
import zstandard
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processes.engine.bundle import Bundle
from processes.engine.failures import StateUnreadable
from processes.engine.scripts import Scripts
from processes.engine.specs import CAME_FROM, DUE
from processes.engine.tidying import in_order, resync_events, scopes_of
from processes.engine.world import as_instant

FORMAT: Final = 1
LARGEST_STATE: Final = 10_000_000
"""Bytes of one stored state when unpacked."""
ID_LENGTH: Final = 32
"""Hexadecimal digits of the name that a task has inside the engine (spiff_patches.py)."""
_GUESSED: Final = TaskState.PREDICTED_MASK | TaskState.FUTURE
_KEPT: Final = (DUE, CAME_FROM)


class _Packing(local):
    """What packs and unpacks; each thread has its own, because one cannot serve two threads at once."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=3)
        self.decompressor = zstandard.ZstdDecompressor()


_packing: Final = _Packing()


def dump_state(top: Any, bundle: Bundle, at: datetime) -> bytes:
    """The state as bytes: compressed JSON."""
    document = {
        "format": FORMAT,
        "key": bundle.key,
        "version": bundle.version,
        "at": at.isoformat(),
        "ended": top.completed,
        "scopes": [_dump_scope(scope) for scope in scopes_of(top)],
    }
    return _packing.compressor.compress(orjson.dumps(document))


def _dump_scope(scope: Any) -> dict[str, Any]:
    tasks = [task for task in in_order(scope) if not task.has_state(_GUESSED)]
    places = {task.id: place for place, task in enumerate(tasks)}
    return {
        "caller": scope.parent_task_id,
        "process": scope.spec.name,
        "answers": scope.data,
        "tasks": [
            [task.id, places.get(task._parent, -1), task.task_spec.name, task.state, _kept(task)]
            for task in tasks
        ],
    }


def _kept(task: Any) -> dict[str, Any]:
    if task.state != TaskState.WAITING:
        return {}
    return {key: task.internal_data[key] for key in _KEPT if key in task.internal_data}


def load_state(state: bytes, bundle: Bundle, scripts: Scripts) -> tuple[Any, datetime]:
    """The running process and the instant of its last change; raises StateUnreadable."""
    document = _unpack(state)
    if document.get("format") != FORMAT:
        raise StateUnreadable(f"the state has format {document.get('format')!r}, not {FORMAT}")
    if (document.get("key"), document.get("version")) != (bundle.key, bundle.version):
        raise StateUnreadable(f"the state belongs to another version than {bundle.key} {bundle.version:.12}")
    top = BpmnWorkflow(bundle.process, dict(bundle.called), script_engine=scripts, deserializing=True)
    try:
        for scope in document["scopes"]:
            _load_scope(top, scope)
        top.completed, at = document["ended"], as_instant(document["at"])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise StateUnreadable("the state is damaged") from error
    resync_events(top)
    return top, at


def _unpack(state: bytes) -> dict[str, Any]:
    try:
        document = orjson.loads(_packing.decompressor.decompress(state, max_output_size=LARGEST_STATE))
    except (zstandard.ZstdError, orjson.JSONDecodeError) as error:
        raise StateUnreadable("the state is damaged") from error
    if not isinstance(document, dict):
        raise StateUnreadable("the state is damaged")
    return document


def _load_scope(top: Any, stored: dict[str, Any]) -> None:
    scope = top
    if stored["caller"] is not None:
        caller = top.get_task_from_id(stored["caller"])
        scope = BpmnSubWorkflow(top.subprocess_specs[stored["process"]], caller.id, top, deserializing=True)
        top.subprocesses[caller.id] = scope
        scope.completed_event.connect(caller.task_spec._on_subworkflow_completed, caller)
    scope.data = {
        name: tuple(value) if isinstance(value, list) else value for name, value in stored["answers"].items()
    }
    tasks: list[Any] = []
    for task_id, parent, step, task_state, kept in stored["tasks"]:
        if step not in scope.spec.task_specs:
            raise StateUnreadable(f"the diagram has no step {step}")
        above = tasks[parent] if parent >= 0 else None
        task = Task(scope, scope.spec.task_specs[step], above, task_state, _checked_id(task_id))
        task.internal_data.update(kept)
        tasks.append(task)
    scope.task_tree = tasks[0]


def _checked_id(task_id: Any) -> str:
    if not isinstance(task_id, str) or len(task_id) != ID_LENGTH:
        raise StateUnreadable(f"{task_id!r:.80} cannot be the name of a step that is open")
    return task_id
