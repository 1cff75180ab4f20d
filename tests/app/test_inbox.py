"""The inbox shows what there is to do, the most urgent first, and nothing that is sensitive."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.display import urgency
from processes.models import Deadline, SavedFilter, Task
from processes.queries.people import get_caseworker_named
from processes.unit_of_work import UnitOfWork
from tests.app.conftest import Site

MONDAY_MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_at", "group", "words"),
    [
        (MONDAY_MORNING - timedelta(minutes=5), "late", "Försenad sedan 08:55"),
        (MONDAY_MORNING - timedelta(days=1), "late", "Försenad 1 dag"),
        (MONDAY_MORNING - timedelta(days=5), "late", "Försenad 5 dagar"),
        (MONDAY_MORNING + timedelta(hours=7), "today", "Idag 16:00"),
        (datetime(2026, 3, 2, 22, 59, tzinfo=UTC), "today", "Idag 23:59"),
        (datetime(2026, 3, 2, 23, 1, tzinfo=UTC), "week", "Imorgon"),
        (datetime(2026, 3, 8, 20, 0, tzinfo=UTC), "week", "Om 6 dagar"),
        (datetime(2026, 3, 8, 23, 30, tzinfo=UTC), "later", "Om 7 dagar"),
        (None, "none", "Ingen tid satt"),
    ],
)
def test_urgency_is_counted_in_swedish_days(
    site: Site, due_at: datetime | None, group: str, words: str
) -> None:
    with site.app.test_request_context():
        found = urgency(due_at, MONDAY_MORNING)
    assert (found.group, found.words) == (group, words)


def test_a_resting_task_is_on_hold_until_its_day(site: Site) -> None:
    until = MONDAY_MORNING + timedelta(days=3)
    with site.app.test_request_context():
        assert urgency(MONDAY_MORNING, MONDAY_MORNING, until).group == "hold"
        assert urgency(MONDAY_MORNING, until, until).group == "late"


def test_a_new_task_stands_among_the_units_and_after_claiming_among_mine(site: Site) -> None:
    site.register()
    siv = site.browser("siv")
    assert "Ta ställning" in siv.page("/inkorg?vy=enheten")
    assert "Du har inga uppgifter just nu" in siv.page("/inkorg?vy=mina")
    siv.post(f"/uppgifter/{site.task(1, 'ta_stallning')}/ta")
    assert "Ta ställning" in siv.page("/inkorg?vy=mina")
    assert "Ta ställning" not in siv.page("/inkorg?vy=enheten")


def test_another_unit_and_another_administration_see_nothing_of_it(site: Site) -> None:
    site.register()
    for stranger in ("eva", "disa"):
        assert "KVB" not in site.browser(stranger).page("/inkorg?vy=alla")


def test_a_task_of_two_units_says_so_wherever_it_is_shown(site: Site) -> None:
    task_id = site.task(site.register(), "kontakta_hyresvard")
    with site.runtime.transaction() as work:
        work.session.get_one(Task, task_id).also_unit = "samordning"
    siv = site.browser("siv")
    for path in ("/inkorg?vy=enheten", "/arenden/1", f"/uppgifter/{task_id}"):
        assert "Vuxenenheten och Samordningsfunktionen" in siv.page(path)


def test_no_row_says_who_lives_there_or_where(site: Site) -> None:
    site.register()
    page = site.browser("anna").page("/inkorg?vy=alla")
    assert "KVB 2026-" in page
    assert "Påhittad" not in page
    assert "Provgatan" not in page


def test_what_is_late_stands_first(site: Site) -> None:
    site.register()
    site.clock.advance(timedelta(days=5))
    page = site.browser("maria").page("/inkorg?vy=alla")
    assert page.index("Försenade") < page.index("Längre fram")


def test_a_long_inbox_comes_a_page_at_a_time_and_misses_nothing(site: Site) -> None:
    for number in range(18):
        site.register(address=f"Provgatan {number}")
    maria = site.browser("maria")
    seen: list[str] = []
    path: str | None = "/inkorg?vy=alla"
    while path:
        page = maria.page(path)
        seen += re.findall(r'id="uppgift-(\d+)"', page)
        onward = re.search(r'href="(/inkorg\?vy=alla&amp;efter=[^"]+)"', page)
        path = html.unescape(onward[1]) if onward else None
    assert len(seen) == len(set(seen)) == 18 * 3


@pytest.mark.parametrize("after", ["skräp", "2026-99-99_1", "2026-03-02T08:00:00+00:00_x", "_", "9" * 5000])
def test_a_made_up_place_in_the_list_is_refused_politely(site: Site, after: str) -> None:
    answer = site.browser("anna").get(f"/inkorg?vy=alla&efter={after}")
    assert answer.status_code == 400
    assert "Kontrollera uppgifterna" in answer.text


def test_an_unknown_tab_shows_mine(site: Site) -> None:
    assert 'href="/inkorg?vy=mina" aria-current="page"' in site.browser("anna").page("/inkorg?vy=okand")


def test_the_filters_leave_what_they_say(site: Site) -> None:
    site.register()
    maria = site.browser("maria")
    assert "Ta ställning" in maria.page("/inkorg?vy=alla&enhet=samordning")
    assert "Inget stämmer med dina val" in maria.page("/inkorg?vy=alla&enhet=barn-unga")
    assert "Ta ställning" in maria.page("/inkorg?vy=alla&sok=KVB+2026-000001")
    assert "Inget stämmer med dina val" in maria.page("/inkorg?vy=alla&sok=KVB+1999")


@pytest.mark.parametrize(
    "choice", ["nar=igår", "vem=x", "vem=" + "9" * 40, "lagdatum=8", "steg=", "ordning=slump"]
)
def test_an_address_that_asks_for_no_choice_shows_everything(site: Site, choice: str) -> None:
    site.register()
    assert "Ta ställning" in site.browser("maria").page(f"/inkorg?vy=alla&{choice}")


def test_an_open_page_is_told_only_when_the_list_looks_different(site: Site) -> None:
    site.register()
    siv = site.browser("siv")
    page = siv.page("/inkorg?vy=enheten")
    found = re.search(r'data-hx-get="([^"]+)"', page)
    assert found is not None
    again = html.unescape(found[1])
    assert siv.get(again).status_code == 204
    siv.post(f"/uppgifter/{site.task(1, 'ta_stallning')}/ta")
    answer = siv.get(again)
    assert answer.status_code == 200
    assert "Ta ställning" not in answer.text


def test_whatever_a_list_shows_is_asked_for_again_when_it_changes(site: Site) -> None:
    """Each of these changes a word or a link of the list, and none of them which tasks stand in it."""
    site.register()
    maria = site.browser("maria")

    def asks_with() -> str:
        found = re.search(r'data-hx-get="([^"]+)"', maria.page("/inkorg?vy=alla"))
        assert found is not None
        return html.unescape(found[1])

    def changed(change: Callable[[UnitOfWork, Task], None]) -> None:
        with site.runtime.transaction() as work:
            change(work, work.session.get_one(Task, site.task(1, "ta_stallning")))

    def rename(work: UnitOfWork, _task: Task) -> None:
        get_caseworker_named(work.session, "siv").name = "Siv Nyström"

    def fall_sooner(work: UnitOfWork, task: Task) -> None:
        its_own = update(Deadline).where(Deadline.case_id == task.case_id)
        work.session.execute(its_own.values(falls_on=date(2026, 3, 3)))

    changes: dict[str, Callable[[UnitOfWork, Task], None]] = {
        "title": lambda _work, task: setattr(task, "title", "Ta genast ställning"),
        "lock": lambda _work, task: setattr(task, "blocked_by", "protection"),
        "due": lambda work, task: setattr(task, "due_at", work.now + timedelta(days=2)),
        "phase": lambda _work, task: setattr(task.case, "phase", "investigation"),
        "number": lambda _work, task: setattr(task.case, "number", "KVB 2026-777"),
        "pause": lambda work, task: setattr(task.case, "suspended_until", work.now),
        "holder": lambda work, task: setattr(
            task, "claimed_by_id", get_caseworker_named(work.session, "siv").id
        ),
        "name": rename,
        "legal day": fall_sooner,
    }
    for what, change in changes.items():
        before = asks_with()
        assert maria.get(before).status_code == 204
        changed(change)
        assert maria.get(before).status_code == 200, what
    before = asks_with()
    maria.post("/sprak", sprak="en")
    assert maria.get(before).status_code == 200
    before = asks_with()
    site.clock.advance(timedelta(hours=20))
    assert site.browser("maria").get(before).status_code == 200


def test_an_open_page_keeps_nobody_signed_in(site: Site) -> None:
    siv = site.browser("siv")
    for _ in range(10):
        site.clock.advance(timedelta(minutes=5))
        siv.get("/inkorg/uppgifter?vy=enheten")
    assert siv.get("/inkorg").status_code == 302


def test_many_tasks_are_claimed_at_once_with_a_word_about_each(site: Site) -> None:
    first, second = site.register(), site.register(address="Provgatan 2")
    tasks = [site.task(case, "ta_stallning") for case in (first, second)]
    site.browser("maria").post(f"/uppgifter/{tasks[0]}/ta")
    answer = site.browser("siv").post("/inkorg/valda", vy="vy=enheten", uppgift=[*tasks, 987654])
    assert "1 av 3 uppgifter är nu hos Siv Samuelsson" in answer.text
    assert "Uppgiften är tagen av Maria" in answer.text
    assert "Det finns ingen sådan uppgift" in answer.text


def test_the_coordinator_gives_many_tasks_to_a_colleague(site: Site) -> None:
    task = site.task(site.register(), "ta_stallning")
    with site.runtime.reading() as work:
        to = get_caseworker_named(work.session, "maria").id
    siv = site.browser("siv")
    answer = siv.post("/inkorg/valda", uppgift=[task], fordela="ja", till=to)
    assert "1 av 1 uppgifter är nu hos Maria" in answer.text
    assert "Ingen uppgift var vald" in siv.post("/inkorg/valda").text
    assert siv.post("/inkorg/valda", uppgift=[task], fordela="ja", till="987").status_code == 404


def test_a_view_is_saved_for_oneself_or_for_the_unit_and_forgotten_by_who_saved_it(site: Site) -> None:
    anna, bosse = site.browser("anna"), site.browser("bosse")
    anna.post("/inkorg/filter", namn="Mina brådskande", val="vy=mina&nar=late", dela="")
    anna.post("/inkorg/filter", namn="Enhetens barn", val="vy=enheten&barn=ja", dela="vuxen")
    assert "Mina brådskande" in anna.page("/inkorg")
    shared = bosse.page("/inkorg")
    assert "Enhetens barn" in shared
    assert "Mina brådskande" not in shared
    assert "Enhetens barn" not in site.browser("eva").page("/inkorg")
    with site.runtime.reading() as work:
        saved = work.session.scalars(select(SavedFilter).where(SavedFilter.name == "Enhetens barn")).one()
        assert saved.choices == "vy=enheten&barn=ja"
        saved_id = saved.id
    assert bosse.post(f"/inkorg/filter/{saved_id}/ta-bort").status_code == 404
    anna.post(f"/inkorg/filter/{saved_id}/ta-bort")
    assert "Enhetens barn" not in bosse.page("/inkorg")


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"namn": "  "}, 400),
        ({"namn": "x" * 61}, 400),
        ({"namn": "Barnens", "dela": "barn-unga"}, 403),
        ({"namn": "Bra\u0000"}, 400),
    ],
)
def test_a_view_that_cannot_be_saved_is_refused(site: Site, posted: dict[str, str], status: int) -> None:
    assert site.browser("anna").post("/inkorg/filter", val="vy=mina", **posted).status_code == status
