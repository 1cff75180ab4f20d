"""`kvarboende run` brings the whole product up on one computer, and says plainly when it cannot."""

from __future__ import annotations

import signal
import socket
import stat
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from app.cli import main
from processes.actions.demo import CAST, DEMO_PASSWORD
from processes.database import open_database
from tests.commands.programs import PATIENCE, kvarboende, started
from tests.ports import free_port

A_KEY = "only-for-tests-" * 3


@pytest.fixture
def embedded(tmp_path: Path) -> dict[str, str]:
    """The settings of an installation in a folder of its own, without diagrams."""
    diagrams = tmp_path / "no-diagrams"
    diagrams.mkdir()
    return {"KVARBOENDE_PORT": str(free_port()), "KVARBOENDE_DIAGRAMS": str(diagrams)}


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, dict[str, str]], Result]:
    """Runs a command in the test's folder, in this very process."""
    monkeypatch.chdir(tmp_path)
    return lambda command, settings: CliRunner().invoke(main, [command], env=settings)


def answer(settings: dict[str, str], path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", int(settings["KVARBOENDE_PORT"]), timeout=PATIENCE)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, body


def test_run_serves_pages_on_a_database_that_it_makes_and_stops_when_asked(tmp_path, embedded):
    with started(*kvarboende("run"), settings=embedded, folder=tmp_path) as program:
        assert program.prints(f"Kvarboende: http://127.0.0.1:{embedded['KVARBOENDE_PORT']}"), program.printed
        assert answer(embedded, "/health/ready")[0] == 200
        assert "app.supervisor" in Path(f"/proc/{program.process.pid}/cmdline").read_text().split("\0")
        program.process.send_signal(signal.SIGTERM)
        assert program.ends_with() == 0
    assert "Traceback" not in program.printed
    assert "The worker has stopped." in program.printed
    assert (tmp_path / "var" / "kvarboende.db").exists()


def test_run_fills_a_demo_once_and_can_be_started_again(tmp_path):
    settings = {"KVARBOENDE_PORT": str(free_port()), "KVARBOENDE_DEMO": "1"}
    key = tmp_path / "var" / "secret-key"
    found = set()
    for _ in range(2):
        with started(*kvarboende("run"), settings=settings, folder=tmp_path) as program:
            assert program.prints(f"Sign in as (password {DEMO_PASSWORD})"), program.printed
            for person in CAST:
                assert program.prints(f"  {person.username} "), program.printed
        found.add((key.read_text(), number_of_cases(tmp_path)))
    assert len(found) == 1, "the key or the cases changed"
    assert number_of_cases(tmp_path) > 0
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def number_of_cases(folder: Path) -> int:
    engine = open_database(f"sqlite:///{folder / 'var' / 'kvarboende.db'}")
    with engine.connect() as connection:
        number: int = connection.execute(text("SELECT count(*) FROM cases")).scalar_one()
    engine.dispose()
    return number


def test_a_port_in_use_gives_one_sentence(in_folder, embedded):
    with socket.create_server(("127.0.0.1", int(embedded["KVARBOENDE_PORT"]))):
        for command in ("run", "serve"):
            told = in_folder(command, embedded | {"KVARBOENDE_SECRET_KEY": A_KEY})
            assert told.exit_code == 1
            sentence = (
                f"Error: Port {embedded['KVARBOENDE_PORT']} on 127.0.0.1 is in use already: stop the program"
            )
            assert told.output.startswith(sentence)
            assert told.output.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "settings", "sentence"),
    [
        ("run", {"KVARBOENDE_PORT": "eighty"}, "KVARBOENDE_PORT must be a port number"),
        ("serve", {}, "KVARBOENDE_SECRET_KEY must be set"),
        ("serve", {"KVARBOENDE_SECRET_KEY": A_KEY}, "run `kvarboende migrate`"),
        ("demo", {}, "set KVARBOENDE_DEMO=1"),
        ("demo", {"KVARBOENDE_DEMO": "1"}, "run `kvarboende migrate`"),
    ],
)
def test_what_is_missing_gives_one_sentence(in_folder, tmp_path, command, settings, sentence):
    (tmp_path / "var").mkdir()
    told = in_folder(command, {"KVARBOENDE_PORT": str(free_port())} | settings)
    assert told.exit_code == 1
    assert sentence in told.output
    assert told.output.count("\n") == 1


def test_migrate_makes_the_tables_and_may_be_repeated(in_folder, embedded, empty_database_url):
    for _ in range(2):
        told = in_folder("migrate", embedded | {"KVARBOENDE_DATABASE_URL": empty_database_url})
        assert (told.exit_code, told.output) == (0, "The database is up to date.\n")


def test_migrate_copies_the_file_before_it_changes_tables(in_folder, embedded, tmp_path):
    assert in_folder("migrate", embedded).exit_code == 0
    file = tmp_path / "var" / "kvarboende.db"
    engine = open_database(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))  # as if it were of an older version
    engine.dispose()
    assert (
        in_folder("migrate", embedded).exit_code != 0
    )  # the tables are there already, so this fails half-way
    assert b"SQLite format 3" in file.with_suffix(".before-migration").read_bytes()[:16]
