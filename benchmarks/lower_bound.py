"""The least that completing a task could cost: its engine steps in memory and one bare transaction of the same bytes.

While a task is completed once, everything is written down that the engine was asked to do to a process (start it,
complete a step, deliver a message) and what the process was told of its case meanwhile. Played again, each process that
the step moved is restored from the very same bytes, does the same, and is dumped; those that were only looked at are
left out, and facts cost nothing. Then a transaction of the bare driver writes as many rows of the same sizes with one
statement into a table without indexes or references, and commits as durably as the product does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from unittest.mock import patch

from processes.database import open_database
from processes.engine import Bundle, Instance, World
from processes.engine.instance import NEVER

MOVES = ("complete", "deliver", "fire_due", "go_back", "cancel")
"""What changes a process."""


@dataclass
class Life:
    """What one process went through in a transaction."""

    bundle: Bundle
    state: bytes | None
    """What it was restored from; None when it was started."""
    at: datetime
    """When it was started."""
    calls: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    told: list[Any] = field(default_factory=list)
    """What its case answered, in the order in which it was asked."""
    is_acting: bool = True
    """Answers count while the process is moved; what is asked to show something is no part of the least."""

    @property
    def has_moved(self) -> bool:
        """Whether the step did anything to it."""
        return self.state is None or bool(self.calls)

    def again(self) -> bytes:
        """Live it again, in memory only; answers the state afterwards."""
        world = _Retelling(self.told)
        if self.state is None:
            instance = Instance.start(self.bundle, world, self.at)
        else:
            instance = Instance.restore(self.bundle, self.state, world)
        for name, given in self.calls:
            getattr(instance, name)(*given)
        return instance.dump()


class _Listening:
    """A case whose answers are written down."""

    def __init__(self, world: World, life: Life) -> None:
        self._world = world
        self._life = life

    def fact(self, name: str, at: datetime) -> Any:
        value = self._world.fact(name, at)
        if self._life.is_acting:
            self._life.told.append(value)
        return value

    def operate(self, name: str, parameters: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
        value = self._world.operate(name, parameters, at)
        self._life.told.append(value)
        return value


class _Retelling:
    """A case that answers as it did."""

    def __init__(self, told: Sequence[Any]) -> None:
        self._told = iter(told)

    def fact(self, name: str, at: datetime) -> Any:
        return next(self._told)

    def operate(self, name: str, parameters: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
        told: Mapping[str, Any] = next(self._told)
        return told


class _Listener:
    """Stands between those who ask the engine and the engine."""

    def __init__(self) -> None:
        self.lives: list[Life] = []
        self._of: dict[int, tuple[Instance, Life]] = {}
        self._restore, self._start = Instance.restore, Instance.start
        self._moves = {name: getattr(Instance, name) for name in MOVES}

    def restore(self, bundle: Bundle, state: bytes, world: World) -> Instance:
        """As Instance.restore."""
        life = Life(bundle, state, NEVER)
        return self._born(life, self._restore(bundle, state, _Listening(world, life)))

    def start(self, bundle: Bundle, world: World, at: datetime) -> Instance:
        """As Instance.start."""
        life = Life(bundle, None, at)
        return self._born(life, self._start(bundle, _Listening(world, life), at))

    def move(self, name: str) -> Callable[..., Any]:
        """As the method of Instance with this name."""

        def listened_to(instance: Instance, *given: Any, **more: Any) -> Any:
            _, life = self._of[id(instance)]
            life.is_acting = True
            done = self._moves[name](instance, *given, **more)
            life.is_acting = False
            if done is not False:  # nobody waited for the message
                life.calls.append((name, given))
            return done

        return listened_to

    def _born(self, life: Life, instance: Instance) -> Instance:
        life.is_acting = False
        self.lives.append(life)
        self._of[id(instance)] = (instance, life)
        return instance


@contextmanager
def engine_listened_to() -> Iterator[list[Life]]:
    """Everything that the engine does in this process while the block lasts."""
    listener = _Listener()
    with ExitStack() as stack:
        stack.enter_context(patch.object(Instance, "restore", listener.restore))
        stack.enter_context(patch.object(Instance, "start", listener.start))
        for name in MOVES:
            stack.enter_context(patch.object(Instance, name, listener.move(name)))
        yield listener.lives


@dataclass(frozen=True)
class Bound:
    """One completed task, to be done again for the least that it can cost."""

    lives: Sequence[Life]
    rows: Sequence[int]
    """The bytes of each row that was written."""

    def engine_seconds(self) -> float:
        """The engine's part."""
        started = time.perf_counter()
        for life in self.lives:
            life.again()
        return time.perf_counter() - started

    def transaction_seconds(self, bare: BareDatabase) -> float:
        """The database's part."""
        texts = ["x" * max(1, size) for size in self.rows]
        started = time.perf_counter()
        bare.write(texts)
        return time.perf_counter() - started


class BareDatabase:
    """The database through its driver alone, with a table that has nothing but a number and a text."""

    def __init__(self, url: str) -> None:
        self._engine = open_database(url)  # for the very settings that decide how surely a commit is kept
        self._is_file = self._engine.dialect.name == "sqlite"
        self._held: Any = self._engine.raw_connection()
        self._connection = cast("Any", self._held.driver_connection)
        number = "INTEGER" if self._is_file else "BIGINT GENERATED ALWAYS AS IDENTITY"
        self._connection.execute(f"CREATE TABLE bare_rows (id {number} PRIMARY KEY, said TEXT NOT NULL)")
        self._connection.commit()

    def write(self, texts: Sequence[str]) -> None:
        """One transaction: all of them with one statement, and the commit."""
        mark = "(?)" if self._is_file else "(%s)"
        if self._is_file:
            self._connection.execute("BEGIN IMMEDIATE")
        marks = ", ".join([mark] * len(texts))
        self._connection.execute(f"INSERT INTO bare_rows (said) VALUES {marks}", list(texts))  # noqa: S608 -- only marks
        if self._is_file:
            self._connection.execute("COMMIT")
        else:
            self._connection.commit()

    def close(self) -> None:
        """Take the table away."""
        self._connection.execute("DROP TABLE bare_rows")
        self._connection.commit()
        self._held.close()
        self._engine.dispose()
