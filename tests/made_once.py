"""Keeps for a whole test session what every test would make anew to the same end: templates, statements, diagrams.

A program makes each of them once and lives on them; only a test begins anew every time. Each is found again by all that
it was made of, so that a test which changes anything gets its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import flask
import jinja2
import pytest
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from processes import database
from processes.actions import versions
from processes.queries import diagrams

STATEMENTS = 3_000
VERSIONS = 100


@contextmanager
def made_once() -> Iterator[None]:
    """While the block runs, what was made once is used again."""
    with pytest.MonkeyPatch.context() as patched:
        _compile_templates_once(patched)
        _compile_statements_once(patched)
        _parse_diagrams_once(patched)
        yield


class CompiledTemplates(BytecodeCache):
    """What the pages' templates were compiled to; Jinja takes it only for a template with the very same text."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


def _compile_templates_once(patched: pytest.MonkeyPatch) -> None:
    compiled, make = CompiledTemplates(), flask.Flask.create_jinja_environment

    def with_what_is_compiled(app: flask.Flask) -> jinja2.Environment:
        environment = make(app)
        environment.bytecode_cache = compiled
        return environment

    patched.setattr(flask.Flask, "create_jinja_environment", with_what_is_compiled)


def _compile_statements_once(patched: pytest.MonkeyPatch) -> None:
    """SQLAlchemy keeps what it compiled by the statement and the dialect; each engine has a dialect of its own."""
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        patched.setattr(kind, "__hash__", lambda dialect: hash(_kind(dialect)))
        patched.setattr(kind, "__eq__", lambda one, other: _kind(one) == _kind(other))
    compiled: LRUCache[Any, Any] = LRUCache(STATEMENTS)

    def with_what_is_compiled(*given: Any, **named: Any) -> Engine:
        engine = create_engine(*given, **named)
        engine._compiled_cache = compiled
        return engine

    patched.setattr(database, "create_engine", with_what_is_compiled)


def _kind(dialect: Any) -> tuple[object, ...]:
    """All that our engines' dialects can differ in."""
    return (type(dialect), getattr(dialect, "server_version_info", None))


def _parse_diagrams_once(patched: pytest.MonkeyPatch) -> None:
    @lru_cache(VERSIONS)
    def opened(process_key: str, files: tuple[tuple[str, bytes], ...]) -> diagrams.Published:
        return parse(process_key, dict(files))

    def open_version(process_key: str, files: Mapping[str, bytes]) -> diagrams.Published:
        return opened(process_key, tuple(files.items()))

    parse = diagrams.open_version
    for module in (diagrams, versions):
        patched.setattr(module, "open_version", open_version)
