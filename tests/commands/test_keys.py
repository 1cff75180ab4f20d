"""`kvarboende key` makes, lists and revokes the keys of connected systems."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from processes.actions.api_keys import recognise
from processes.actions.demo import seed_people
from processes.errors import KeyRefused
from processes.runtime import Runtime

READ = ("--scope", "tasks:read")
Keys = Callable[..., Result]
LANDLORD = (
    "Fastighetssystemet",
    "--kind",
    "landlord",
    "--administration",
    "hisingen",
    "--landlord",
    "Exempelbo AB",
)


@pytest.fixture
def key(runtime: Runtime) -> Keys:
    """Runs `kvarboende key ...` on the test's database, in which there are people."""
    with runtime.transaction() as work:
        seed_people(work)
    told = {"KVARBOENDE_DATABASE_URL": runtime.settings.database_url}
    return lambda *words: CliRunner().invoke(main, ["key", *words], env=told)


def secret_in(told: Result) -> str:
    assert told.exit_code == 0, told.output
    return told.stdout.strip()


def test_a_landlords_key_is_printed_once_and_works_at_once(key: Keys, runtime: Runtime) -> None:
    secret = secret_in(key("create", *LANDLORD))
    with runtime.reading() as work:
        found = recognise(work, secret)
        assert (found.landlord_name, found.scopes, found.created_by_id) == (
            "Exempelbo AB",
            ["notices:write"],
            None,
        )
        assert secret not in found.secret_hash
    listed = key("list", "hisingen").output
    assert "Fastighetssystemet (landlord) works" in listed
    assert secret not in listed


def test_a_key_in_a_persons_name_waits_for_the_person(key: Keys, runtime: Runtime) -> None:
    told = key(
        "create", "Robot", "--kind", "internal", "--administration", "hisingen", "--acts-as", "siv",
        "--scope", "tasks:read",
    )  # fmt: skip
    assert "Siv Samuelsson" in told.stderr
    with pytest.raises(KeyRefused), runtime.reading() as work:
        recognise(work, secret_in(told))
    assert "waits for approval" in key("list", "hisingen").output


def test_a_revoked_key_is_listed_as_such_and_opens_nothing(key: Keys, runtime: Runtime) -> None:
    secret = secret_in(key("create", *LANDLORD))
    assert key("revoke", secret[:12]).exit_code == 0
    assert "is revoked" in key("list", "hisingen").output
    with pytest.raises(KeyRefused), runtime.reading() as work:
        recognise(work, secret)


@pytest.mark.parametrize(
    "words",
    [
        ("create", "X", "--kind", "landlord", "--administration", "hisingen"),
        ("create", "X", "--kind", "internal", "--administration", "hisingen", *READ),
        ("create", "X", "--kind", "kfm", "--administration", "hisingen", "--scope", "cases:read"),
        ("create", "X", "--kind", "internal", "--administration", "sydvast", "--acts-as", "siv", *READ),
        ("revoke", "kvb_00000000"),
    ],
    ids=["no landlord", "nobody's name", "too much", "another administration", "no such key"],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_a_sentence(key: Keys, words: tuple[str, ...]) -> None:
    told = key(*words)
    assert told.exit_code == 1
    assert told.output.startswith("Error: ")
    assert "Traceback" not in told.output
