"""`kvarboende backup` and `restore`: all of it comes back, or nothing does and the reason is told."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from click.testing import CliRunner, Result
from sqlalchemy import text

from app.cli import main
from processes.backups.archive import Manifest, check, opened
from processes.backups.contents import Contents
from processes.backups.postgresql import _address
from processes.backups.workplace import workplace
from processes.database import open_database
from processes.errors import BackupRefused
from processes.migrations import _config, must_be_migrated
from processes.models import Administration
from processes.runtime import Runtime
from processes.settings import Settings
from processes.verification import Verification
from tests.city import City
from tests.conftest import A_MONDAY_MORNING
from tests.postgres import _find_programs

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `kvarboende` on a database, with PostgreSQL's own programs at hand."""
    monkeypatch.setenv("PATH", f"{_find_programs()}{os.pathsep}{os.environ['PATH']}")
    return lambda url, *words: CliRunner().invoke(
        main, [str(word) for word in words], env={"KVARBOENDE_DATABASE_URL": url}
    )


def contents(url: str) -> Contents:
    engine = open_database(url)
    with engine.connect() as connection:
        found = Contents.of(connection)
    engine.dispose()
    return found


@pytest.fixture
def file(run: Run, city: City, tmp_path: Path) -> Path:
    """A backup of a city with a case."""
    city.register_eviction()
    made = tmp_path / "a.backup"
    told = run(city.runtime.settings.database_url, "backup", made)
    assert told.exit_code == 0, told.output
    return made


