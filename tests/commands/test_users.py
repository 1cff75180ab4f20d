"""`kvarboende user` says who may sign in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from processes.actions.people import check_password
from processes.errors import NotSignedIn
from processes.queries.people import find_caseworker
from processes.queries.sign_in import find_by_identity
from processes.rules.units import Unit
from processes.runtime import Runtime

Users = Callable[..., Result]
LISA = ("lisa", "--name", "Lisa Provsson", "--administration", "hisingen", "--role", "handlaggare")


@pytest.fixture
def user(runtime: Runtime) -> Users:
    """Runs `kvarboende user ...` on the test's database."""
    told = {"KVARBOENDE_DATABASE_URL": runtime.settings.database_url}
    return lambda *words, **more: CliRunner().invoke(main, ["user", *words], env=told | more)


def password_in(told: Result) -> str:
    assert told.exit_code == 0, told.output
    return told.output.split()[-1]


def test_a_person_is_added_with_a_password_to_be_changed(user: Users, runtime: Runtime) -> None:
    told = user("add", *LISA, "--unit", "vuxen", "--administration-name", "Socialförvaltningen Hisingen")
    with runtime.reading() as work:
        lisa = check_password(work, username="lisa", password=password_in(told))
        assert lisa.password_is_temporary
        assert lisa.administration.name == "Socialförvaltningen Hisingen"
        assert lisa.units == {Unit.ADULTS}


def test_an_administration_that_is_not_there_yet_must_be_named(user: Users) -> None:
    told = user("add", *LISA)
    assert told.exit_code != 0
    assert "--administration-name" in told.output


def test_nobody_is_added_twice(user: Users) -> None:
    user("add", *LISA, "--administration-name", "Hisingen")
    told = user("add", *LISA)
    assert told.exit_code == 1
    assert "already" in told.output
    assert "Traceback" not in told.output


def test_a_new_password_replaces_the_old_one(user: Users, runtime: Runtime) -> None:
    old = password_in(user("add", *LISA, "--administration-name", "Hisingen"))
    new = password_in(user("password", "lisa"))
    with runtime.reading() as work:
        check_password(work, username="lisa", password=new)
        with pytest.raises(NotSignedIn):
            check_password(work, username="lisa", password=old)


def test_a_deactivated_person_cannot_sign_in(user: Users, runtime: Runtime) -> None:
    password = password_in(user("add", *LISA, "--administration-name", "Hisingen"))
    assert user("deactivate", "lisa").exit_code == 0
    with runtime.reading() as work, pytest.raises(NotSignedIn):
        check_password(work, username="lisa", password=password)
    assert user("deactivate", "ingen").exit_code == 1


def test_a_person_is_connected_to_the_identity_provider(user: Users, runtime: Runtime, tmp_path) -> None:
    user("add", *LISA, "--administration-name", "Hisingen")
    assert "KVARBOENDE_OIDC_ISSUER" in user("link", "lisa", "s-1").output
    groups = tmp_path / "groups.toml"
    groups.touch()
    issuer = {"KVARBOENDE_OIDC_ISSUER": "https://id.example", "KVARBOENDE_OIDC_CLIENT_ID": "kvarboende"}
    told = user("link", "lisa", "s-1", **issuer, KVARBOENDE_OIDC_GROUPS=str(groups))
    assert told.exit_code == 0, told.output
    with runtime.reading() as work:
        lisa = find_by_identity(work.session, "https://id.example", "s-1")
        assert lisa is find_caseworker(work.session, "lisa")


def test_mail_goes_where_the_command_says(user: Users, runtime: Runtime) -> None:
    user("add", *LISA, "--administration-name", "Socialförvaltningen Hisingen")
    assert "goes to lisa@example.se" in user("email", "lisa", "lisa@example.se").output
    refused = user("email", "lisa", "lisa@example.se, alla@example.se")
    assert refused.exit_code == 1
    assert "e-postadress" in refused.output
    outside = user("email", "lisa", "lisa@hemma.example", KVARBOENDE_MAIL_DOMAINS="kommun.example")
    assert outside.exit_code == 1
    with runtime.reading() as work:
        lisa = find_caseworker(work.session, "lisa")
        assert lisa is not None
        assert lisa.email == "lisa@example.se"
    assert "gets no mail" in user("email", "lisa").output
