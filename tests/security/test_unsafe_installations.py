"""The pages do not start in a way that would give real cases away, and say in a sentence what to change."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from app import wsgi
from app.cli import main
from app.safety import dangers_among_people, dangers_in, is_this_computer
from processes.actions.demo import seed_people
from processes.actions.people import add_administration, add_caseworker
from processes.errors import SettingRefused
from processes.rules.units import Role
from processes.settings import Settings
from tests.ports import free_port

KEY = "0123456789abcdef" * 2


def installed(**settings: str) -> Settings:
    """The settings of an installation with a good key and these."""
    told = {"secret_key": KEY} | settings
    return Settings.from_environment({f"KVARBOENDE_{name.upper()}": value for name, value in told.items()})


@pytest.mark.parametrize("key", ["k" * 32, "ab" * 20, "0" * 64, "secret" * 6])
def test_a_key_that_can_be_guessed_is_refused(key):
    assert "can be guessed" in dangers_in(installed(secret_key=key))[0]


@pytest.mark.parametrize("password", ["postgres", "kvarboende", "password", "changeme"])
def test_a_database_password_that_everybody_tries_is_refused(password):
    url = f"postgresql://kvarboende:{password}@database.example/kvarboende"
    [danger] = dangers_in(installed(database_url=url))
    assert "KVARBOENDE_DATABASE_URL" in danger
    assert f":{password}@" not in danger


@pytest.mark.parametrize("host", ["::", "10.0.0.5", "kvarboende.example", "192.168.1.2"])
def test_cases_are_not_sent_unencrypted_to_other_computers(host):
    [danger] = dangers_in(installed(host=host))
    assert "KVARBOENDE_HTTPS" in danger
    assert dangers_in(installed(host=host, https="1")) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_computer_alone_needs_no_encryption(host):
    assert is_this_computer(host)
    assert dangers_in(installed(host=host)) == []


def test_a_demo_may_be_shown_to_colleagues():
    assert dangers_in(installed(host="10.0.0.5", demo="1", secret_key="k" * 32)) == []


def test_an_open_demo_is_refused_where_a_real_administration_is(runtime):
    with runtime.transaction() as work:
        seed_people(work)
        add_administration(work, key="storstad", name="Socialförvaltningen Storstad")
    with runtime.reading() as work:
        [danger] = dangers_among_people(work, installed(demo="1"))
    assert "storstad" in danger
    assert "KVARBOENDE_DEMO" in danger


def test_an_open_demo_on_postgresql_is_refused_where_somebody_really_works(runtime):
    with runtime.transaction() as work:
        seed_people(work)
        add_caseworker(
            work, username="maj", name="Maj", administration="hisingen", memberships=[(None, Role.AUDITOR)]
        )
    on_postgresql = installed(demo="1", database_url="postgresql://x@127.0.0.1/x")
    with runtime.reading() as work:
        assert "maj" in dangers_among_people(work, on_postgresql)[0]
        assert dangers_among_people(work, installed(demo="1")) == []


def test_the_demo_itself_is_fine_in_a_demo_and_refused_outside_it(runtime):
    with runtime.transaction() as work:
        seed_people(work)
    with runtime.reading() as work:
        assert (
            dangers_among_people(work, installed(demo="1", database_url="postgresql://x@127.0.0.1/x")) == []
        )
        [danger] = dangers_among_people(work, installed())
    assert "never a demo" in danger


def test_nobody_at_all_is_no_danger(runtime):
    with runtime.reading() as work:
        assert dangers_among_people(work, installed()) == []


@pytest.fixture
def environment(runtime, monkeypatch) -> dict[str, str]:
    """A database with the demo's people, and settings that are those of no demo."""
    with runtime.transaction() as work:
        seed_people(work)
    url = str(runtime.engine.url.render_as_string(hide_password=False))
    return {
        "KVARBOENDE_DATABASE_URL": url,
        "KVARBOENDE_SECRET_KEY": KEY,
        "KVARBOENDE_PORT": str(free_port()),
    }


def test_serve_ends_with_the_sentence(environment):
    told = CliRunner().invoke(main, ["serve"], env=environment)
    assert told.exit_code == 1
    assert "never a demo" in told.output
    assert "Traceback" not in told.output


def test_doctor_explains_it(environment):
    told = CliRunner().invoke(main, ["doctor"], env=environment | {"KVARBOENDE_HOST": "10.0.0.5"})
    assert told.exit_code == 1
    assert "never a demo" in told.output
    assert "KVARBOENDE_HTTPS" in told.output
    assert "KVARBOENDE_TRUSTED_HOSTS" in told.output


def test_another_web_server_refuses_it_as_well(environment, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingRefused, match="never a demo"):
        wsgi.app()


def test_without_a_key_there_are_no_pages(environment, monkeypatch):
    told = CliRunner().invoke(main, ["serve"], env=environment | {"KVARBOENDE_SECRET_KEY": ""})
    assert told.exit_code == 1
    assert "KVARBOENDE_SECRET_KEY must be set" in told.output
