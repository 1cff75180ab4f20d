"""The worker sends what lies in the outbox to a real mail server: everything once, whatever the server does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import select, update

from processes.actions.mail import LEASE, queue_mail
from processes.models import Caseworker, Mail, Notification
from processes.rules.mail import ALARM
from processes.smtp import MailServer
from tests.city import City
from tests.mail_server import NAME, PASSWORD, Mailbox, mail_server, make_certificate
from tests.ports import free_port
from workers import mail as mail_job
from workers.mail import message_of, send_mails

ROOT = Path(__file__).parents[2]


def never() -> bool:
    return False


def plain(port: int) -> MailServer:
    return MailServer("smtp+plain", "127.0.0.1", port)


def sending(city: City, server: MailServer, authority: Path | None = None) -> City:
    """The city with this mail server in its settings."""
    settings = replace(
        city.runtime.settings,
        smtp_url=server,
        smtp_ca=authority,
        mail_from="kvarboende@example.se",
        base_url="https://kvarboende.example.se",
    )
    return City(replace(city.runtime, settings=settings), city.clock)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def mailbox(port: int) -> Iterator[Mailbox]:
    with mail_server(port) as mailbox:
        yield mailbox


@pytest.fixture
def office(city: City, port: int) -> City:
    """A city that sends its mail to this port."""
    return sending(city, plain(port))


def queue(city: City, number: int = 1, to: str = "anna", start: int = 0) -> list[int]:
    with city.runtime.transaction() as work:
        person = city.person(work, to)
        mails = [
            queue_mail(work, to=person, kind=ALARM, path="/inkorg", dedup_key=f"{to}:{one}")
            for one in range(start, start + number)
        ]
        work.session.flush()
        return [mail.id for mail in mails if mail is not None]


def send(city: City) -> datetime | None:
    return send_mails(city.runtime, never)


def mails(city: City) -> list[Mail]:
    with city.runtime.reading() as work:
        found = list(work.session.scalars(select(Mail).order_by(Mail.id)).unique())
        work.session.expunge_all()
        return found


def test_a_unit_that_is_told_has_it_in_the_mailbox(office: City, mailbox: Mailbox) -> None:
    case_id = office.register()
    with office.runtime.transaction() as work:
        work.session.execute(update(Notification).values(mailed_at=work.now))
        told = Notification(
            case_id=case_id, administration_key="hisingen", unit="vuxen", text="Påhittat larm", at=work.now
        )
        work.session.add(told)
    assert send(office) is None
    assert sorted(str(mail["To"]) for mail in mailbox.taken) == [
        "anna@kvarboende.example",
        "bosse@kvarboende.example",
    ]
    mail = mailbox.taken[0]
    assert mail["Subject"] == "Ärende KVB 2026-000001 behöver uppmärksamhet"
    assert mail["From"] == "Kvarboende <kvarboende@example.se>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_content()
    assert f"https://kvarboende.example.se/arenden/{case_id}" in text
    assert "Påhittat" not in mail.as_string()


def test_without_a_mail_server_nothing_is_sent_and_nothing_is_lost(city: City) -> None:
    queue(city)
    assert send(city) is None
    assert mails(city)[0].sent_at is None


def test_a_mail_server_that_is_down_for_an_hour_costs_nothing_but_time(
    office: City, port: int, tmp_path: Path
) -> None:
    """A server of its own is killed; mails are queued all through the hour; it comes back on the same port."""
    with mail_program(port, tmp_path):
        queue(office, 3)
        send(office)
        assert len(received(tmp_path)) == 3
    for minute in range(0, 60, 5):
        queue(office, 1, start=100 + minute)
        send(office)
        office.clock.advance(timedelta(minutes=5))
    assert len(received(tmp_path)) == 3
    with mail_program(port, tmp_path):
        for _ in range(4):
            send(office)
            office.clock.advance(timedelta(minutes=5))
    ids = [str(mail["Message-ID"]) for mail in received(tmp_path)]
    assert len(ids) == 15
    assert len(set(ids)) == 15
    assert all(mail.sent_at is not None for mail in mails(office))


@contextmanager
def mail_program(port: int, folder: Path) -> Iterator[None]:
    """A mail server as a program of its own, killed in the end as by a power failure."""
    command = [sys.executable, "-m", "tests.mail_server", str(port), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            assert program.stdout.readline() == "ready\n"
            yield
        finally:
            program.kill()


def received(folder: Path) -> list[Any]:
    return [message_from_bytes(file.read_bytes()) for file in sorted(folder.glob("*.eml"))]


def test_two_workers_never_send_the_same_mail(office: City, mailbox: Mailbox) -> None:
    queue(office, 30)
    both_ready = Barrier(2)

    def work() -> None:
        both_ready.wait()
        send(office)

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len({mail["Message-ID"] for mail in mailbox.taken}) == len(mailbox.taken) == 30


def test_a_worker_killed_after_the_servers_yes_sends_the_same_message_id_again(
    office: City, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one gap that is left: between the server's answer and our commit. A mailbox can tell that it is the same."""
    queue(office)

    class PowerFailure(BaseException):
        pass

    def fail(*_: object, **__: object) -> None:
        raise PowerFailure

    with monkeypatch.context() as patched:
        patched.setattr(mail_job, "note_sent", fail)
        with pytest.raises(PowerFailure):
            send(office)
    assert mails(office)[0].sending_since is not None
    assert send(office) == office.clock.now() + LEASE
    assert len(mailbox.taken) == 1
    office.clock.advance(LEASE)
    send(office)
    first, again = mailbox.taken
    assert first["Message-ID"] == again["Message-ID"]
    assert first["Date"] == again["Date"]


