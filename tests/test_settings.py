"""What is set from outside is read once, and what cannot be used is refused with its name."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from processes.errors import SettingRefused
from processes.rules.stuck_limits import Limits
from processes.runtime import policy_of
from processes.setting_values import LIMITS
from processes.settings import PREFIX, Settings, explained


def test_without_any_variable_the_cases_are_in_a_file_under_var():
    settings = Settings.from_environment({})
    assert settings.is_embedded
    assert settings.database_file == Path("var/kvarboende.db").resolve()
    assert (settings.host, settings.port, settings.demo, settings.secret_key) == (
        "127.0.0.1",
        8000,
        False,
        None,
    )


def test_the_defaults_of_the_class_are_those_of_an_empty_environment():
    assert Settings() == Settings.from_environment({})


def test_a_variable_without_text_counts_as_not_set():
    assert Settings.from_environment({"KVARBOENDE_PORT": " "}).port == 8000


def test_a_postgresql_address_gets_the_driver_that_is_installed():
    settings = Settings.from_environment(
        {"KVARBOENDE_DATABASE_URL": "postgresql://anna:p%40ss@db/kvarboende"}
    )
    assert settings.database_url == "postgresql+psycopg://anna:p%40ss@db/kvarboende"
    assert not settings.is_embedded
    with pytest.raises(ValueError, match="not a file"):
        _ = settings.database_file


def test_a_misspelt_variable_is_refused_with_the_nearest_name():
    with pytest.raises(
        SettingRefused, match="DATABSE_URL is not a setting; did you mean KVARBOENDE_DATABASE_URL"
    ):
        Settings.from_environment({"KVARBOENDE_DATABSE_URL": "sqlite:///a.db"})


def test_other_programs_variables_are_left_alone():
    Settings.from_environment({"PATH": "/usr/bin", "PORT": "no"})


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "0", "must be a port number"),
        ("PORT", "http", "must be a port number"),
        ("PORT", "65536", "must be a port number"),
        ("DEMO", "perhaps", "must be 1 or 0"),
        ("WEB_THREADS", "0", "must be a whole number"),
        ("WORKER_SECONDS", "nan", "must be a number of seconds"),
        ("WORKER_SECONDS", "soon", "must be a number of seconds"),
        ("LOG_LEVEL", "loud", "must be one of debug, info"),
        ("DIAGRAMS", "/no/such/folder", "names /no/such/folder, which is not a folder"),
        ("SECRET_KEY", "short", "must have at least 32 characters"),
        ("DATABASE_URL", "mysql://db/cases", "must be sqlite:///<file> or postgresql://"),
        ("DATABASE_URL", "not an address", "must be sqlite:///<file> or postgresql://"),
        ("DATABASE_URL", "sqlite://", "must name a file"),
        ("DATABASE_URL", "sqlite:///:memory:", "must name a file"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name, value, sentence):
    with pytest.raises(SettingRefused, match=f"KVARBOENDE_{name} {sentence}"):
        Settings.from_environment({f"KVARBOENDE_{name}": value})


def test_every_problem_is_told_at_once():
    with pytest.raises(SettingRefused) as refused:
        Settings.from_environment(
            {"KVARBOENDE_PORT": "x", "KVARBOENDE_DEMO": "x", "KVARBOENDE_COLOUR": "red"}
        )
    assert len(str(refused.value).splitlines()) == 3


def test_settings_cannot_be_changed_after_they_were_read():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def test_every_setting_explains_itself():
    assert [name for name, _, _ in explained()] == [
        PREFIX + one.name.upper() for one in dataclasses.fields(Settings)
    ]
    assert all(meaning for _, _, meaning in explained())


def test_a_printed_setting_shows_no_secret():
    secrets = {
        "KVARBOENDE_SECRET_KEY": "hush" * 8,
        "KVARBOENDE_DATABASE_URL": "postgresql://anna:hush@db/cases",
    }
    assert "hush" not in repr(Settings.from_environment(secrets))


def test_when_work_counts_as_stuck_can_be_said_for_some_of_it():
    said = {"KVARBOENDE_STUCK_AFTER": "overdue_working_days=2, gate_days=14"}
    limits = policy_of(Settings.from_environment(said)).limits
    assert (limits.overdue_working_days, limits.gate_days) == (2, 14)
    assert limits.letter_working_days == Limits().letter_working_days


@pytest.mark.parametrize(
    "said", ["gate_days", "gate_days=0", "gate_days=soon", "gates=3", "gate_days=100001"]
)
def test_an_odd_limit_is_refused_with_the_names_that_there_are(said):
    with pytest.raises(SettingRefused, match="late_minutes"):
        Settings.from_environment({"KVARBOENDE_STUCK_AFTER": said})


def test_every_limit_can_be_set_and_is_documented():
    names = [field.name for field in dataclasses.fields(Limits)]
    assert list(LIMITS) == names
    document = (Path(__file__).parent.parent / "docs" / "arbetsledning.md").read_text()
    for name, usual in dataclasses.asdict(Limits()).items():
        assert f"| `{name}` | {usual} " in document


def test_a_limit_below_one_is_no_limit():
    with pytest.raises(ValueError, match="gate_days"):
        Limits(gate_days=0)


def test_a_secret_may_stand_in_a_file(tmp_path: Path):
    file = tmp_path / "key"
    file.write_text("k" * 40 + "\n")
    assert Settings.from_environment({"KVARBOENDE_SECRET_KEY_FILE": str(file)}).secret_key == "k" * 40


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"KVARBOENDE_SECRET_KEY_FILE": "/nowhere/key"},
            "KVARBOENDE_SECRET_KEY_FILE names /nowhere/key, which",
        ),
        ({"KVARBOENDE_SECRET_KEY_FILE": "/dev/null", "KVARBOENDE_SECRET_KEY": "x" * 40}, "are both set"),
        ({"KVARBOENDE_PORT_FILE": "/dev/null"}, "KVARBOENDE_PORT_FILE is not a setting"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_variable(given, sentence):
    with pytest.raises(SettingRefused, match=sentence):
        Settings.from_environment(given)
