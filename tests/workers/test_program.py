"""`python -m workers` is a program that starts, works and stops politely."""

from __future__ import annotations

import signal
import sys

from tests.commands.programs import started


def test_the_worker_stops_politely_when_asked(tmp_path, database_url):
    settings = {"KVARBOENDE_DATABASE_URL": database_url}
    with started(sys.executable, "-m", "workers", settings=settings, folder=tmp_path) as worker:
        assert worker.prints("The worker has started."), worker.printed
        worker.process.send_signal(signal.SIGTERM)
        assert worker.ends_with() == 0
    assert "The worker has stopped." in worker.printed
    assert "Traceback" not in worker.printed


def test_the_worker_refuses_a_database_without_tables_in_one_sentence(tmp_path, empty_database_url):
    settings = {"KVARBOENDE_DATABASE_URL": empty_database_url}
    with started(sys.executable, "-m", "workers", settings=settings, folder=tmp_path) as worker:
        assert worker.ends_with() == 1
    assert "run `kvarboende migrate`" in worker.printed
    assert worker.printed.count("\n") == 1
