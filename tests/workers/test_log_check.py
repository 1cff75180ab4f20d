"""The logs are checked every day by themselves, and who watches over them is told of tampering on every page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from app import create_app
from processes.actions.read_log import write_read
from processes.models import LogCheck
from tests.app.conftest import Site
from tests.city import City
from workers.log_check import check_logs

WARNING = "Någon har ändrat i loggarna."


def never() -> bool:
    return False


def checks(city: City) -> list[int]:
    with city.runtime.reading() as work:
        return list(work.session.scalars(select(LogCheck.flaws).order_by(LogCheck.id)))


def tamper(city: City) -> None:
    with city.runtime.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE read_entries DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER read_entries_not_changed"))
        connection.execute(text("UPDATE read_entries SET what = 'x' WHERE number = 1"))


@pytest.fixture
def read_city(city: City) -> City:
    case_id = city.register()
    with city.runtime.transaction() as work:
        write_read(work, caseworker=city.person(work, "anna"), case_id=case_id, what="cases.show")
    return city


def test_sound_logs_are_checked_once_a_day(read_city: City) -> None:
    tomorrow = read_city.clock.now() + timedelta(days=1)
    assert check_logs(read_city.runtime, never) == tomorrow
    read_city.clock.advance(timedelta(hours=23))
    assert check_logs(read_city.runtime, never) == tomorrow
    assert checks(read_city) == [0]
    read_city.clock.move_to(tomorrow)
    check_logs(read_city.runtime, never)
    assert checks(read_city) == [0, 0]


def test_tampering_is_found_told_to_a_watching_program_and_remembered(
    read_city: City, caplog: pytest.LogCaptureFixture
) -> None:
    tamper(read_city)
    check_logs(read_city.runtime, never)
    assert checks(read_city) == [1]
    [line] = [record.getMessage() for record in caplog.records if record.name == "kvarboende.security"]
    assert "tampered" in line
    assert "reads:hisingen, row 1" in line


def test_auditors_and_who_keeps_the_system_are_told_on_every_page_and_nobody_else_is(read_city: City) -> None:
    site = _pages_of(read_city)
    gun, stig, anna = (site.browser(name) for name in ("gun", "stig", "anna"))
    assert WARNING not in gun.page("/inkorg")
    tamper(read_city)
    check_logs(read_city.runtime, never)
    for watcher in (gun, stig):
        assert WARNING in watcher.page("/inkorg")
        assert "reads:hisingen, row 1" in watcher.page("/personal/nekade-inloggningar")
    assert WARNING not in anna.page("/inkorg")


def _pages_of(city: City) -> Site:
    city.runtime.settings = replace(city.runtime.settings, demo=True)
    return Site(create_app(city.runtime), city.runtime, city.clock)
