"""The worker makes the digests when their time of day has come, and none without a mail server."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

from sqlalchemy import func, select

from processes.actions.mail_choices import choose_mail
from processes.models import Mail
from processes.rules.mail import DIGEST
from processes.smtp import MailServer
from tests.city import City
from workers.digest import Digests

TUESDAY = datetime(2026, 3, 3, 6, 30, tzinfo=UTC)
JOB = Digests(time(7, 30))


def never() -> bool:
    return False


def with_mail(city: City) -> City:
    settings = replace(
        city.runtime.settings,
        smtp_url=MailServer("smtp+plain", "127.0.0.1", 1),
        mail_from="kvarboende@example.se",
        base_url="https://kvarboende.example.se",
    )
    return City(replace(city.runtime, settings=settings), city.clock)


def want_digest(city: City, *usernames: str) -> None:
    with city.runtime.transaction() as work:
        for username in usernames:
            choose_mail(work, caseworker=city.person(work, username), wanted=[DIGEST])


def made(city: City) -> int:
    with city.runtime.reading() as work:
        return work.session.scalar(select(func.count()).select_from(Mail)) or 0


def test_everybody_who_wants_a_digest_gets_one_in_the_morning(city: City) -> None:
    city = with_mail(city)
    city.register_eviction()
    want_digest(city, "siv", "anna")
    assert JOB(city.runtime, never) == TUESDAY
    assert made(city) == 0
    city.clock.move_to(TUESDAY)
    assert JOB(city.runtime, never) == datetime(2026, 3, 4, 6, 30, tzinfo=UTC)
    first = made(city)
    assert first >= 1
    JOB(city.runtime, never)
    assert made(city) == first


def test_without_a_mail_server_no_digest_is_made(city: City) -> None:
    city.register_eviction()
    want_digest(city, "siv")
    city.clock.move_to(TUESDAY)
    assert JOB(city.runtime, never) is None
    assert made(city) == 0
