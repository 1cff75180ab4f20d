"""The supervisor's list of what is stuck: what it says, where it leads, who sees it, and what is logged of that."""

from __future__ import annotations

import re
from datetime import timedelta
from string import Formatter
from typing import Any

import pytest
from sqlalchemy import select, update

from app.finding_words import BUTTONS, explained
from app.texts.english import ENGLISH
from processes.models import Finding, JobFailure, ProcessInstance, ReadEntry
from processes.rules.stuck import CHECKS, Repair, Severity
from tests.app.conftest import Site
from workers.findings import Findings

LIST = "/arbetsledning/fynd"


def look(site: Site) -> None:
    Findings()(site.runtime, lambda: False)


@pytest.fixture
def stuck(site: Site) -> int:
    """A case whose task has been left undone for a week; answers its number in the database."""
    case_id = site.register()
    site.clock.advance(timedelta(days=7))
    look(site)
    return case_id


def give_up(site: Site, case_id: int) -> None:
    now = site.clock.now()
    failed = {"first_failed_at": now, "last_failed_at": now, "next_attempt_at": now, "given_up_at": now}
    with site.runtime.transaction() as work:
        work.session.add(
            JobFailure(
                job="timers", row_id=case_id, case_id=case_id, error="StepFailed", attempts=8, **failed
            )
        )
    look(site)


def finding(site: Site, key: str) -> int:
    with site.runtime.reading() as work:
        return (
            work.session.scalars(
                select(Finding.id).where(Finding.check_key == key).order_by(Finding.id.desc())
            ).first()
            or 0
        )


def reads(site: Site, what: str) -> list[int | None]:
    with site.runtime.reading() as work:
        return list(work.session.scalars(select(ReadEntry.case_id).where(ReadEntry.what == what)))


def test_the_list_says_what_since_when_why_and_what_to_do(site: Site, stuck: int):
    page = site.browser("maria").page(LIST)
    assert "Uppgiften är försenad" in page
    assert re.search(r"”[^”]+” skulle ha varit klar 3 mars \d\d:\d\d\. Ingen har den\.", page)
    assert CHECKS["task_overdue"].why in page
    assert CHECKS["task_overdue"].repair in page
    assert "F-01 Påhittad" not in page
    assert "Provgatan" not in page


def test_what_is_shown_of_cases_is_logged_once_for_each(site: Site, stuck: int):
    site.browser("maria").page(LIST)
    assert reads(site, "findings.show") == [stuck]


def test_an_empty_list_says_so_and_logs_nothing(site: Site):
    site.register()
    look(site)
    assert "Inget har fastnat just nu" in site.browser("maria").page(LIST)
    assert reads(site, "findings.show") == []


ASKED = {
    "": True,
    "?allvar=2": True,
    "?allvar=1": False,
    "?kontroll=task_overdue": True,
    "?kontroll=timer_late": False,
    "?enhet=samordning": True,
    "?enhet=enhetschef": False,
    "?visa=silenced": False,
    "?visa=closed": False,
    "?visa=odd&allvar=9&enhet=x&kontroll=y": True,
}
"""Choices, and whether there is anything of that kind."""


def test_the_list_shows_what_is_asked_for(site: Site, stuck: int):
    maria = site.browser("maria")
    shown = {asked: '<ul class="found">' in maria.page(LIST + asked) for asked in ASKED}
    assert shown == ASKED


def test_a_place_in_the_list_that_nobody_wrote_is_refused(site: Site, stuck: int):
    maria = site.browser("maria")
    assert maria.get(f"{LIST}?efter=987654").status_code == 404
    assert maria.get(f"{LIST}?efter=x").status_code == 400


def test_the_list_counts_by_unit_and_severity(site: Site, stuck: int):
    give_up(site, stuck)
    page = site.browser("maria").page(LIST)
    [counts] = re.findall(r'<table class="small counts">.*?</table>', page, re.DOTALL)
    assert re.findall(r'allvar=(\d)"[^>]*>(\d+)</a>', counts)
    assert sum(int(number) for _, number in re.findall(r'allvar=(\d)"[^>]*>(\d+)</a>', counts)) == len(
        re.findall(r"<li class=\"card", page)
    )


def test_every_repair_leads_to_a_page_that_is_there(site: Site, stuck: int):
    give_up(site, stuck)
    maria = site.browser("maria")
    page = maria.page(LIST)
    ways = re.findall(r'<p class="actions"><a class="btn[^"]*" href="([^"]+)"', page)
    assert ways
    for way in ways:
        assert maria.get(way.replace("&amp;", "&")).status_code == 200, way


def test_a_finding_is_silenced_with_a_reason_and_shown_again(site: Site, stuck: int):
    maria = site.browser("maria")
    one = f"{LIST}/{finding(site, 'task_overdue')}"
    answer = maria.post(f"{one}/tysta", until="2026-03-12", reason="Väntar på svar från hyresvärden.")
    assert answer.status_code == 302
    assert "till och med torsdag 12 mars 2026" in maria.page(one)
    assert one not in maria.page(LIST)
    silenced = maria.page(f"{LIST}?visa=silenced")
    assert one in silenced
    assert "Tystat till 12 mars" in silenced
    assert maria.post(f"{one}/hor").status_code == 302
    page = maria.page(one)
    assert "avbrutet" in page
    assert "Väntar på svar från hyresvärden." in page
    journal = maria.page(f"/arenden/{stuck}/journal")
    assert "Tystade ett fynd" in journal
    assert "Lät ett fynd visas igen" in journal


