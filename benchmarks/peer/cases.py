"""Runs the peer's cases the way SpiffWorkflow's own examples do: load the JSON, run the task, store the JSON again.

The diagram is read once. The library's serializer writes the whole workflow, the diagram's specification with it, as
one JSON text; beside it stands a table of open tasks, so that nobody has to load every case to list them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

DIAGRAM = Path(__file__).with_name("process.bpmn")
TABLES = """
CREATE TABLE IF NOT EXISTS instances (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, status TEXT NOT NULL, state TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS tasks (
    id INTEGER PRIMARY KEY, instance_id INTEGER NOT NULL REFERENCES instances, spiff_id TEXT NOT NULL,
    step TEXT NOT NULL, title TEXT NOT NULL, lane TEXT, claimed_by TEXT, status TEXT NOT NULL DEFAULT 'open',
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS tasks_open ON tasks (status, lane, id);
CREATE INDEX IF NOT EXISTS tasks_of_instance ON tasks (instance_id, status);
"""


def connect(file: str) -> sqlite3.Connection:
    """A connection with the tables; a commit is on the disk when it is answered."""
    connection = sqlite3.connect(file, timeout=15)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


class Engine:
    """The diagram, read once, and the serializer."""

    def __init__(self) -> None:
        parser = BpmnParser()
        parser.add_bpmn_file(str(DIAGRAM))
        self._spec = parser.get_spec("hot_om_avhysning")
        self._called = parser.get_subprocess_specs("hot_om_avhysning")
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())

    def start(self, database: sqlite3.Connection, title: str, answers: Mapping[str, Any]) -> int:
        """Start a case; answers its id. The caller commits."""
        workflow = BpmnWorkflow(self._spec, self._called)
        workflow.task_tree.data.update(answers)
        workflow.do_engine_steps()
        made = database.execute(
            "INSERT INTO instances (title, status, state) VALUES (?, 'open', ?)",
            (title, self._serializer.serialize_json(workflow)),
        )
        instance_id = made.lastrowid or 0
        self._list_tasks(database, instance_id, workflow)
        return instance_id

    def complete(self, database: sqlite3.Connection, task: sqlite3.Row, answers: Mapping[str, Any]) -> None:
        """Complete a task with the answers and let the case go on. The caller commits."""
        asked = "SELECT state FROM instances WHERE id = ?"
        stored = database.execute(asked, (task["instance_id"],)).fetchone()
        workflow = self._serializer.deserialize_json(stored["state"])
        [ready] = [
            one for one in workflow.get_tasks(state=TaskState.READY) if str(one.id) == task["spiff_id"]
        ]
        ready.data.update(answers)
        ready.run()
        workflow.refresh_waiting_tasks()
        workflow.do_engine_steps()
        status = "closed" if workflow.completed else "open"
        database.execute(
            "UPDATE instances SET status = ?, state = ? WHERE id = ?",
            (status, self._serializer.serialize_json(workflow), task["instance_id"]),
        )
        database.execute("UPDATE tasks SET status = 'completed' WHERE id = ?", (task["id"],))
        self._list_tasks(database, task["instance_id"], workflow)

    def _list_tasks(self, database: sqlite3.Connection, instance_id: int, workflow: BpmnWorkflow) -> None:
        """Let the table of tasks say what the workflow asks for."""
        asked = "SELECT spiff_id FROM tasks WHERE instance_id = ? AND status = 'open'"
        listed = {row["spiff_id"] for row in database.execute(asked, (instance_id,))}
        ready = {str(one.id): one for one in workflow.get_tasks(state=TaskState.READY, manual=True)}
        for spiff_id in listed - ready.keys():
            database.execute("UPDATE tasks SET status = 'withdrawn' WHERE spiff_id = ?", (spiff_id,))
        for spiff_id, one in ready.items():
            if spiff_id not in listed:
                spec = one.task_spec
                database.execute(
                    "INSERT INTO tasks (instance_id, spiff_id, step, title, lane) VALUES (?, ?, ?, ?, ?)",
                    (instance_id, spiff_id, spec.name, spec.bpmn_name, spec.lane),
                )
