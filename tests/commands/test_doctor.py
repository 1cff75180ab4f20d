"""`kvarboende doctor` says what is well with an installation and what is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.commands.doctor import sqlite_is_mended
from tests.mail_server import mail_server, make_certificate
from tests.ports import free_port

Doctor = Callable[..., Result]


@pytest.fixture
def doctor(tmp_path, monkeypatch) -> Doctor:
    """Runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda **settings: CliRunner().invoke(
        main, ["doctor"], env={f"KVARBOENDE_{name.upper()}": value for name, value in settings.items()}
    )


def line_of(told: Result, what: str) -> str:
    return next(line for line in told.output.splitlines() if f"{what}: " in line)


def test_a_database_with_its_tables_is_well(doctor, database_url):
    told = doctor(database_url=database_url, secret_key="only-for-tests-" * 3)
    assert line_of(told, "database").startswith(("ok", "warning"))
    assert line_of(told, "secret key") == "ok      secret key: set"


def test_a_database_without_tables_is_wrong_and_says_what_to_do(doctor, empty_database_url):
    told = doctor(database_url=empty_database_url)
    assert told.exit_code == 1
    assert line_of(told, "database").startswith("WRONG")
    assert "run `kvarboende migrate`" in line_of(told, "database")


def test_a_database_that_does_not_answer_is_wrong(doctor):
    told = doctor(database_url="postgresql://nobody@127.0.0.1:1/nothing")
    assert told.exit_code == 1
    assert line_of(told, "database").startswith("WRONG")
    assert "Traceback" not in told.output


def test_postgresql_without_a_key_is_wrong_since_its_programs_share_no_folder(doctor):
    told = doctor(database_url="postgresql://nobody@127.0.0.1:1/nothing")
    assert line_of(told, "secret key").startswith("WRONG")


def test_a_demo_on_postgresql_is_a_warning(doctor):
    told = doctor(database_url="postgresql://nobody@127.0.0.1:1/nothing", demo="1")
    assert line_of(told, "demo").startswith("warning")


def test_looking_changes_nothing(doctor, tmp_path):
    doctor()
    assert list(tmp_path.iterdir()) == []


def test_browser_files_that_are_not_built_are_wrong(doctor, tmp_path, monkeypatch):
    monkeypatch.setattr("app.commands.doctor.BUNDLE", tmp_path / "manifest.json")
    told = doctor()
    assert told.exit_code == 1
    assert "run `make frontend`" in line_of(told, "bundle")


@pytest.mark.parametrize(
    ("version", "mended"),
    [
        ((3, 53, 4), True),
        ((3, 51, 3), True),
        ((3, 51, 2), False),
        ((3, 50, 7), True),
        ((3, 50, 6), False),
        ((3, 44, 6), True),
        ((3, 40, 1), False),
    ],
)
def test_the_sqlite_that_may_lose_a_commit_is_known_by_its_number(version, mended):
    assert sqlite_is_mended(version) is mended


MAIL = {"mail_from": "kvarboende@example.se", "base_url": "https://kvarboende.example.se"}


def test_no_mail_server_is_well_and_says_what_that_means(doctor):
    told = doctor()
    assert line_of(told, "mail").startswith("ok      mail: off: KVARBOENDE_SMTP_URL is not set")


def test_a_mail_server_that_answers_is_well_and_one_that_does_not_is_wrong(doctor):
    port = free_port()
    with mail_server(port):
        told = doctor(smtp_url=f"smtp+plain://127.0.0.1:{port}", **MAIL)
        assert line_of(told, "mail").startswith("ok")
    told = doctor(smtp_url=f"smtp+plain://127.0.0.1:{port}", **MAIL)
    assert line_of(told, "mail").startswith("WRONG")
    assert "Traceback" not in told.output


def test_a_mail_server_whose_certificate_nobody_vouches_for_is_wrong(doctor, tmp_path):
    port, certificate = free_port(), make_certificate(tmp_path)
    with mail_server(port, certificate, scheme="smtps"):
        url = f"smtps://127.0.0.1:{port}"
        assert line_of(doctor(smtp_url=url, **MAIL), "mail").startswith("WRONG")
        told = doctor(smtp_url=url, smtp_ca=str(certificate[0]), **MAIL)
        assert line_of(told, "mail").startswith("ok")
