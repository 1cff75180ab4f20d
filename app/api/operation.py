"""What one operation of the interface is: its address, what it needs, what it answers, and what does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from processes.models import ApiKey, Caseworker
from processes.unit_of_work import UnitOfWork

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a system that has been let in."""

    work: UnitOfWork
    key: ApiKey
    named: Mapping[str, Any]
    """What the address names: `task_id`, `kind` ..."""
    asked: Mapping[str, Any]
    """What stands after the question mark, read and with what is usual filled in."""
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def caseworker(self) -> Caseworker:
        """In whose name it is done."""
        return self.key.caseworker


@dataclass(frozen=True, slots=True)
class Question:
    """Something that may stand after the question mark of an address."""

    name: str
    told: str
    """Swedish."""
    schema: Schema
    usual: str | int | None = None


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The words that may stand in one place of the address, each with its own body: kinds of notice, events."""

    place: str
    titles: Mapping[str, str]
    body: Callable[[UnitOfWork, str], Schema]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a system can ask for."""

    name: str
    method: str
    path: str
    title: str
    """Swedish; what the reader of the documentation sees first."""
    told: str
    """Swedish; what one must know besides."""
    area: str
    scope: str
    answer: str
    """Name of the schema of a good answer (schemas.py)."""
    run: Callable[[Call], Mapping[str, Any]]
    status: int = 200
    body: str = ""
    """Name of the schema of what is sent, where it is always the same."""
    each: Alternatives | None = None
    questions: tuple[Question, ...] = ()

    @property
    def is_write(self) -> bool:
        """It changes something, so that it may be sent under a name (Idempotency-Key)."""
        return self.method != "GET"

    @property
    def takes_body(self) -> bool:
        return bool(self.body or self.each)
