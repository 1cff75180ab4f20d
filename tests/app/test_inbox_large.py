"""Inbox and supervision among a hundred thousand open tasks: no more statements than among few, each by an index."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, text

from app import create_app
from processes.clock import ManualClock
from processes.models import Base, Case, Deadline, MonthFigure, Task
from processes.runtime import Runtime
from processes.settings import Settings
from processes.unit_of_work import UnitOfWork
from tests.actions.test_statements import nodes, reads_everything
from tests.app.conftest import Site
from tests.conftest import A_MONDAY_MORNING
from tests.postgres import PostgresServer
from workers.month_figures import count_months
from workers.task_counts import count_open_tasks

FEW, CASES, TASKS_OF_EACH = 1_000, 20_000, 5
LARGE = {"tasks", "cases", "deadlines"}
MOST_ROWS = 10_000
"""More than this no page may sort or put together, of a hundred thousand."""
PAGES = (
    *(("anna", f"/inkorg?vy={tab}") for tab in ("mina", "enheten", "vantar", "alla")),
    *(("maria", f"/inkorg?vy=alla&ordning={order}") for order in ("tid", "lagdatum")),
    ("maria", "/inkorg?vy=alla&nar=late&barn=ja&vem=ingen"),
    ("maria", "/inkorg?vy=alla&enhet=vuxen&lagdatum=7&ordning=lagdatum"),
    ("anna", "/inkorg?vy=enheten&sok=steg"),
    ("anna", "/inkorg/uppgifter?vy=enheten"),
)
SUPERVISION = (
    "/arbetsledning",
    "/arbetsledning/nu",
    "/arbetsledning/varmekarta",
    "/arbetsledning/varmekarta/underrattelse",
    "/arbetsledning/varmekarta/underrattelse?enhet=vuxen&period=month",
    "/arbetsledning/statistik",
    "/arbetsledning/statistik?typ=A&enhet=vuxen",
    "/arbetsledning/statistik/statistik.csv",
)
FIGURES = 60_000
LIST = re.compile(r"\(%\(.*?\)s[^()]*(?:, %\(.*?\)s[^()]*)*\)")
Asked = list[tuple[str, Any]]


@dataclass
class Crowded:
    """A city in whose many cases five tasks each are open, and what each page asked when there were few."""

    site: Site
    before: Mapping[str, Asked]


@pytest.fixture(scope="module")
def crowded(postgres: PostgresServer, postgres_city: str) -> Iterator[Crowded]:
    """The pages of a city with so many open tasks."""
    name = f"crowded_{os.getpid()}"
    environment = {
        "KVARBOENDE_DATABASE_URL": postgres.create(name, template=postgres_city),
        "KVARBOENDE_SECRET_KEY": "only-for-tests-" * 3,
        "KVARBOENDE_DEMO": "1",
    }
    clock = ManualClock(A_MONDAY_MORNING)
    runtime = Runtime.open(Settings.from_environment(environment), clock=clock)
    site = Site(create_app(runtime), runtime, clock)
    site.register()
    with runtime.transaction() as work:
        fill(work, cases=FEW)
    count_months(runtime, lambda: False)
    count_open_tasks(runtime, lambda: False)
    site.browser("maria").page("/arbetsledning/varmekarta/underrattelse")  # the diagrams are parsed once
    before = {path: asked_by(site, who, path, rows=50) for who, path in PAGES}
    before |= {path: asked_by(site, "maria", path) for path in SUPERVISION}
    with runtime.transaction() as work, indexes_made_last(work):
        fill(work, cases=CASES)
    with runtime.transaction() as work:
        fill_figures(work)
        # Every row is looked at, and not a sample by chance: the plans are the same each time.
        work.session.execute(text("SET LOCAL default_statistics_target = 400"))
        work.session.connection().exec_driver_sql("ANALYZE")
    clock.advance(timedelta(minutes=1))
    count_open_tasks(runtime, lambda: False)
    yield Crowded(site, before)
    runtime.close()
    postgres.drop(name)


def fill(work: UnitOfWork, *, cases: int) -> None:
    """Copies of the first case, each with a legal date and five tasks of all sorts: one statement for each table."""
    last = work.session.scalar(select(func.max(Case.id))) or 0
    who = "(SELECT id FROM caseworkers WHERE username = '{}')".format
    copy(
        work,
        Case,
        cases,
        id=f"{last} + n",
        number=f"'KVB 1990-' || ({last} + n)",
        responsible_id=f"CASE WHEN n % 50 = 0 THEN {who('anna')} END",
    )
    copy(
        work,
        Deadline,
        cases,
        case_id=f"{last} + n",
        falls_on="date '2026-03-02' + n % 60",
        rule="(ARRAY['D-01', 'D-18', 'D-10'])[1 + n % 3]",
    )
    due = "timestamptz '2026-02-20 08:00+00' + n * interval '1 minute'"
    copy(
        work,
        Task,
        cases * TASKS_OF_EACH,
        case_id=f"{last} + 1 + (n - 1) / {TASKS_OF_EACH}",
        engine_id=f"'prov-{last}-' || n",
        unit="(ARRAY['samordning', 'vuxen', 'barn-unga', 'ekonomiskt-bistand'])[1 + n % 4]",
        step="'steg_' || n % 12",
        title="'Gör steg ' || n % 12",
        claimed_by_id=f"CASE WHEN n % 60 = 1 THEN {who('anna')} WHEN n % 3 = 0 THEN {who('bosse')} END",
        due_at=due,
        sorted_due_at=due,
        legal_on="date '2026-03-02' + n % 60",
        has_child="n % 2 = 0",
        blocked_by="CASE WHEN n % 7 = 0 THEN 'protection' ELSE '' END",
    )


def fill_figures(work: UnitOfWork) -> None:
    """As many numbers for the statistics as years of many districts and steps would give."""
    copy(
        work,
        MonthFigure,
        FIGURES,
        month="date '2020-03-01' + (n % 70) * interval '1 month'",
        district="'Område ' || n % 30",
        notice_kind="chr(65 + n % 10)",
    )


@contextmanager
def indexes_made_last(work: UnitOfWork) -> Iterator[None]:
    """Take the indexes of the tasks away and make the very same again afterwards, which is quicker for many rows."""
    database = work.session.connection()
    found = "SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'ix_tasks_%%'"
    indexes = database.exec_driver_sql(found).all()
    for index_name, _ in indexes:
        database.exec_driver_sql(f"DROP INDEX {index_name}")
    yield
    for _, definition in indexes:
        database.exec_driver_sql(definition)


def copy(work: UnitOfWork, model: type[Base], count: int, **columns: str) -> None:
    """So many rows like the table's first one, but for columns that SQL works out from the row's number `n`."""
    table = model.metadata.tables[model.__tablename__]
    names = [column.name for column in table.columns if column.name != "id" or "id" in columns]
    values = [columns.get(name, f"model.{name}") for name in names]
    rows = f"(SELECT * FROM {table.name} ORDER BY id LIMIT 1) AS model, generate_series(1, {count}) AS n"  # noqa: S608  # our own words
    filled = f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {', '.join(values)} FROM {rows}"  # noqa: S608
    work.session.execute(text(filled))


def asked_by(site: Site, who: str, path: str, *, rows: int = 0) -> Asked:
    """The statements of one visit to the page, which must be there with so many tasks at least."""
    browser, asked = site.browser(who), Asked()

    def listen(*call: Any) -> None:
        asked.append((call[2], call[3]))

    event.listen(site.runtime.engine, "before_cursor_execute", listen)
    page = browser.page(path)
    event.remove(site.runtime.engine, "before_cursor_execute", listen)
    assert page.count('class="r ') >= rows
    return asked


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_a_page_asks_no_more_of_a_hundred_thousand_tasks_and_reads_them_by_an_index(
    crowded: Crowded, who: str, path: str
) -> None:
    asked = asked_by(crowded.site, who, path, rows=50)
    assert [kind_of(one) for one in asked] == [kind_of(one) for one in crowded.before[path]]
    plans = [plan_of(crowded.site, *one) for one in asked if one[0].startswith("SELECT")]
    used = [node for plan in plans for node in nodes(plan)]
    assert [node for node in used if node.get("Relation Name") in LARGE and reads_everything(node)] == []
    assert any(str(node.get("Index Name")).startswith("ix_tasks_") for node in used)
    assert max(node["Plan Rows"] for node in used if node["Node Type"] in {"Sort", "Hash"}) < MOST_ROWS


@pytest.mark.parametrize("path", SUPERVISION)
def test_what_supervisors_see_does_not_grow_with_the_tasks(crowded: Crowded, path: str) -> None:
    asked = asked_by(crowded.site, "maria", path)
    assert [kind_of(one) for one in asked] == [kind_of(one) for one in crowded.before[path]]
    plans = [plan_of(crowded.site, *one) for one in asked if one[0].startswith("SELECT")]
    used = [node for plan in plans for node in nodes(plan)]
    assert [
        node
        for node in used
        if node.get("Relation Name") in LARGE | {"month_figures"} and reads_everything(node)
    ] == []
    reads = {str(node.get("Index Name")) for node in used}
    if path in ("/arbetsledning", "/arbetsledning/nu"):
        assert {"ix_tasks_all_due", "ix_tasks_all_legal", "ix_deadlines_coming"} <= reads
        assert reads & {"ix_tasks_free_due", "ix_tasks_unit_due"}
    else:
        assert not [node for node in used if node.get("Relation Name") in {"tasks", "deadlines"}]
    assert max(node["Plan Rows"] for node in used if node["Node Type"] in {"Sort", "Hash"}) < MOST_ROWS


def kind_of(one: tuple[str, Any]) -> str:
    """The statement as far as it is the same whatever it asks for: a list of ids counts as one."""
    return LIST.sub("(...)", one[0])


def test_there_are_a_hundred_thousand_open_tasks(crowded: Crowded) -> None:
    with crowded.site.runtime.reading() as work:
        count = select(func.count()).select_from(Task).where(Task.status == "open")
        assert (work.session.scalar(count) or 0) > CASES * TASKS_OF_EACH == 100_000


def plan_of(site: Site, statement: str, values: Any) -> dict[str, Any]:
    """How the database would answer, which it is not asked to do."""
    with site.runtime.reading() as work:
        rows = (
            work.session.connection()
            .exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values)
            .scalar_one()
        )
        found: dict[str, Any] = rows[0]["Plan"]
        return found
