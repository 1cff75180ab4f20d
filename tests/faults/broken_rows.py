"""Every way in which a database can be broken below the programs' feet: written into its rows, then taken back.

Each is done in a transaction of its own that is thrown away, past the triggers and foreign keys that would refuse it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson
import zstandard
from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from processes.engine import Instance
from processes.models import Base
from processes.queries.diagrams import DiagramShelf
from processes.queries.findings_by_case import OnlyLooking
from processes.rules.log_chain import START
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork
from processes.verification import Verification

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
RICH, PLAIN = 1, 2
"""The cases of `prepare` in tests/faults/test_verify.py by their numbers: much has happened, next to nothing has."""


@dataclass
class Broken:
    """A connection on which rows are broken."""

    connection: Connection
    shelf: DiagramShelf

    def set(self, table: str, where: dict[str, Any], **values: Any) -> None:
        """Change the rows; at least one must be there."""
        done = self.connection.execute(update(_table(table)).where(*_are(table, where)).values(values))
        assert done.rowcount, (table, where)

    def delete(self, table: str, **where: Any) -> None:
        """Delete the rows; at least one must be there."""
        assert self.connection.execute(delete(_table(table)).where(*_are(table, where))).rowcount, (
            table,
            where,
        )

    def again(self, table: str, where: dict[str, Any], **changed: Any) -> None:
        """Put another row there like the first of these."""
        found = self.connection.execute(select(_table(table)).where(*_are(table, where))).mappings().first()
        assert found is not None, (table, where)
        row = {name: value for name, value in found.items() if name != "id"}
        self.connection.execute(insert(_table(table)).values(row | changed))

    def add(self, table: str, **values: Any) -> None:
        """Put a row there."""
        self.connection.execute(insert(_table(table)).values(values))

    def state(self, process_key: str, change: Callable[[Instance], bytes]) -> None:
        """Put another state into the running process of this kind."""
        table = _table("process_instances")
        is_it = (table.c.process_key == process_key, table.c.ended_at.is_(None))
        row = self.connection.execute(select(table).where(*is_it)).one()
        with Session(self.connection, join_transaction_mode="create_savepoint") as session:
            bundle = self.shelf.get(session, process_key, row.diagram_version).bundle
        instance = Instance.restore(bundle, row.state, OnlyLooking())
        changed = update(table).where(table.c.id == row.id).values(state=bindparam("changed"))
        self.connection.execute(changed, {"changed": change(instance)})


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _are(table: str, where: dict[str, Any]) -> list[Any]:
    columns = _table(table).c
    return [
        columns[name].is_(None) if value is None else columns[name] == value for name, value in where.items()
    ]


@dataclass
class Frozen:
    """Stands for the runtime while rows are broken: everything is seen from inside that transaction."""

    runtime: Runtime
    connection: Connection

    @contextmanager
    def at_one_instant(self) -> Iterator[UnitOfWork]:
        with Session(self.connection, join_transaction_mode="create_savepoint") as session:
            yield UnitOfWork(session, self.runtime.clock.now(), self.runtime.diagrams, self.runtime.policy)


BETWEEN_TABLES = {"refers_to_row", "same_case", "mail_once", "no_work_given_up", "chain_is_whole"}
"""Invariants that are asked over all cases at once."""


def found_when(runtime: Runtime, invariant: str, harm: Callable[[Broken], None]) -> set[tuple[str, str]]:
    """The invariants that are found broken, each with the number of the case, once the harm is done; it is undone.

    The cases are looked at; all tables are where `invariant` is about what stands between them.
    """
    with runtime.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            if not is_sqlite:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            else:
                for name in connection.scalars(
                    text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                ).all():
                    connection.execute(text(f'DROP TRIGGER "{name}"'))
            harm(Broken(connection, runtime.diagrams))
            frozen: Any = Frozen(runtime, connection)
            walk = Verification(frozen)
            found = walk.breaches() if invariant in BETWEEN_TABLES else walk.of_cases()
            return {(breach.invariant, breach.case_number) for breach in found}
        finally:
            connection.rollback()
            if is_sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


def over(instance: Instance) -> bytes:
    """The process has been called off."""
    instance.cancel()
    return instance.dump()


def dead(instance: Instance) -> bytes:
    """Its last token got lost: it has not ended, and nothing in it is open."""
    state = orjson.loads(zstandard.ZstdDecompressor().decompress(over(instance)))
    return zstandard.ZstdCompressor(level=3).compress(orjson.dumps({**state, "ended": False}))


OPEN = {"case_id": RICH, "status": "open", "step": "planera_narvaro"}
DONE = {"case_id": RICH, "status": "completed"}
RUNS = {"case_id": RICH, "process_key": "bevakning"}
ATTEMPT = {"case_id": RICH, "name": "kontaktforsok.gjort"}
DATE = {"case_id": RICH, "rule": "D-17", "is_current": True}
Harm = Callable[[Broken], None]
HARMS: tuple[tuple[str, str, Harm], ...] = (
    ("a date's explanation is empty", "case_reads", lambda b: b.set("deadlines", DATE, explanation={})),
    ("a state is rubbish", "state_reads", lambda b: b.set("process_instances", RUNS, state=b"rubbish")),
    ("a version is gone", "state_reads", lambda b: b.set("process_instances", RUNS, diagram_version="gone")),
    ("an ended process counts as running", "process_ends_once", lambda b: b.state("bevakning", over)),
    ("a process runs twice", "process_not_doubled", lambda b: b.again("process_instances", RUNS)),
    ("an open case has no process", "case_has_process",
     lambda b: b.set("process_instances", {"case_id": PLAIN}, ended_at=LONG_AGO)),
    ("a closed case has processes", "case_has_process",
     lambda b: b.set("cases", {"id": PLAIN}, closed_at=LONG_AGO)),
    ("a task's row is lost", "tasks_mirror", lambda b: b.delete("tasks", **OPEN)),
    ("a task is there twice", "tasks_mirror", lambda b: b.again("tasks", OPEN, engine_id="0" * 32)),
    ("a done task is open again", "tasks_mirror", lambda b: b.set("tasks", DONE, status="open")),
    ("a task lies with another unit", "tasks_mirror", lambda b: b.set("tasks", OPEN, unit="barn-unga")),
    ("a timer is lost", "timers_mirror", lambda b: b.delete("timers", step="bevakningsdag")),
    ("a timer is there twice", "timers_mirror", lambda b: b.again("timers", {"step": "bevakningsdag"})),
    ("a timer has another instant", "timers_mirror",
     lambda b: b.set("timers", {"step": "bevakningsdag"}, due_at=LONG_AGO)),
    ("a timer is held for ever", "timers_mirror",
     lambda b: b.set("timers", {"step": "bevakningsdag"}, is_held=True)),
    ("a message is not awaited any more", "messages_mirror",
     lambda b: b.delete("subscriptions", name="kfm.nyTid")),
    ("a message is awaited by nobody", "messages_mirror",
     lambda b: b.again("subscriptions", {"name": "kfm.nyTid"}, name="avliden")),
    ("a process has lost its token", "process_waits", lambda b: b.state("bevakning", dead)),
    ("a message is kept twice", "message_kept_once",
     lambda b: b.again("kept_messages", {"name": "handlaggare.utsedd"})),
    ("a message is kept though it is awaited", "message_kept_once",
     lambda b: b.set("kept_messages", {"name": "handlaggare.utsedd"}, name="kfm.nyTid")),
    ("a message is kept for an ended process", "message_kept_once",
     lambda b: b.set("kept_messages", {"name": "handlaggare.utsedd"}, instance_id=1)),
    ("a job has given up", "no_work_given_up", lambda b: b.add("job_failures",
            job="timers", row_id=RICH, case_id=RICH, error="x", attempts=9, first_failed_at=LONG_AGO,
            last_failed_at=LONG_AGO, next_attempt_at=LONG_AGO, given_up_at=LONG_AGO)),
    ("an event is lost", "event_journalled", lambda b: b.delete("events", **ATTEMPT)),
    ("an event is there twice", "event_journalled", lambda b: b.again("events", ATTEMPT)),
    ("a contact attempt is lost", "event_has_consequences",
     lambda b: b.delete("contact_attempts", case_id=RICH)),
    ("a contact attempt is there twice", "event_has_consequences",
     lambda b: b.again("contact_attempts", {"case_id": RICH})),
    ("a consent is lost", "event_has_consequences", lambda b: b.delete("consents", case_id=RICH)),
    ("a withdrawn consent holds still", "event_has_consequences",
     lambda b: b.set("consents", {"case_id": RICH}, withdrawn_at=None)),
    ("a stance is forgotten", "event_has_consequences",
     lambda b: b.set("notices", {"case_id": PLAIN}, stance="handle")),
    ("children whom Kronofogden knows of are forgotten", "children_looked_after",
     lambda b: b.set("notices", {"case_id": PLAIN}, as_stated={"children_known_to_kfm": True})),
    ("a process was never started", "event_has_consequences",
     lambda b: b.set("process_instances", RUNS, scope_id=99)),
    ("a notice is told of twice", "notice_taken_in",
     lambda b: b.again("events", {"case_id": PLAIN, "name": "hyresvard.underrattelse"})),
    ("a notice is lost", "notice_taken_in", lambda b: b.delete("notices", case_id=PLAIN)),
    ("a claim is forgotten", "task_told_once",
     lambda b: b.set("tasks", OPEN, claimed_by_id=None, claimed_at=None)),
    ("a completion is told of twice", "task_told_once",
     lambda b: b.again("journal_entries", {"case_id": RICH, "what": "task_completed"}, number=999)),
    ("an answer is lost", "task_is_whole", lambda b: b.set("tasks", DONE, answers=None)),
    ("a completion has left no event", "task_recorded",
     lambda b: b.set("events", {"name": "bekraftelse.skickad"}, task_id=None)),
    ("a process began without a word", "process_journalled",
     lambda b: b.again("process_instances", RUNS, process_key="akut-behov")),
    ("a task is sorted wrongly", "task_is_whole", lambda b: b.set("tasks", OPEN, sorted_due_at=LONG_AGO)),
    ("a task lies elsewhere", "task_is_whole", lambda b: b.set("tasks", OPEN, administration_key="sydvast")),
    ("a date was moved", "date_follows", lambda b: b.set("deadlines", DATE, falls_on=date(2027, 1, 1))),
    ("a fact was changed", "date_follows",
     lambda b: b.set("notices", {"case_id": PLAIN}, received_at=LONG_AGO)),
    ("a date is lost", "date_follows", lambda b: b.delete("deadlines", **DATE)),
    ("a date has two versions", "date_versions", lambda b: b.again("deadlines", DATE)),
    ("a task hangs on another day", "order_follows",
     lambda b: b.set("tasks", OPEN, legal_on=date(2026, 3, 3))),
    ("nobody is reminded", "reminder_follows", lambda b: b.delete("reminders", case_id=PLAIN)),
    ("somebody is reminded of nothing", "reminder_follows",
     lambda b: b.again("reminders", {"case_id": PLAIN}, subject="task:99", task_id=None)),
    ("a line of the journal was changed", "chain_is_whole",
     lambda b: b.set("journal_entries", {"case_id": PLAIN, "number": 2}, subject="x")),
    ("the end of a journal is lost", "chain_is_whole",
     lambda b: b.delete("journal_entries", case_id=PLAIN, what="deadline_set")),
    ("a chain is forgotten", "chain_is_whole", lambda b: b.delete("log_chains", name=f"journal:{PLAIN}")),
    ("a case is gone, its chain is not", "chain_is_whole",
     lambda b: b.add("log_chains", name="journal:99", length=1, hash=START)),
    ("a line of the read log is gone", "chain_is_whole", lambda b: b.delete("read_entries", number=1)),
    ("a mail is neither here nor there", "mail_once",
     lambda b: b.set("mails", {"case_id": RICH}, next_attempt_at=None)),
    ("a letter lies there twice", "letter_once",
     lambda b: b.again("letters", {"case_id": RICH, "sent_at": None})),
    ("a sent letter was not kept", "letter_once",
     lambda b: b.set("letters", {"pdf_sha256": _sent(b)}, pdf_sha256="")),
    ("a letter is about another case's notice", "same_case",
     lambda b: b.set("letters", {"case_id": RICH}, notice_id=2)),
    ("an event is of another case's task", "same_case",
     lambda b: b.set("events", {"name": "bekraftelse.skickad"}, task_id=6)),
    ("a person is gone", "refers_to_row",
     lambda b: b.set("contact_attempts", {"case_id": RICH}, person_id=99)),
)  # fmt: skip
"""What happens, the invariant that must be found broken, and how it is done."""


def _sent(broken: Broken) -> str:
    found = broken.connection.scalar(select(func.max(_table("letters").c.pdf_sha256)))
    return str(found)
