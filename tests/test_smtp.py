"""The address of a mail server says how one speaks to it, and never in the clear with a password."""

from __future__ import annotations

import pytest

from processes.errors import SettingRefused
from processes.settings import Settings
from processes.smtp import MailServer

WELL = {
    "KVARBOENDE_SMTP_URL": "smtps://anna:hemligt%40ord@mail.example.se",
    "KVARBOENDE_MAIL_FROM": "kvarboende@example.se",
    "KVARBOENDE_BASE_URL": "https://kvarboende.example.se/",
}


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtps://mail.example.se", 465),
        ("smtp://mail.example.se/", 587),
        ("smtp+plain://127.0.0.1", 25),
        ("smtp://mail.example.se:2525", 2525),
    ],
)
def test_each_way_to_speak_has_its_usual_port(url: str, port: int) -> None:
    assert MailServer.from_url(url).port == port


def test_name_and_password_are_read_as_in_any_address() -> None:
    server = MailServer.from_url(WELL["KVARBOENDE_SMTP_URL"])
    assert (server.username, server.password) == ("anna", "hemligt@ord")
    assert str(server) == "smtps://mail.example.se:465"


def test_the_password_is_never_shown() -> None:
    settings = Settings.from_environment(WELL)
    assert "hemligt" not in repr(settings)
    assert "hemligt" not in repr(settings.smtp_url)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mail.example.se", "must be smtps://"),
        ("https://mail.example.se", "must be smtps://"),
        ("smtps://", "must be smtps://"),
        ("smtps://mail.example.se/inbox", "must be smtps://"),
        ("smtps://mail.example.se:99999", "must have a port number"),
        ("smtp+plain://anna:hemligt@mail.example.se", "must not send a password"),
        ("smtps://anna:l%C3%B6sen@mail.example.se", "ASCII"),
    ],
)
def test_what_cannot_be_spoken_to_is_refused_with_the_reason(url: str, sentence: str) -> None:
    with pytest.raises(SettingRefused, match=f"KVARBOENDE_SMTP_URL {sentence}|{sentence}"):
        Settings.from_environment(WELL | {"KVARBOENDE_SMTP_URL": url})


@pytest.mark.parametrize("missing", ["MAIL_FROM", "BASE_URL"])
def test_a_mail_server_needs_a_sender_and_the_address_of_the_pages(missing: str) -> None:
    with pytest.raises(
        SettingRefused, match=f"KVARBOENDE_{missing} must be set, since KVARBOENDE_SMTP_URL is"
    ):
        Settings.from_environment({name: value for name, value in WELL.items() if missing not in name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAIL_FROM", "kvarboende"),
        ("MAIL_FROM", "a@b.se\nBcc: c@d.se"),
        ("BASE_URL", "kvarboende.example.se"),
        ("BASE_URL", "javascript:alert(1)"),
        ("DIGEST_AT", "7:30"),
        ("DIGEST_AT", "24:00"),
        ("SMTP_CA", "/no/such/file"),
    ],
)
def test_what_would_spoil_a_mail_is_refused_at_the_start(name: str, value: str) -> None:
    with pytest.raises(SettingRefused, match=f"KVARBOENDE_{name} "):
        Settings.from_environment(WELL | {f"KVARBOENDE_{name}": value})


def test_links_have_one_stroke_between_the_place_and_the_page() -> None:
    assert Settings.from_environment(WELL).base_url == "https://kvarboende.example.se"
