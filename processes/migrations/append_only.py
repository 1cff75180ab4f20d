"""Lets the database itself refuse to change or remove what stands in a log, whatever program asks.

A journal may be removed only together with its whole case, after it was given free for that
(actions/read_log.py, `release_journal`); the read log never.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import JSON, column, select, table, text, update
from sqlalchemy.engine import Connection

from processes.models.base import UtcDateTime
from processes.rules.log_chain import START, fingerprint

LOGS_OF_0003 = ("journal_entries", "read_entries", "read_samples", "read_reviews")
LOGS_OF_0004: tuple[str, ...] = (
    "retention_decisions",
    "destruction_entries",
    "correction_notes",
    "refused_sign_ins",
    "log_checks",
)
LOGS_OF_0005: tuple[str, ...] = ("draft_saves", "released_versions")
IS_RELEASED = (
    "EXISTS (SELECT 1 FROM log_chains WHERE name = 'journal:' || OLD.case_id AND released_at IS NOT NULL)"
)
MAY_BE_DELETED = {"journal_entries": IS_RELEASED, "correction_notes": IS_RELEASED}


def protect(connection: Connection, logs: Sequence[str]) -> None:
    """Put the triggers in front of these logs; they must not stand there yet."""
    make = _on_postgresql if connection.dialect.name == "postgresql" else _on_sqlite
    for log in logs:
        for statement in make(log, MAY_BE_DELETED.get(log, "false")):
            connection.execute(text(statement))


def _on_sqlite(log: str, may_be_deleted: str) -> tuple[str, ...]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{log} is append-only'); END"
    return (
        f"CREATE TRIGGER {log}_not_changed BEFORE UPDATE ON {log} {refuse}",
        f"CREATE TRIGGER {log}_not_removed BEFORE DELETE ON {log} WHEN NOT {may_be_deleted} {refuse}",
    )


def _on_postgresql(log: str, may_be_deleted: str) -> tuple[str, ...]:
    function = f"{log}_append_only"
    body = (
        f"BEGIN IF TG_OP = 'DELETE' THEN IF {may_be_deleted} THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{log} is append-only'; END"
    )
    each_row = f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    return (
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {log}_not_changed BEFORE UPDATE OR DELETE ON {log} {each_row}",
        f"CREATE TRIGGER {log}_not_emptied BEFORE TRUNCATE ON {log} EXECUTE FUNCTION {function}()",
    )


ENTRIES = table(
    "journal_entries",
    column("id"),
    column("case_id"),
    column("at", UtcDateTime()),
    *(column(name) for name in ("by_id", "what", "subject", "number", "hash")),
    column("details", JSON()),
)
CHAINS = table("log_chains", column("name"), column("length"), column("hash"))


def seal_journals(connection: Connection) -> None:
    """Give the lines that were written before there were chains their places and fingerprints; before `protect`."""
    ends: dict[str, tuple[int, str]] = {}
    for row in connection.execute(select(ENTRIES).order_by(ENTRIES.c.case_id, ENTRIES.c.id)).all():
        chain = f"journal:{row.case_id}"
        length, last = ends.get(chain, (0, START))
        content = {
            "case": row.case_id,
            "at": row.at.isoformat(),
            "by": row.by_id,
            "what": row.what,
            "subject": row.subject,
            "details": row.details,
        }
        sealed = fingerprint(last, chain, length + 1, content)
        ends[chain] = (length + 1, sealed)
        place = {"number": length + 1, "hash": sealed}
        connection.execute(update(ENTRIES).where(ENTRIES.c.id == row.id).values(**place))
    for chain, (length, last) in ends.items():
        connection.execute(CHAINS.insert().values(name=chain, length=length, hash=last))
