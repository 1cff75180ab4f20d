"""Nobody changes a log unseen: the database refuses it, and who gets past the database is found by the chain."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from processes.actions.read_log import draw_sample, release_journal, review_read, write_read
from processes.clock import swedish_day
from processes.models import JournalEntry, LogChain, ReadEntry
from processes.queries.log_chains import flaws_in_journals, flaws_in_read_logs
from processes.rules.log_chain import START
from tests.city import City
from tests.conftest import A_MONDAY_MORNING

SLIPPED_IN = "INSERT INTO journal_entries (case_id, at, what, subject, details, number)"
FROM_ANOTHER = "FROM journal_entries WHERE case_id = 1 AND number = 1"
LOGS = ("read_entries", "journal_entries", "read_samples", "read_reviews")


@pytest.fixture
def logged(city: City) -> City:
    """A city with two cases and five logged reads of them."""
    first, second = city.register(), city.register(address="Provgatan 2")
    for case_id in (first, second, first, first, second):
        read(city, case_id)
    return city


def read(city: City, case_id: int, username: str = "anna") -> None:
    with city.runtime.transaction() as work:
        write_read(work, caseworker=city.person(work, username), case_id=case_id, what="cases.show")


def tamper(city: City, *statements: str) -> None:
    """Change the database as somebody would who is its owner."""
    with city.runtime.engine.begin() as connection:
        for statement in (*_without_triggers(connection), *statements):
            connection.execute(text(statement))


def _without_triggers(connection: Connection) -> Iterator[str]:
    for log in LOGS:
        if connection.dialect.name == "postgresql":
            yield f"ALTER TABLE {log} DISABLE TRIGGER USER"
        else:
            yield f"DROP TRIGGER IF EXISTS {log}_not_changed"
            yield f"DROP TRIGGER IF EXISTS {log}_not_removed"


def flaws(city: City) -> list[str]:
    with city.runtime.reading() as work:
        return [str(flaw) for flaw in (*flaws_in_read_logs(work.session), *flaws_in_journals(work.session))]


def test_logs_that_nobody_has_touched_have_no_flaws(logged: City) -> None:
    assert flaws(logged) == []
    with logged.runtime.reading() as work:
        assert work.session.get_one(LogChain, "reads:hisingen").length == 5
        assert work.session.query(JournalEntry).count() > 5


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("UPDATE read_entries SET reader_id = 1, what = 'x' WHERE number = 3", "row 3: was changed"),
        ("UPDATE read_entries SET at = '2026-01-01 00:00:00+00' WHERE number = 5", "row 5: was changed"),
        ("DELETE FROM read_entries WHERE number = 2", "row 2: is missing"),
        ("DELETE FROM read_entries WHERE number = 5", "row 5: is missing"),
        ("DELETE FROM read_entries", "row 1: to row 5 are missing"),
        ("UPDATE log_chains SET length = 4 WHERE name = 'reads:hisingen'", "row 5: was inserted"),
        ("UPDATE log_chains SET hash = 'x' WHERE name = 'reads:hisingen'", "row 5: is not the row"),
    ],
)
def test_tampering_with_the_read_log_is_found_and_where(logged: City, deed: str, said: str) -> None:
    tamper(logged, deed)
    assert [flaw for flaw in flaws(logged) if flaw.startswith(f"reads:hisingen, {said}")]
    assert all(flaw.startswith("reads:hisingen") for flaw in flaws(logged))


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("UPDATE journal_entries SET by_id = NULL WHERE case_id = 2 AND number = 1", "row 1: was changed"),
        ("DELETE FROM journal_entries WHERE case_id = 2 AND number = 2", "row 2: is missing"),
        ("DELETE FROM journal_entries WHERE case_id = 2", "row 1: to row"),
        (f"{SLIPPED_IN} SELECT 2, at, what, subject, details, 1 {FROM_ANOTHER}", "row 1: was inserted"),
        (f"{SLIPPED_IN} SELECT 2, at, what, subject, details, 0 {FROM_ANOTHER}", "row 0: was inserted"),
    ],
)
def test_tampering_with_a_journal_is_found_and_where(logged: City, deed: str, said: str) -> None:
    tamper(logged, deed)
    found = flaws(logged)
    assert found
    assert all(flaw.startswith("journal:2, ") for flaw in found)
    assert any(flaw.startswith(f"journal:2, {said}") for flaw in found)


def test_a_row_slipped_into_the_read_log_is_found(logged: City) -> None:
    with logged.runtime.transaction() as work:
        anna = logged.person(work, "anna")
        write_read(work, caseworker=anna, case_id=1, what="cases.show")
    tamper(logged, "UPDATE log_chains SET length = 5 WHERE name = 'reads:hisingen'")
    assert flaws(logged) == ["reads:hisingen, row 6: was inserted: the chain ends with row 5"]


@pytest.mark.parametrize("log", LOGS)
def test_the_database_itself_refuses_to_change_a_log(logged: City, log: str) -> None:
    with logged.runtime.transaction() as work:
        gun = logged.person(work, "gun")
        today = swedish_day(work.now)
        draw_sample(work, caseworker=gun, first_on=today, last_on=today, size=1)
        review_read(work, caseworker=gun, read_id=1, finding="justified", note="")
    for deed in ("UPDATE {} SET id = id", "DELETE FROM {}"):
        with (
            pytest.raises(DBAPIError, match=f"{log} is append-only"),
            logged.runtime.engine.begin() as connection,
        ):
            connection.execute(text(deed.format(log)))
    assert flaws(logged) == []


def test_a_log_cannot_be_emptied(logged: City) -> None:
    if (
        logged.runtime.engine.dialect.name == "sqlite"
    ):  # has no such statement: a DELETE without condition is refused
        return
    with (
        pytest.raises(DBAPIError, match="read_entries is append-only"),
        logged.runtime.engine.begin() as connection,
    ):
        connection.execute(text("TRUNCATE read_entries CASCADE"))


def test_a_journal_is_deleted_only_after_it_was_given_free_and_leaves_its_end_behind(logged: City) -> None:
    with logged.runtime.transaction() as work:
        release_journal(work, case_id=1)
        work.session.execute(text("DELETE FROM journal_entries WHERE case_id = 1"))
    assert flaws(logged) == []
    with logged.runtime.reading() as work:
        end = work.session.get_one(LogChain, "journal:1")
        assert (end.released_at, end.hash != START) == (work.now, True)


def test_every_column_of_a_log_is_covered_by_its_fingerprint() -> None:
    place = {"id", "number", "hash"}
    for log in (ReadEntry, JournalEntry):
        said = {"on_behalf_of_id": 7} if log is ReadEntry else {}
        content = log(at=A_MONDAY_MORNING, **said).content
        assert len(set(log.__table__.columns.keys()) - place) == len(content), log


def test_a_read_is_not_logged_where_it_would_be_forgotten(logged: City) -> None:
    with logged.runtime.reading() as work, pytest.raises(ValueError, match="not in one for reading only"):
        write_read(work, caseworker=logged.person(work, "anna"), case_id=1, what="cases.show")


def test_many_who_read_at_once_stand_one_after_the_other_in_the_log(logged: City) -> None:
    def read_five_times() -> None:
        for _ in range(5):
            read(logged, 1)

    threads = [Thread(target=read_five_times) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with logged.runtime.reading() as work:
        numbers = work.session.scalars(select(ReadEntry.number).order_by(ReadEntry.number)).all()
    assert numbers == list(range(1, 26))
    assert flaws(logged) == []
