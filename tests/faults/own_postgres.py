"""A PostgreSQL of our own that keeps what it has said it keeps, and can be stopped in any way and started again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import URL

from tests.postgres import FAST, PostgresServer, _Cluster, _find_programs, room_in_memory

KEEPS_ITS_WORD = {**FAST, "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


class OwnCluster(_Cluster):
    """A cluster that may be stopped half-way."""

    @property
    def server(self) -> PostgresServer:
        """The server as the tests know it."""
        address = URL.create(
            "postgresql+psycopg", username="postgres", host="127.0.0.1", port=self.port, database="postgres"
        )
        return PostgresServer(address)

    def stop(self, how: signal.Signals) -> None:
        """SIGINT: fast, transactions are rolled back; SIGQUIT: at once, as when the power goes."""
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(60)

    @property
    def has_ended(self) -> bool:
        """Whether it has stopped by itself."""
        return self._process is None or self._process.poll() is not None

    def start_again(self) -> None:
        """On the same port, where everybody looks for it."""
        assert self._serve(self.port), (self.folder / "log").read_text()[-2000:]


@contextmanager
def own_postgres(parent: Path | None = None) -> Iterator[OwnCluster]:
    """A cluster of our own, in memory or in the given folder; removed when the block ends."""
    cluster = OwnCluster(_find_programs(), str(parent) if parent else room_in_memory(), KEEPS_ITS_WORD)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()
