"""Writes what the programs tell their operators: one line each, with the request and the case, and nobody's name.

Nothing that a person typed or that stands in a case can come into a line. Our own messages are sentences with numbers
and names of code in them. Of a failure only its kinds and the places in the code are told, never its own words, since
PostgreSQL for example quotes the row that it refuses; only what a database driver says when it cannot work at all is
told, because no row is in that. Of another library's message the template is told, without its values.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import orjson

OURS = frozenset({"app", "processes", "workers", "kvarboende", "__main__"})
"""The loggers of our own code, by what stands before the first dot."""
ROOT = Path(__file__).resolve().parents[1]
DRIVERS = frozenset({"psycopg", "sqlite3", "pysqlite3"})
LONGEST_CHAIN = 5
MOST_PLACES = 8
MOST_CASES = 100
"""A worker moves so many in one transaction at most."""

_facts: ContextVar[Mapping[str, Any] | None] = ContextVar("what the lines of the log are about", default=None)


@contextmanager
def about(**facts: str | int) -> Iterator[None]:
    """Within the block every line says these facts too, such as `job="timers"`, and which case is moved."""
    token = _facts.set({**(_facts.get() or {}), **facts})
    try:
        yield
    finally:
        _facts.reset(token)


def begin(**facts: str | int) -> None:
    """From now on every line of this thread says these facts and no others."""
    _facts.set(facts)


def end() -> None:
    """From now on the lines of this thread are about nothing in particular."""
    _facts.set(None)


def concern(case_id: int) -> None:
    """The lines that follow are about this case too, where something has begun that lines are about."""
    known = _facts.get()
    if known is None:
        return
    cases = known.get("case", ())
    if case_id not in cases and len(cases) < MOST_CASES:
        _facts.set({**known, "case": (*cases, case_id)})


def kinds_of(error: BaseException) -> str:
    """The kinds of error, from the last one on back to its first cause, with the codes that the database gave."""
    kinds = [_kind(error)]
    cause = error.__cause__
    while cause is not None and len(kinds) < LONGEST_CHAIN:
        kinds.append(_kind(cause))
        cause = cause.__cause__
    return " < ".join(kinds)


def _kind(error: BaseException) -> str:
    code = getattr(error, "sqlstate", None) or getattr(error, "errno", None)
    name = type(error).__name__
    return f"{name} {code}" if isinstance(code, str | int) else name


def places_of(error: BaseException) -> list[str]:
    """Where in our code it arose, the innermost place last, such as `processes/actions/tasks.py:41 complete`."""
    return [
        f"{Path(frame.filename).relative_to(ROOT).as_posix()}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(ROOT) and "site-packages" not in frame.filename
    ]


def _words_of_driver(error: BaseException | None) -> str:
    """What a database driver says when it cannot work at all: no row of ours is in that."""
    while error is not None:
        for family in type(error).__mro__:
            if family.__name__ == "OperationalError" and family.__module__.partition(".")[0] in DRIVERS:
                return str(error).partition("\n")[0]
        error = error.__cause__
    return ""


def _told(record: logging.LogRecord) -> dict[str, Any]:
    """Everything that a line says, in the order in which it is read."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    told: dict[str, Any] = {
        "at": at.replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": _message(record),
        **(_facts.get() or {}),
        **getattr(record, "facts", {}),
    }
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        told["error"] = kinds_of(error)
        told["places"] = places_of(error)[-MOST_PLACES:]
        if words := _words_of_driver(error):
            told["driver"] = words
    return told


def _message(record: logging.LogRecord) -> str:
    if is_ours(record):
        return " ".join(record.getMessage().split())
    template = record.getMessage().rpartition(": ")[0] if record.name == "py.warnings" else str(record.msg)
    return template.partition("\n")[0]


def is_ours(record: logging.LogRecord) -> bool:
    """Whether our own code says it."""
    return record.name.partition(".")[0] in OURS


class JsonLines(logging.Formatter):
    """A line for a program that collects logs: one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        return orjson.dumps(_told(record), default=str).decode()


class TextLines(logging.Formatter):
    """A line for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of text, what it is about in brackets last."""
        told = _told(record)
        at, level, logger, message = (
            str(told.pop(name)).replace("\n", " ") for name in ("at", "level", "logger", "message")
        )
        rest = " ".join(f"{name}={_shown(value)}" for name, value in told.items())
        return f"{at[:19].replace('T', ' ')} {level.upper()} {logger}: {message}" + (
            f" [{rest}]" if rest else ""
        )


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


class _OursOrImportant(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return is_ours(record) or record.levelno >= logging.WARNING


class LogStream(logging.StreamHandler[Any]):
    """Where the lines go, told from handlers of others."""


def write_log(level: str, form: str, to: TextIO | None = None) -> None:
    """From now on this process writes its log, from `level` on, as `json` or `text`; calling it again changes that.

    It goes to standard error, from where whatever started the program collects it, unless another place is given.
    """
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, LogStream)]:
        root.removeHandler(old)
    handler = LogStream(to or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    handler.addFilter(_OursOrImportant())
    root.addHandler(handler)
    root.setLevel(level.upper())
    logging.captureWarnings(capture=True)
    sys.excepthook = _ended
    threading.excepthook = _thread_ended


def _ended(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("kvarboende").critical("The program has ended by a failure.", exc_info=error)


def _thread_ended(failed: threading.ExceptHookArgs) -> None:
    name = failed.thread.name if failed.thread else "?"
    logging.getLogger("kvarboende").critical(
        "The thread %s has ended by a failure.", name, exc_info=failed.exc_value
    )
