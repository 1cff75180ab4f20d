"""Transactions: all or nothing, one writer after another, and instants that come back as they went in."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Select, func, literal_column, select, text
from sqlalchemy.exc import OperationalError, StatementError

from processes.database import open_database
from processes.errors import CaseChangedMeanwhile
from processes.models import Administration, DiagramVersion
from processes.runtime import Runtime
from processes.settings import Settings
from tests.postgres import PostgresServer


def test_an_exception_in_the_block_leaves_nothing_behind(runtime: Runtime) -> None:
    with pytest.raises(ZeroDivisionError), runtime.transaction() as work:
        work.session.add(Administration(key="a", name="A"))
        work.session.flush()
        raise ZeroDivisionError
    with runtime.reading() as work:
        assert work.session.scalar(select(func.count()).select_from(Administration)) == 0


def test_what_is_changed_while_reading_is_thrown_away(runtime: Runtime) -> None:
    with runtime.reading() as work:
        work.session.add(Administration(key="a", name="A"))
    with runtime.reading() as work:
        assert work.session.get(Administration, "a") is None


def test_an_instant_comes_back_aware_and_in_utc(runtime: Runtime) -> None:
    summer = datetime(2026, 6, 1, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    with runtime.transaction() as work:
        work.session.add(_version(summer))
    with runtime.reading() as work:
        found = work.session.scalars(select(DiagramVersion)).one().published_at
    assert found == summer
    assert found.utcoffset() == timedelta(0)


def test_a_naive_instant_is_refused(runtime: Runtime) -> None:
    with pytest.raises(StatementError, match="no time zone"), runtime.transaction() as work:
        work.session.add(_version(datetime(2026, 6, 1, 9, 30)))  # noqa: DTZ001  # the point of the test


def test_many_threads_write_at_once_and_none_is_turned_away(runtime: Runtime) -> None:
    failed: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for round_number in range(5):
                with runtime.transaction() as work:
                    work.session.scalar(select(func.count()).select_from(Administration))
                    key = f"{number}-{round_number}"
                    work.session.add(Administration(key=key, name=key))
        except BaseException as error:  # noqa: BLE001  # whatever it is, the test must see it
            failed.append(error)

    threads = [threading.Thread(target=write, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with runtime.reading() as work:
        assert work.session.scalar(select(func.count()).select_from(Administration)) == 30


@pytest.mark.parametrize("code", ["40P01", "40001", "55P03", "57014"])
def test_a_clash_is_told_as_one_whatever_language_the_server_speaks(settings: Settings, code: str) -> None:
    if settings.database_url.startswith("sqlite"):
        raised: Exception = sqlite3.OperationalError("database is locked")
    else:
        raised = psycopg.errors.lookup(code)("dödläge upptäckt")
    runtime = Runtime.open(settings)
    with pytest.raises(CaseChangedMeanwhile), runtime.transaction():
        raise OperationalError("UPDATE", {}, raised)
    runtime.close()


def test_a_database_that_is_away_is_no_clash(runtime: Runtime) -> None:
    with pytest.raises(OperationalError), runtime.transaction():
        raise OperationalError("UPDATE", {}, OSError("the server closed the connection"))


def test_more_statements_stay_planned_than_the_driver_keeps(postgres: PostgresServer) -> None:
    engine = open_database(postgres.create("planned"))
    statements: list[Select[Any]] = [select(literal_column(str(number))) for number in range(150)]
    with engine.connect() as connection:
        for _round in range(6):
            for statement in statements:
                connection.execute(statement)
        assert connection.scalar(text("SELECT count(*) FROM pg_prepared_statements")) >= len(statements)
    engine.dispose()
    postgres.drop("planned")


def test_what_writes_is_planned_once_and_what_only_reads_by_what_it_asks(postgres: PostgresServer) -> None:
    runtime = Runtime.open(Settings.from_environment({"KVARBOENDE_DATABASE_URL": postgres.create("plans")}))
    asked = text("SHOW plan_cache_mode")
    for _again in range(2):  # the same connection, which keeps nothing of what it was
        with runtime.transaction() as work:
            assert work.session.scalar(asked) == "force_generic_plan"
        with runtime.reading() as work:
            assert work.session.scalar(asked) == "auto"
        with runtime.at_one_instant() as work:
            assert work.session.scalar(asked) == "auto"
            assert work.session.scalar(text("SHOW transaction_isolation")) == "repeatable read"
    runtime.close()
    postgres.drop("plans")


def test_many_open_a_new_file_at_the_same_moment(tmp_path: Path) -> None:
    for number in range(10):
        together = threading.Barrier(6)
        url = f"sqlite:///{tmp_path / f'{number}.db'}"

        def open_new(url: str = url, together: threading.Barrier = together) -> str:
            engine = open_database(url)
            together.wait()
            with engine.connect() as connection:
                return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())

        with ThreadPoolExecutor(6) as threads:
            assert {opened.result() for opened in [threads.submit(open_new) for _ in range(6)]} == {"wal"}


def _version(published_at: datetime) -> DiagramVersion:
    return DiagramVersion(
        process_key="p",
        version="v",
        title="P",
        files=b"",
        published_at=published_at.astimezone(UTC) if published_at.tzinfo else published_at,
        is_current=True,
    )