def test_what_was_typed_survives_a_silence_that_is_refused(site: Site, stuck: int):
    maria = site.browser("maria")
    one = f"{LIST}/{finding(site, 'task_overdue')}"
    answer = maria.post(f"{one}/tysta", until="2026-13-45", reason="Väntar på svar från hyresvärden.")
    assert answer.status_code == 400
    assert "Välj en dag från i morgon" in answer.text
    assert "Väntar på svar från hyresvärden." in answer.text
    assert 'value="2026-13-45"' in answer.text


def test_a_finding_that_is_closed_meanwhile_cannot_be_silenced(site: Site, stuck: int):
    give_up(site, stuck)
    maria = site.browser("maria")
    one = finding(site, "engine_error")
    with site.runtime.transaction() as work:
        work.session.get_one(Finding, one).closed_at = work.now
    answer = maria.post(f"{LIST}/{one}/tysta", until="2026-03-12", reason="Väntar på svar.")
    assert answer.status_code == 409
    assert "I ordning igen" in maria.page(f"{LIST}/{one}")
    assert "I ordning igen" not in maria.page(f"{LIST}/{finding(site, 'task_overdue')}")


def test_the_history_of_a_finding_shows_when_it_was_so_before(site: Site, stuck: int):
    give_up(site, stuck)
    first = finding(site, "engine_error")
    with site.runtime.transaction() as work:
        work.session.get_one(Finding, first).closed_at = work.now
    look(site)
    again = finding(site, "engine_error")
    assert again != first
    assert f'href="{LIST}/{first}"' in site.browser("maria").page(f"{LIST}/{again}")


def test_the_page_of_the_case_tells_a_supervisor_and_nobody_else(site: Site, stuck: int):
    heading = "Fynd i ärendet"
    assert heading in site.browser("maria").page(f"/arenden/{stuck}")
    assert heading not in site.browser("siv").page(f"/arenden/{stuck}")


def test_a_supervisor_comes_from_the_word_to_the_finding(site: Site, stuck: int):
    give_up(site, stuck)
    page = site.browser("maria").page("/aviseringar?vy=enheten")
    assert "Systemet kan inte föra ärendet vidare." in page
    assert f'href="{LIST}/{finding(site, "engine_error")}"' in page


def test_a_process_owner_is_told_of_the_process_and_never_of_the_case(site: Site, stuck: int):
    with site.runtime.transaction() as work:
        work.session.execute(update(ProcessInstance).values(state=b"broken"))
    site.clock.advance(timedelta(hours=1))
    look(site)
    per = site.browser("per")
    page = per.page("/driftlage")
    assert "Processens läge går inte att läsa" in page
    assert "KVB 2026" not in page
    words = per.page("/aviseringar")
    assert "Processens läge går inte att läsa. Se Driftläge." in words
    assert "KVB 2026" not in words
    assert "KVB 2026" not in per.page("/inkorg")
    assert f"/arenden/{stuck}" not in words + per.page("/inkorg")


def test_operations_and_metrics_say_how_many_findings_and_mails_there_are(site: Site, stuck: int):
    give_up(site, stuck)
    page = site.browser("stig").page("/driftlage")
    assert re.search(r"Öppna fynd: kritiskt</dt><dd class=\"num\">1<", page)
    assert re.search(r"E-post som väntar</dt><dd class=\"num\">\d", page)


def all_facts(check: Any) -> dict[str, Any]:
    named = {name for _, name, _, _ in Formatter().parse(check.explanation) if name}
    at = "2026-03-02T08:00:00+00:00"
    codes = {"unit": "vuxen", "job": "timers", "message": "kfm.nyTid", "letter": "informationsbrev"}
    values = {
        name: at if name.endswith("_at") else "2026-03-02" if name.endswith("_on") else "x" for name in named
    }
    return values | {name: code for name, code in (codes | {"deadline": "D-12"}).items() if name in named}


def test_every_check_can_be_told_in_both_languages(site: Site):
    with site.app.test_request_context():
        for check in CHECKS.values():
            said = explained(check, all_facts(check))
            assert said.endswith("."), check.key
            assert "{" not in said, check.key
            for text in (check.title, check.explanation, check.why, check.repair):
                assert text in ENGLISH, text


def test_the_table_of_checks_is_as_wide_as_was_promised():
    assert len(CHECKS) >= 22
    assert {check.severity for check in CHECKS.values()} == set(Severity)
    assert set(BUTTONS) == set(Repair) == {check.where for check in CHECKS.values()}


def test_an_overview_that_looks_as_it_did_shows_nothing_and_logs_nothing(site: Site, stuck: int):
    give_up(site, stuck)
    maria = site.browser("maria")
    page = maria.page("/arbetsledning/nu")
    assert f'href="{LIST}/{finding(site, "engine_error")}"' in page
    [looks] = set(re.findall(r"sedan=([0-9a-f]{16})", page))
    logged = reads(site, "overview.only_now")
    assert logged == [stuck]
    assert maria.get(f"/arbetsledning/nu?sedan={looks}").status_code == 204
    assert reads(site, "overview.only_now") == logged


def test_a_list_that_goes_on_after_another_finding_logs_only_what_it_shows(site: Site, stuck: int):
    other = site.register(apartment="1102")
    give_up(site, other)
    after = finding(site, "engine_error")
    page = site.browser("maria").page(f"{LIST}?efter={after}")
    assert f'href="/arenden/{other}"' not in page
    assert reads(site, "findings.show") == [stuck]
    with site.runtime.transaction() as work:
        work.session.get_one(Finding, after).administration_key = "sydvast"
    assert site.browser("maria").get(f"{LIST}?efter={after}").status_code == 404
