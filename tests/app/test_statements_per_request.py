"""What a request costs besides what it does: few statements, one commit, and none more because a case has grown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from processes.actions.notices import register_notice
from processes.actions.people import add_caseworker
from processes.actions.tasks import claim_task, complete_task
from processes.models import Case, Caseworker, Notification, ReadEntry, Task
from processes.queries.once import once_a_page
from processes.queries.people import get_caseworker_named, staff_names
from processes.rules.units import Role, Unit
from processes.unit_of_work import UnitOfWork
from tests.app.conftest import TOKEN, Browser, Site
from tests.city import arrears_notice

AROUND_AN_ACTION = 3
"""Who is signed in, for whom one stands in, and what comes next in the inbox."""
CEILINGS = {
    "/inkorg?vy=mina": 12,
    "/inkorg?vy=enheten": 12,
    "/inkorg?vy=vantar": 12,
    "/inkorg?vy=alla": 12,
    "/inkorg/uppgifter?vy=enheten": 8,
    "/arenden": 4,
    "/arenden?sok=KVB": 4,
    "/aviseringar": 3,
    "/uppgifter/{task}": 27,
    "/arenden/{case}": 30,
}
GROWING = ("/uppgifter/{task}", "/arenden/{case}", "/inkorg?vy=alla", "/arenden")
STANCE = {"stance": "handle", "decided_on": "2026-03-02"}
JOINED = {"case_choice": "existing", "apartment": "1101"}
MUST_NOT_BE_LOADED = {
    "app.cli, app.supervisor": ("flask", "sqlalchemy", "alembic", "SpiffWorkflow"),
    "app.cli, app.commands.worker": ("flask", "granian", "sqlalchemy", "alembic", "SpiffWorkflow"),
    "app.application": ("alembic", "authlib", "cryptography", "icalendar", "requests", "typst"),
    "workers.__main__": ("alembic", "authlib", "flask", "icalendar", "processes.scenarios", "typst"),
}
"""What is slow to load or takes room, and who does without it until somebody asks for it."""


class Heard(list[str]):
    """The statements that were sent to the database, and how often something was committed."""

    commits = 0

    @property
    def writes(self) -> list[str]:
        return [
            one.split()[2 if one.startswith("INSERT") else 1] for one in self if not one.startswith("SELECT")
        ]


@contextmanager
def listening(site: Site) -> Iterator[Heard]:
    heard = Heard()

    def listen(*call: Any) -> None:
        if not call[2].startswith("BEGIN"):
            heard.append(call[2])

    def count(_connection: Any) -> None:
        heard.commits += 1

    event.listen(site.runtime.engine, "before_cursor_execute", listen)
    event.listen(site.runtime.engine, "commit", count)
    yield heard
    event.remove(site.runtime.engine, "before_cursor_execute", listen)
    event.remove(site.runtime.engine, "commit", count)


@pytest.fixture
def siv(site: Site) -> Browser:
    """Somebody signed in, in an inbox with some tasks."""
    for number in range(3):
        site.register(apartment=str(1101 + number))
    return site.browser("siv")


def addresses(site: Site) -> dict[str, int]:
    with site.runtime.reading() as work:
        task = work.session.scalars(select(Task).order_by(Task.id)).first()
        assert task is not None
        return {"task": task.id, "case": task.case_id}


def asked_by(site: Site, browser: Browser, pattern: str) -> Heard:
    """The statements of a page that has been looked at before."""
    address = pattern.format(**addresses(site))
    browser.page(address)
    with listening(site) as heard:
        browser.page(address)
    return heard


def test_a_page_asks_no_more_than_so_many_questions(site: Site, siv: Browser) -> None:
    asked = {path: len(asked_by(site, siv, path)) for path in CEILINGS}
    assert {path: count for path, count in asked.items() if count > CEILINGS[path]} == {}


def test_a_page_asks_no_more_when_there_is_more_to_tell(site: Site, siv: Browser) -> None:
    before = {path: asked_by(site, siv, path) for path in GROWING}
    with site.runtime.transaction() as work:
        grow(work)
    after = {path: asked_by(site, siv, path) for path in GROWING}
    for path, asked in after.items():
        assert len(asked) == len(before[path]), "\n".join(asked)


def grow(work: UnitOfWork) -> None:
    """More of everything: notices and persons in the first case, cases beside it, colleagues."""
    who = get_caseworker_named(work.session, "siv")
    more = [
        {"name": f"F-{number} Påhittad", "role": "co_tenant", "protection": "none"} for number in (2, 3, 4)
    ]
    [first] = work.session.scalars(select(Case.number).order_by(Case.id).limit(1))
    for number in range(4):
        said = arrears_notice() | {
            "received_at": f"2026-03-02T08:3{number}",
            "posted_on": f"2026-02-2{number}",
            **JOINED,
        }
        said["case_number"] = first
        register_notice(work, caseworker=who, answers=said | {"persons": [*said["persons"], *more[:number]]})
        register_notice(work, caseworker=who, answers=arrears_notice() | {"apartment": str(1201 + number)})
        add_caseworker(
            work,
            username=f"ny{number}",
            name=f"Ny Påhittad {number}",
            administration="hisingen",
            memberships=[(Unit.ADULTS, Role.CASEWORKER)],
        )


def test_a_page_about_a_case_writes_its_row_of_the_read_log_and_nothing_else(
    site: Site, siv: Browser
) -> None:
    case_id = addresses(site)["case"]
    siv.page(f"/arenden/{case_id}")
    with listening(site) as heard:
        siv.page(f"/arenden/{case_id}")
    assert (sorted(heard.writes), heard.commits) == (["log_chains", "read_entries"], 1)


def test_a_list_writes_nothing_within_the_minute_and_the_session_once_after_it(
    site: Site, siv: Browser
) -> None:
    with listening(site) as heard:
        siv.page("/inkorg")
    assert (heard.writes, heard.commits) == ([], 0)
    site.clock.advance(timedelta(minutes=1))
    with listening(site) as heard:
        siv.page("/inkorg")
        siv.page("/inkorg")
    assert (heard.writes, heard.commits) == (["sign_in_sessions"], 1)


def test_what_is_the_same_for_everybody_asks_the_database_nothing(site: Site, siv: Browser) -> None:
    with listening(site) as heard:
        siv.page("/health")
        siv.get("/static/kvarboende.css").close()
    assert heard == []


def by_itself(site: Site, action: Callable[[UnitOfWork, Caseworker], object]) -> Heard:
    """What the action costs by itself, for somebody who is known already."""
    with site.runtime.transaction() as work:
        caseworker = get_caseworker_named(work.session, "siv")
        with listening(site) as heard:
            action(work, caseworker)
            work.session.flush()
    return heard


@pytest.mark.parametrize("what", ["ta", ""], ids=["claim", "complete"])
def test_a_post_costs_little_more_than_what_it_does_and_is_one_transaction(
    site: Site, siv: Browser, what: str
) -> None:
    with site.runtime.reading() as work:
        first, second, third = work.session.scalars(select(Task.id).where(Task.step == "ta_stallning"))
    found = TOKEN.search(siv.page("/inkorg"))
    assert found is not None

    def act(work: UnitOfWork, caseworker: Caseworker, task_id: int) -> None:
        if what == "ta":
            claim_task(work, task_id=task_id, caseworker=caseworker)
        else:
            complete_task(work, task_id=task_id, caseworker=caseworker, answers=STANCE)

    if not what:
        for task_id in (first, second, third):
            siv.post(f"/uppgifter/{task_id}/ta", token=found[1])
    by_itself(site, lambda work, caseworker: act(work, caseworker, third))  # what is parsed once is parsed
    alone = by_itself(site, lambda work, caseworker: act(work, caseworker, first))
    with listening(site) as heard:
        answer = siv.post(f"/uppgifter/{second}{'/ta' if what else ''}", token=found[1], **STANCE)
    assert answer.status_code == 302
    assert len(heard) <= len(alone) + AROUND_AN_ACTION, "\n".join(heard)
    assert heard.commits == 1


def test_an_answer_is_kept_for_one_page_and_no_longer(site: Site) -> None:
    with site.runtime.reading() as work:
        before = staff_names(work.session, "hisingen")
        assert staff_names(work.session, "hisingen") is before
    with site.runtime.transaction() as work:
        who = get_caseworker_named(work.session, "siv")
        assert who.name in staff_names(work.session, "hisingen").values()
        who.name = "Siv Påhittad-Ny"
        assert "Siv Påhittad-Ny" in staff_names(work.session, "hisingen").values()
    with site.runtime.reading() as work:
        assert "Siv Påhittad-Ny" in staff_names(work.session, "hisingen").values()


def test_a_question_about_something_else_is_asked_anew(site: Site) -> None:
    asked: list[int] = []

    @once_a_page
    def twice(_session: object, number: int) -> int:
        asked.append(number)
        return 2 * number

    with site.runtime.reading() as work:
        assert [twice(work.session, number) for number in (1, 2, 1)] == [2, 4, 2]
    assert asked == [1, 2]


def test_the_head_of_an_error_page_counts_what_waits_too(site: Site, siv: Browser) -> None:
    with site.runtime.transaction() as work:
        case = work.session.scalars(select(Case).order_by(Case.id)).first()
        assert case is not None
        told = {
            "administration_key": case.administration_key,
            "unit": "samordning",
            "text": "Hej",
            "at": work.now,
        }
        work.session.add_all(Notification(case_id=case.id, **told) for _ in range(7))
    task_id = addresses(site)["task"]
    assert 'unseen num">7<' in siv.page("/arenden")
    refused = siv.post(f"/uppgifter/{task_id}", **STANCE)
    assert (refused.status_code, 'unseen num">7<' in refused.text) == (409, True)


def test_many_cases_on_one_page_are_logged_with_as_few_statements_as_one(site: Site, siv: Browser) -> None:
    """Each with its own row."""
    with listening(site) as heard:
        answer = siv.get("/ny/A?address=Provgatan+1")
    with site.runtime.reading() as work:
        rows = work.session.scalars(
            select(ReadEntry).where(ReadEntry.request_id == answer.headers["X-Request-ID"])
        ).all()
    assert heard.writes.count("read_entries") <= 1
    assert len({row.case_id for row in rows}) == len(rows)


@pytest.mark.parametrize("modules", MUST_NOT_BE_LOADED)
def test_nothing_slow_is_loaded_before_it_is_needed(modules: str) -> None:
    asked = f"import sys, {modules}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert not {*MUST_NOT_BE_LOADED[modules]} & set(loaded.stdout.split())


class Held:
    """How many connections are in use at this moment, and how many were at most."""

    now = most = 0

    def take(self, *_call: Any) -> None:
        self.now += 1
        self.most = max(self.most, self.now)

    def give_back(self, *_call: Any) -> None:
        self.now -= 1


@contextmanager
def holding(site: Site) -> Iterator[Held]:
    held = Held()
    event.listen(site.runtime.engine, "checkout", held.take)
    event.listen(site.runtime.engine, "checkin", held.give_back)
    yield held
    event.remove(site.runtime.engine, "checkout", held.take)
    event.remove(site.runtime.engine, "checkin", held.give_back)


def test_no_answer_needs_two_connections_at_once(site: Site, siv: Browser) -> None:
    """Threads that each hold one and wait for another would wait for each other when the pool is empty."""
    found = TOKEN.search(siv.page("/inkorg"))
    assert found is not None
    for path in CEILINGS:
        with holding(site) as held:
            siv.page(path.format(**addresses(site)))
        assert held.most == 1, path
    task = f"/uppgifter/{addresses(site)['task']}"
    with holding(site) as held:
        taken = siv.post(f"{task}/ta", token=found[1])
        refused = siv.post(task, token=found[1], stance="nonsense")
        stale = siv.post(task, token="of yesterday", **STANCE)
        note = siv.post(f"/arenden/{addresses(site)['case']}/handelser/anteckning", token=found[1])
        nowhere = siv.post("/uppgifter/999999", token=found[1])
    answers = (taken, refused, stale, note, nowhere)
    assert [answer.status_code for answer in answers] == [302, 400, 400, 400, 404]
    assert (held.now, held.most) == (0, 1)
