"""Gives each run a city of its own: a copy of one with staff and diagrams, on SQLite or PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from processes.clock import ManualClock
from processes.queries.diagrams import DiagramShelf
from processes.runtime import Runtime
from processes.settings import Settings
from tests.postgres import PostgresServer

BEGINS_AT = (
    datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    datetime(2026, 5, 29, 14, 50, tzinfo=UTC),
    datetime(2026, 12, 10, 9, 0, tzinfo=UTC),
    datetime(2026, 3, 27, 23, 30, tzinfo=UTC),
    datetime(2026, 10, 24, 10, 0, tzinfo=UTC),
)
"""An ordinary Monday; the Friday before Midsummer's period, at closing; before the eves of Christmas and New Year; the
night before the clocks go forward; a Saturday, the day before they go back."""


@dataclass
class Stage:
    """Where runs take place; the diagrams are read once for all of them."""

    template: Path | str
    """A file of SQLite, or the name of a database on `server`."""
    folder: Path
    server: PostgresServer | None = None
    shelf: DiagramShelf = field(default_factory=DiagramShelf)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def city(self, begins_at: datetime) -> Iterator[tuple[Runtime, ManualClock]]:
        """A city that nothing has happened in, gone when the block ends."""
        clock = ManualClock(begins_at)
        name = f"any_order_{os.getpid()}_{next(self.numbers)}"
        if self.server is None:
            file = self.folder / f"{name}.db"
            shutil.copyfile(self.template, file)
            url = f"sqlite:///{file}"
        else:
            url = self.server.create(name, template=str(self.template))
        runtime = Runtime.open(settings_for(url), clock=clock)
        runtime.diagrams = self.shelf
        try:
            yield runtime, clock
        finally:
            runtime.close()
            if self.server is None:
                for left in self.folder.glob(f"{name}.db*"):
                    left.unlink()
            else:
                self.server.drop(name)


def settings_for(url: str) -> Settings:
    """The settings of a demo on this database, in which anybody can sign in."""
    return Settings.from_environment(
        {
            "KVARBOENDE_DATABASE_URL": url,
            "KVARBOENDE_SECRET_KEY": "only-for-tests-" * 3,
            "KVARBOENDE_DEMO": "1",
            "KVARBOENDE_POSTS_PER_MINUTE": "1000000",
        }
    )