def test_a_server_that_says_later_is_asked_later(office: City, mailbox: Mailbox) -> None:
    queue(office)
    mailbox.answers = ["451 later"]
    next_at = send(office)
    assert next_at == office.clock.now() + timedelta(seconds=30)
    office.clock.move_to(next_at)
    assert send(office) is None
    assert len(mailbox.taken) == 1
    assert mails(office)[0].attempts == 2


@pytest.mark.parametrize("answer", ["554 never", "550 no such user"])
def test_a_mail_that_the_server_will_never_take_makes_way_for_the_next(
    office: City, mailbox: Mailbox, answer: str
) -> None:
    queue(office, 2)
    mailbox.answers = [answer]
    assert send(office) is None
    given_up, sent = mails(office)
    assert given_up.given_up_at is not None
    assert given_up.last_error == answer[:3]
    assert sent.sent_at is not None


def test_an_address_that_the_server_does_not_know_is_given_up_and_others_are_not(
    office: City, mailbox: Mailbox
) -> None:
    queue(office, to="bosse")
    queue(office)
    mailbox.refused = {"bosse@kvarboende.example": "550 no such user"}
    assert send(office) is None
    assert [str(mail["To"]) for mail in mailbox.taken] == ["anna@kvarboende.example"]
    assert [mail.given_up_at is None for mail in mails(office)] == [False, True]


def test_an_address_that_is_full_for_now_is_tried_again(office: City, mailbox: Mailbox) -> None:
    queue(office)
    mailbox.refused = {"anna@kvarboende.example": "452 full"}
    next_at = send(office)
    assert next_at is not None
    mailbox.refused = {}
    office.clock.move_to(next_at)
    send(office)
    assert len(mailbox.taken) == 1


def test_all_mails_of_a_round_go_the_same_way(office: City, mailbox: Mailbox) -> None:
    queue(office, 5)
    send(office)
    assert len(mailbox.taken) == 5
    assert mailbox.addressed == [["anna@kvarboende.example"]] * 5


