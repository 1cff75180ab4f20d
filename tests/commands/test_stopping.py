"""Whoever is asked to stop finishes what it has begun, takes nothing new, and leaves nothing half-done."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import text

from app.supervisor import pages_answer
from processes.database import open_database
from tests.commands.programs import Program, eventually, started
from tests.commands.test_serve import SECRET, ask
from tests.ports import free_port


def is_written(url: str) -> bool:
    """Is the row there that the slow transaction writes?"""
    engine = open_database(url)
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT count(*) FROM administrations WHERE key = 'slow'")
        ).scalar_one()
    engine.dispose()
    return bool(found)


def serving(module: str, tmp_path: Path, url: str, port: int) -> AbstractContextManager[Program]:
    settings = {
        "KVARBOENDE_DATABASE_URL": url,
        "KVARBOENDE_SECRET_KEY": SECRET,
        "KVARBOENDE_PORT": str(port),
        "KVARBOENDE_WEB_PROCESSES": "2",
        "KVARBOENDE_LOG_FORMAT": "json",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    return started(sys.executable, "-m", module, settings=settings, folder=tmp_path)


def test_a_page_that_is_being_made_is_finished_and_committed_before_the_pages_stop(
    tmp_path: Path, database_url: str
) -> None:
    port = free_port()
    with serving("tests.commands.slow_pages", tmp_path, database_url, port) as program:
        assert eventually(lambda: pages_answer("127.0.0.1", port)), program.printed
        answers: list[str] = []
        asking = threading.Thread(target=lambda: answers.append(ask(port, "/slow")))
        asking.start()
        assert eventually((tmp_path / "has-begun").exists), program.printed
        program.process.send_signal(signal.SIGTERM)
        assert eventually(lambda: not pages_answer("127.0.0.1", port))
        assert answers == []
        (tmp_path / "may-end").touch()
        assert program.ends_with() == 0
        asking.join()
    assert answers == ["committed"]
    assert is_written(database_url)
    assert "Traceback" not in program.printed


def test_pages_that_are_still_starting_stop_at_once(tmp_path: Path, sqlite_template: Path) -> None:
    with serving(
        "tests.commands.slow_start", tmp_path, f"sqlite:///{sqlite_template}", free_port()
    ) as program:
        assert eventually((tmp_path / "is-loading").exists), program.printed
        program.process.send_signal(signal.SIGTERM)
        assert program.ends_with() == 0
    assert not (tmp_path / "has-loaded").exists()


def slow_worker(tmp_path: Path, url: str, seconds: float) -> AbstractContextManager[Program]:
    settings = {
        "KVARBOENDE_DATABASE_URL": url,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "SECONDS": str(seconds),
    }
    return started(sys.executable, "-m", "tests.commands.slow_worker", settings=settings, folder=tmp_path)


def test_a_transaction_of_the_worker_is_finished_before_it_stops(tmp_path: Path, database_url: str) -> None:
    with slow_worker(tmp_path, database_url, 1) as program:
        assert eventually((tmp_path / "has-begun").exists), program.printed
        program.process.send_signal(signal.SIGTERM)
        assert program.ends_with() == 0
    assert is_written(database_url)
    assert "The worker has stopped." in program.printed
    assert "Traceback" not in program.printed


def test_a_worker_that_is_asked_twice_ends_at_once_and_nothing_is_half_done(
    tmp_path: Path, database_url: str
) -> None:
    with slow_worker(tmp_path, database_url, 600) as program:
        assert eventually((tmp_path / "has-begun").exists), program.printed
        program.process.send_signal(signal.SIGTERM)
        assert program.prints("a second signal ends it at once")
        program.process.send_signal(signal.SIGINT)
        assert program.ends_with() == 1
    assert not is_written(database_url)
