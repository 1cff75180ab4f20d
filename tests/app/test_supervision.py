"""What the supervisor sees: what needs somebody now, where the work stands in each diagram, and the days that come."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from app import create_app
from processes.actions.absences import report_absence
from processes.actions.access import declare_recusal
from processes.actions.tasks import claim_task
from processes.clock import ManualClock
from processes.models import Case, DiagramVersion, Finding, ProcessInstance, ReadEntry, StepCount, Task
from processes.rules.stuck import CHECKS, Severity
from processes.runtime import Runtime
from tests.app.conftest import Browser, Site, _settings
from tests.city import City
from workers.task_counts import count_open_tasks

HEAT = re.compile(r'data-heat="([^"]*)"')
NUMBER = re.compile(r'<b class="num">(\d+)</b> <span>([^<]+)</span>')


@dataclass
class Office:
    """A city with the real diagrams, and its head of unit in front of the pages."""

    city: City
    site: Site

    @property
    def maria(self) -> Browser:
        return self.site.browser("maria")

    def counted(self) -> Browser:
        """The head of unit, after the worker has counted what is open now."""
        self.city.clock.advance(timedelta(minutes=1))
        count_open_tasks(self.city.runtime, lambda: False)
        return self.maria


@pytest.fixture
def office(sqlite_city: Path, tmp_path: Path, clock: ManualClock) -> Iterator[Office]:
    file = tmp_path / "office.db"
    shutil.copyfile(sqlite_city, file)
    runtime = Runtime.open(_settings(file), clock=clock)
    yield Office(City(runtime, clock), Site(create_app(runtime), runtime, clock))
    runtime.close()


def tiles(page: str) -> dict[str, int]:
    return {words: int(number) for number, words in NUMBER.findall(page)}


def rows_in_inbox(browser: Browser, address: str) -> int:
    return browser.page(html.unescape(address)).count('class="r ')


def test_the_numbers_at_the_top_are_those_of_the_inbox_behind_them(office: Office) -> None:
    office.city.register()
    office.city.register_eviction(address="Provgatan 2")
    with office.city.runtime.transaction() as work:
        siv = office.city.person(work, "siv")
        claim_task(work, task_id=office.city.task(1, "ta_stallning"), caseworker=siv)
    office.city.clock.advance(timedelta(days=3))
    maria = office.counted()
    page = maria.page("/arbetsledning")
    links = dict(re.findall(r'<a href="(/inkorg\?[^"]*)"><b class="num">\d+</b> <span>([^<]+)</span>', page))
    for address, words in links.items():
        assert tiles(page)[words] == rows_in_inbox(maria, address), words
    assert tiles(page)["försenade"] > 0
    assert tiles(page)["avhysningar inom sex veckor"] == 1


def test_what_is_late_free_or_near_stands_first(office: Office) -> None:
    case_id = office.city.register(served_on="2026-03-02", notice_dated_on="2026-03-02")
    soon = office.counted().page("/arbetsledning")
    assert "Ingenting är försenat." in soon
    free = "Ingen har tagit dem, snart"
    assert "Ta ställning till underrättelsen" in soon.split(free)[1]
    with office.city.runtime.transaction() as work:
        task_id = office.city.task(case_id, "ta_stallning")
        claim_task(work, task_id=task_id, caseworker=office.city.person(work, "siv"))
    assert "Allt är taget." in office.maria.page("/arbetsledning").split(free)[1]
    office.city.clock.advance(timedelta(days=2))
    late = office.maria.page("/arbetsledning").split("Lagdatum inom en vecka")[0]
    assert "Försenad" in late
    assert f"KVB 2026-{case_id:06d}" in late


def test_a_day_of_the_law_within_a_week_is_named_once_for_its_case(office: Office) -> None:
    office.city.register_eviction()
    near = office.maria.page("/arbetsledning").split("Lagdatum inom en vecka</h3>")[1].split("</ul>")[0]
    assert near.count("KVB 2026-000001") == 1
    assert "Bekräfta till Kronofogden" in near


def test_a_critical_finding_stands_above_all_until_it_is_silenced(office: Office) -> None:
    case_id = office.city.register()
    check = next(one for one in CHECKS.values() if one.severity == Severity.CRITICAL)
    with office.city.runtime.transaction() as work:
        found = Finding(
            check_key=check.key, row_id=1, case_id=case_id, administration_key="hisingen", unit="vuxen",
            severity=Severity.CRITICAL, facts={}, since=work.now, opened_at=work.now, last_seen_at=work.now,
        )  # fmt: skip
        work.session.add(found)
    assert check.title in office.maria.page("/arbetsledning")
    with office.city.runtime.transaction() as work:
        work.session.execute(update(Finding).values(silenced_until=date(2026, 3, 9)))
    assert check.title not in office.maria.page("/arbetsledning")
    office.city.clock.advance(timedelta(days=8))
    assert check.title in office.maria.page("/arbetsledning")


def test_everybody_of_the_unit_stands_there_and_who_is_away_is_marked(office: Office) -> None:
    office.city.register_eviction()
    with office.city.runtime.transaction() as work:
        anna, bosse = office.city.person(work, "anna"), office.city.person(work, "bosse")
        task = office.city.task(1, "bekrafta_till_kronofogden")
        claim_task(work, task_id=task, caseworker=anna)
        report_absence(
            work, caseworker=anna, absent=anna, substitute=bosse,
            starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 6),
        )  # fmt: skip
    page = office.counted().page("/arbetsledning").split("Enheter och handläggare")[1]
    [anna_row] = [row for row in page.split("<tr") if "Anna Lindqvist</a>" in row]
    assert "Borta till 6 mars" in anna_row
    assert "Bosse Grahn ersätter" in anna_row
    assert '<span class="num">1</span>' in anna_row
    assert "Bosse Grahn</a>" in page
    assert "Disa Falk" not in page


def test_the_coming_weeks_have_evictions_and_recovery_days_of_open_cases(office: Office) -> None:
    office.city.register_eviction()
    office.city.register(address="Provgatan 2", served_on="2026-03-02", notice_dated_on="2026-03-02")
    ahead = office.maria.page("/arbetsledning").split('id="kommande"')[1]
    assert "1 avhysningar" in ahead
    assert "1 återvinningsfrister" in ahead
    assert re.search(
        r"tor <span class=\"num\">12 mars</span></th><td><b>Avhysning</b> <span class=\"num\">10:00", ahead
    )
    with office.city.runtime.transaction() as work:
        work.session.execute(update(Case).values(closed_at=work.now))
    assert "Inga avhysningar" in office.maria.page("/arbetsledning")


def test_a_case_of_another_administration_or_with_a_conflict_of_interest_is_not_listed(
    office: Office,
) -> None:
    own = office.city.register_eviction()
    office.city.register("disa", address="Provgatan 9")
    with office.city.runtime.transaction() as work:
        maria = office.city.person(work, "maria")
        declare_recusal(work, case_id=own, caseworker=maria, person=maria, reason="Grannen är min syster.")
    office.city.clock.advance(timedelta(days=3))
    page = office.counted().page("/arbetsledning")
    assert "KVB 2026" not in page
    assert tiles(page)["öppna uppgifter"] > 0


def test_the_page_asks_for_what_is_new_and_gets_nothing_when_all_is_as_it_was(office: Office) -> None:
    office.city.register()
    maria = office.counted()
    [again] = re.findall(r'data-hx-get="([^"]+)"', maria.page("/arbetsledning"))
    assert maria.get(again).status_code == 204
    with office.city.runtime.transaction() as work:
        claim_task(work, task_id=1, caseworker=office.city.person(work, "siv"))
    answer = maria.get(again)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert again not in answer.text


def test_nothing_that_is_logged_of_anybody_is_shown(office: Office) -> None:
    office.city.register_eviction(address="Gömslegatan 4711")
    maria = office.counted()
    for path in ("/arbetsledning", "/arbetsledning/varmekarta", "/arbetsledning/varmekarta/underrattelse"):
        page = maria.page(path)
        assert "Gömslegatan" not in page
        assert "F-05" not in page
    with office.city.runtime.reading() as work:
        assert work.session.scalar(select(func.count()).select_from(ReadEntry)) == 0


def heat(page: str) -> dict[str, dict[str, object]]:
    [found] = HEAT.findall(page)
    told: dict[str, dict[str, object]] = json.loads(html.unescape(found))
    return told


def take_on(office: Office, **more: str) -> int:
    """A case of chapter 6 in which three processes call others."""
    case_id = office.city.register(**more)
    with office.city.runtime.reading() as work:
        anna, bosse = office.city.person(work, "anna").id, office.city.person(work, "bosse").id
    office.city.complete(
        case_id, "ta_stallning", "siv", grounds=["arrears"], informant="landlord", may_lead_to_measure=False,
        stance="handle", caseworker=anna, substitute=bosse,
    )  # fmt: skip
    return case_id


def test_the_heat_map_counts_at_each_step_and_leads_to_exactly_those_tasks(office: Office) -> None:
    take_on(office)
    take_on(office, address="Provgatan 2")
    maria = office.counted()
    page = maria.page("/arbetsledning/varmekarta/hyresgastkontakt")
    told = heat(page)["kontakta_hyresgast"]
    assert told["text"] == "2"
    assert rows_in_inbox(maria, str(told["href"])) == 2
    assert told["level"] == 4
    office.city.clock.advance(timedelta(days=20))
    late = heat(office.counted().page("/arbetsledning/varmekarta/hyresgastkontakt"))["kontakta_hyresgast"]
    assert late["late"] is True
    assert "2 försenade" in str(late["text"])


def test_a_step_that_calls_a_part_has_what_stands_within_the_part(office: Office) -> None:
    take_on(office)
    maria = office.counted()
    page = maria.page("/arbetsledning/varmekarta/kontakt-och-stod")
    with office.city.runtime.reading() as work:
        tasks = select(Task.step).where(Task.status == "open", Task.process_key == "kontakt-och-stod")
        assert len(work.session.scalars(tasks).all()) == 2
    numbers = {step: str(one["text"]) for step, one in heat(page).items()}
    assert sorted(numbers.values()) == ["1", "1"]
    for one in heat(page).values():
        assert str(one["href"]).startswith("/arbetsledning/varmekarta/")
        assert maria.get(str(one["href"])).status_code == 200


def test_what_stands_deep_within_called_parts_is_counted_all_the_way_up(office: Office) -> None:
    """The process calls a part, which calls the part in which the task is drawn."""
    take_on(office)
    maria = office.counted()
    [top] = heat(maria.page("/arbetsledning/varmekarta/hot-om-avhysning")).values()
    assert top["text"] == "1"
    told = heat(maria.page(str(top["href"]))).values()
    [middle] = [one for one in told if one["level"]]
    assert sorted(str(one["text"]) for one in told) == ["1", "1 väntar"]
    deepest = heat(maria.page(str(middle["href"])))
    assert deepest["ta_emot_arende"]["text"] == "1"


def test_the_table_has_the_same_numbers_as_the_drawing(office: Office) -> None:
    take_on(office)
    page = office.counted().page("/arbetsledning/varmekarta/hyresgastkontakt")
    rows = page.split("<tbody")[1].split("<tr")
    for one in heat(page).values():
        name = html.escape(str(one["title"]).split(":")[0])
        assert any(name in row and f'<span class="num">{one["text"]}</span>' in row for row in rows)


def test_the_heat_map_is_narrowed_by_unit_and_by_when_tasks_came_up(office: Office) -> None:
    take_on(office)
    office.city.clock.advance(timedelta(days=10))
    office.city.register(address="Provgatan 2")
    maria = office.counted()
    path = "/arbetsledning/varmekarta/hyresgastkontakt"
    assert heat(maria.page(f"{path}?enhet=vuxen"))["kontakta_hyresgast"]["text"] == "1 · 1 försenade"
    assert "kontakta_hyresgast" not in heat(maria.page(f"{path}?enhet=barn-unga"))
    assert "kontakta_hyresgast" not in heat(maria.page(f"{path}?period=week"))
    assert "kontakta_hyresgast" in heat(maria.page(f"{path}?period=month"))
    new = heat(maria.page("/arbetsledning/varmekarta/underrattelse?period=week"))
    assert new["ta_stallning"]["text"] == "1"


def test_versions_are_told_apart_and_a_step_that_is_gone_is_not_lost(office: Office) -> None:
    office.city.register()
    with office.city.runtime.transaction() as work:
        current = work.session.scalars(
            select(DiagramVersion).where(DiagramVersion.process_key == "underrattelse")
        ).one()
        version = current.version
        work.session.add(
            DiagramVersion(
                process_key="underrattelse", version="e" * 64, title=current.title, files=current.files,
                published_at=work.now - timedelta(days=30), is_current=False,
            )
        )  # fmt: skip
    second = office.city.register(address="Provgatan 2")
    with office.city.runtime.transaction() as work:
        of_second = update(ProcessInstance).where(ProcessInstance.case_id == second)
        work.session.execute(of_second.values(diagram_version="e" * 64))
        work.session.execute(update(Task).where(Task.case_id == second).values(step="steg_som_forsvann"))
    maria = office.counted()
    path = "/arbetsledning/varmekarta/underrattelse"
    everything = maria.page(path)
    assert heat(everything)["ta_stallning"]["text"] == "1"
    assert "steg_som_forsvann" in everything
    assert "steg_som_forsvann" not in maria.page(f"{path}?version={version}")
    assert heat(maria.page(f"{path}?version={version}"))["ta_stallning"]["text"] == "1"
    assert "ta_stallning" not in heat(maria.page(f"{path}?version={'e' * 64}"))


def test_an_unknown_process_is_not_found_and_unknown_choices_are_left_out(office: Office) -> None:
    office.city.register()
    maria = office.counted()
    assert maria.get("/arbetsledning/varmekarta/finns-inte").status_code == 404
    assert maria.get("/arbetsledning/varmekarta/arendehandelser").status_code == 404
    odd = maria.page("/arbetsledning/varmekarta/underrattelse?enhet=x&period=y&version=z&process=w")
    assert heat(odd)["ta_stallning"]["text"] == "1"


def test_the_list_of_processes_has_what_stands_in_each_the_fullest_first(office: Office) -> None:
    office.city.register()
    take_on(office, address="Provgatan 2")
    page = office.counted().page("/arbetsledning/varmekarta")
    assert page.index("Kontakt och stöd") < page.index("Underrättelse</a>")
    with office.city.runtime.reading() as work:
        counted = select(func.sum(StepCount.how_many)).where(StepCount.kind == "task")
        assert work.session.scalar(counted) == sum(
            int(number) for number in re.findall(r'</svg> <span class="num">(\d+)</span>', page)
        )


def test_until_something_is_counted_the_page_says_so(office: Office) -> None:
    office.city.register()
    page = office.maria.page("/arbetsledning")
    assert "Inte räknat än" in page
    assert '<b class="num">–</b> <span>öppna uppgifter' in page  # what nobody has counted is not nothing
    assert '<b class="num">0</b> <span>öppna uppgifter' not in page
    assert "Räknat 2 mars 09:01" in office.counted().page("/arbetsledning")