def test_a_worker_that_is_told_to_stop_leaves_the_rest(office: City, mailbox: Mailbox) -> None:
    queue(office, 5)
    send_mails(office.runtime, lambda: len(mailbox.taken) >= 2)
    assert len(mailbox.taken) == 2
    send(office)
    assert len({mail["Message-ID"] for mail in mailbox.taken}) == len(mailbox.taken) == 5


@pytest.mark.parametrize("scheme", ["smtps", "smtp"])
def test_mail_goes_encrypted_with_name_and_password(
    city: City, port: int, tmp_path: Path, scheme: str
) -> None:
    certificate = make_certificate(tmp_path)
    url = f"{scheme}://{NAME}:{quote(PASSWORD, safe='')}@127.0.0.1:{port}"
    office = sending(city, MailServer.from_url(url), certificate[0])
    queue(office)
    with mail_server(port, certificate, scheme=scheme, with_login=True) as mailbox:
        send(office)
    assert mailbox.known == [True]


@pytest.mark.parametrize("scheme", ["smtps", "smtp"])
@pytest.mark.parametrize("why", ["unknown", "another name"])
def test_a_server_with_a_wrong_certificate_gets_no_mail(
    city: City, port: int, tmp_path: Path, scheme: str, why: str
) -> None:
    certificate = make_certificate(tmp_path, name="127.0.0.1" if why == "unknown" else "mail.example.se")
    office = sending(
        city, MailServer(scheme, "127.0.0.1", port), None if why == "unknown" else certificate[0]
    )
    queue(office)
    with mail_server(port, certificate, scheme=scheme) as mailbox:
        assert send(office) is not None
    assert mailbox.taken == []
    assert mails(office)[0].last_error == "SSLCertVerificationError"


def test_a_server_that_will_not_encrypt_gets_no_mail(city: City, port: int) -> None:
    office = sending(city, MailServer("smtp", "127.0.0.1", port))
    queue(office)
    with mail_server(port) as mailbox:
        send(office)
    assert mailbox.taken == []
    assert mails(office)[0].last_error == "SMTPNotSupportedError"


def test_a_wrong_password_stops_the_round_and_loses_nothing(city: City, port: int, tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    office = sending(city, MailServer("smtps", "127.0.0.1", port, NAME, "fel"), certificate[0])
    queue(office, 3)
    with mail_server(port, certificate, scheme="smtps", with_login=True) as mailbox:
        send(office)
    assert mailbox.taken == []
    assert [mail.attempts for mail in mails(office)] == [1, 0, 0]
    assert mails(office)[0].last_error == "SMTPAuthenticationError 535"


@pytest.mark.parametrize(
    "address", ["anna@example.se\r\nBcc: alla@example.se", "anna@example.se, alla@example.se"]
)
def test_an_address_in_the_database_that_would_write_a_header_is_never_sent(
    office: City, mailbox: Mailbox, address: str
) -> None:
    queue(office)
    queue(office, to="bosse")
    with office.runtime.transaction() as work:
        work.session.execute(update(Caseworker).where(Caseworker.username == "anna").values(email=address))
    send(office)
    assert mailbox.addressed == [["bosse@kvarboende.example"]]
    assert mails(office)[0].given_up_at is not None


def test_a_case_number_with_a_line_break_does_not_become_a_header(office: City) -> None:
    queue(office)
    mail = mails(office)[0]
    mail.case_number = "KVB\r\nBcc: alla@example.se"
    with pytest.raises(ValueError, match="linefeed"):
        _: EmailMessage = message_of(mail, office.runtime.settings)


def test_what_the_log_says_of_mail_names_no_address(
    office: City, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    queue(office, 2)
    mailbox.answers = ["554 anna@kvarboende.example is unknown"]
    with caplog.at_level("DEBUG", logger="workers"):
        send(office)
    assert "is sent" in caplog.text
    assert "554" in caplog.text
    assert "@" not in caplog.text