@pytest.fixture
def other_url(city: City, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of the same kind as the city's."""
    if city.runtime.settings.is_embedded:
        yield f"sqlite:///{tmp_path / 'other.db'}"
        return
    server = request.getfixturevalue("postgres")
    name = f"other_{os.getpid()}"
    server.drop(name)
    yield server.create(name)
    server.drop(name)


def test_all_of_it_comes_back_and_every_case_is_sound(
    run: Run, city: City, file: Path, other_url: str
) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = run(other_url, "restore", file)
    assert told.exit_code == 0, told.output
    assert told.output.startswith("Restored ")
    assert contents(other_url) == contents(city.runtime.settings.database_url)
    assert contents(other_url).rows["cases"] == 1
    if city.runtime.settings.is_embedded:
        assert stat.S_IMODE(Path(other_url.removeprefix("sqlite:///")).stat().st_mode) == 0o600
    restored = Runtime.open(
        Settings.from_environment({"KVARBOENDE_DATABASE_URL": other_url}), clock=city.clock
    )
    assert list(Verification(restored).breaches()) == []
    restored.close()
    assert [left.name for left in file.parent.iterdir() if left.name.startswith(".")] == []


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(
    run: Run, city: City, tmp_path: Path, other_url: str
) -> None:
    stop, written = threading.Event(), [0]

    def write() -> None:
        while not stop.is_set():
            with city.runtime.transaction() as work:
                for half in ("a", "b"):
                    key = f"{half}{written[0]}"
                    work.session.add(Administration(key=key, name=key))
                    work.session.flush()
            written[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    file = tmp_path / "busy.backup"
    try:
        before = written[0]
        told = run(city.runtime.settings.database_url, "backup", file)
        while written[0] <= before:
            pass
    finally:
        stop.set()
        writer.join()
    assert told.exit_code == 0, told.output
    assert run(other_url, "restore", file).exit_code == 0
    engine = open_database(other_url)
    with engine.connect() as connection:
        keys = set(connection.execute(text("SELECT key FROM administrations")).scalars())
    engine.dispose()
    pairs = {key[1:] for key in keys if key[1:].isdecimal()}
    assert {key for key in keys if key[1:].isdecimal()} == {half + pair for half in "ab" for pair in pairs}
    assert len(pairs) <= written[0]


def cut_off(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def foreign(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("notes.txt", "nothing of ours")


def damaged(file: Path) -> None:
    text = bytearray(file.read_bytes())
    text[len(text) // 3] ^= 0xFF
    file.write_bytes(text)


def _with_manifest(file: Path, change: Callable[[dict[str, object]], None]) -> None:
    with zipfile.ZipFile(file) as archive:
        database, manifest = archive.read("database"), json.loads(archive.read("manifest.json"))
    change(manifest)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("database", database)
        archive.writestr("manifest.json", json.dumps(manifest))


def with_another_database(file: Path) -> None:
    _with_manifest(file, lambda manifest: manifest.update(sha256="0" * 64))


def of_a_newer_program(file: Path) -> None:
    _with_manifest(file, lambda manifest: manifest["contents"].update(version="9999"))  # type: ignore[attr-defined]


def of_a_later_format(file: Path) -> None:
    _with_manifest(file, lambda manifest: manifest.update(format=2))


def of_another_kind(file: Path) -> None:
    _with_manifest(file, lambda manifest: manifest.update(engine="oracle"))


def without_sense(file: Path) -> None:
    _with_manifest(file, lambda manifest: manifest.update(contents=[]))


SPOILED: tuple[tuple[Callable[[Path], None], str], ...] = (
    (cut_off, "is cut off or damaged"),
    (foreign, "is no backup of Kvarboende"),
    (damaged, "damaged"),
    (with_another_database, "The backup is damaged"),
    (of_a_newer_program, "which this program does not know"),
    (of_a_later_format, "use a newer version of Kvarboende"),
    (of_another_kind, "The backup is of oracle"),
    (without_sense, "manifest cannot be read"),
    (Path.unlink, "There is no file"),
)


def test_a_file_that_is_no_whole_backup_is_refused_and_nothing_is_written(
    run: Run, file: Path, other_url: str
) -> None:
    for spoil, sentence in SPOILED:
        spoiled = file.with_name("spoiled.backup")
        shutil.copyfile(file, spoiled)
        spoil(spoiled)
        told = run(other_url, "restore", spoiled)
        assert (told.exit_code, told.output.count("\n")) == (1, 1), (sentence, told.output)
        assert sentence in told.output
        if other_url.startswith("sqlite"):
            assert not Path(other_url.removeprefix("sqlite:///")).exists()
        else:
            assert contents(other_url).rows == {}


@pytest.mark.parametrize("bit", range(8))
def test_wherever_a_bit_is_wrong_no_damaged_database_is_taken_for_a_whole_one(
    tmp_path: Path, bit: int
) -> None:
    """Some bits of the format mean nothing; whatever else is wrong is told as a refusal, and as nothing else."""
    database, spoiled = b"The whole database. " * 9, tmp_path / "spoiled.backup"
    manifest = Manifest("sqlite", A_MONDAY_MORNING, Contents("0006", {"cases": 1}, ""), _sum(database))
    with zipfile.ZipFile(spoiled, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("database", "w", force_zip64=True) as member:
            member.write(database)
        archive.writestr("manifest.json", manifest.as_json())
    whole, refused = spoiled.read_bytes(), 0
    for place, byte in enumerate(whole):
        spoiled.write_bytes(whole[:place] + bytes([byte ^ 1 << bit]) + whole[place + 1 :])
        try:
            with opened(spoiled) as (archive, told):
                check(archive, told)
                assert (archive.read("database"), told) == (database, manifest)
        except BackupRefused:
            refused += 1
    assert refused > len(whole) // 2


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_folder_that_a_killed_backup_left_is_cleared_away_and_one_in_work_is_not(
    run: Run, city: City, tmp_path: Path
) -> None:
    left = tmp_path / ".kvarboende-backup-killed"
    left.mkdir()
    (left / "backup").write_text("a copy of the database")
    with workplace(tmp_path) as in_work:
        assert run(city.runtime.settings.database_url, "backup", tmp_path / "a.backup").exit_code == 0
        assert in_work.is_dir()
        assert not left.exists()
    assert not in_work.exists()


def test_a_backup_that_lacks_rows_that_it_promises_is_told(run: Run, file: Path, other_url: str) -> None:
    _with_manifest(file, lambda manifest: manifest["contents"]["rows"].update(cases=2))  # type: ignore[index]
    told = run(other_url, "restore", file)
    assert told.exit_code == 1
    assert "do not use it. cases: 1 rows, not 2" in told.output


def test_a_database_with_tables_is_never_written_over(run: Run, city: City, file: Path) -> None:
    url = city.runtime.settings.database_url
    before = contents(url)
    told = run(url, "restore", file)
    assert told.exit_code == 1
    assert "only put into an empty one" in told.output
    assert contents(url) == before


def test_tables_of_an_older_version_are_backed_up_and_brought_up_to_date_after(
    run: Run, empty_database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    engine = open_database(empty_database_url)
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        connection.execute(text("INSERT INTO administrations (key, name) VALUES ('hisingen', 'Hisingen')"))
    engine.dispose()
    file = tmp_path / "old.backup"
    assert "version 0004" in run(empty_database_url, "backup", file).output
    engine = open_database(empty_database_url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    if engine.dialect.name == "sqlite":
        Path(empty_database_url.removeprefix("sqlite:///")).unlink()
    told = run(empty_database_url, "restore", file)
    assert told.exit_code == 0, told.output
    engine = open_database(empty_database_url)
    must_be_migrated(engine)
    engine.dispose()
    assert contents(empty_database_url).rows["administrations"] == 1


def test_a_folder_gets_a_file_with_the_time_in_its_name_and_nothing_is_overwritten(
    run: Run, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert run(database_url, "backup", folder).exit_code == 0
    (made,) = folder.iterdir()
    assert made.name.startswith("kvarboende-20")
    again = run(database_url, "backup", made)
    assert "exists already" in again.output
    assert "There is no folder" in run(database_url, "backup", tmp_path / "nowhere" / "a").output


def test_a_database_that_is_not_ours_is_not_backed_up(
    run: Run, empty_database_url: str, tmp_path: Path
) -> None:
    engine = open_database(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE others (id integer)"))
    engine.dispose()
    told = run(empty_database_url, "backup", tmp_path / "a")
    assert told.exit_code == 1
    assert "no tables of Kvarboende" in told.output
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("city", ["postgresql"], indirect=True)
def test_programs_that_are_missing_or_too_old_are_named_with_what_to_install(
    run: Run, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("processes.backups.postgresql.PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    url = city.runtime.settings.database_url
    assert "pg_dump is not installed: install" in run(url, "backup", tmp_path / "a").output
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'\n")
    old.chmod(0o755)
    told = run(url, "backup", tmp_path / "a").output
    assert "has version 9, which is older than the server's" in told
    assert "postgresql-client-" in told
    failing = "#!/bin/sh\ncase $1 in --version) echo 'pg_dump (PostgreSQL) 99.1';; *) echo full >&2; exit 3;; esac\n"
    old.write_text(failing)
    assert "pg_dump has failed: full" in run(url, "backup", tmp_path / "a").output
    assert [left.name for left in tmp_path.iterdir()] == ["pg_dump"]


def test_the_password_stands_in_no_command() -> None:
    shown = _address("postgresql+psycopg://k:very-secret@db.example:5433/kvarboende?sslmode=verify-full")
    assert "very-secret" not in shown
    told = {"user=k", "host=db.example", "port=5433", "dbname=kvarboende", "sslmode=verify-full"}
    assert set(shown.split()) == told
