"""The page on operations: what the system could not do waits there for a person, who may let it try again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.operating_status import how_long
from processes.actions.access import declare_recusal
from processes.actions.failures import TOLD_THE_HEAD
from processes.models import Case, JobFailure, JournalEntry, Notification
from processes.queries.people import get_caseworker_named
from processes.rules.retries import MOST_ATTEMPTS
from tests.app.conftest import Site
from tests.app.test_health import fail, has_run, make_timer

PAGE = "/driftlage"


def failure(site: Site) -> JobFailure:
    with site.runtime.reading() as work:
        found = work.session.scalars(select(JobFailure)).one()
        work.session.expunge_all()
        return found


def number_of(site: Site, case_id: int) -> str:
    with site.runtime.reading() as work:
        return work.session.get_one(Case, case_id).number


def journal_of(site: Site, case_id: int) -> list[tuple[str, str, int | None]]:
    with site.runtime.reading() as work:
        lines = select(JournalEntry).where(JournalEntry.case_id == case_id, JournalEntry.what.like("job_%"))
        return [
            (one.what, one.subject, one.by_id)
            for one in work.session.scalars(lines.order_by(JournalEntry.id))
        ]


def test_the_head_of_unit_is_told_once_when_a_case_is_given_up(site: Site):
    case_id = site.register()
    fail(site, case_id, times=MOST_ATTEMPTS - 1)
    assert journal_of(site, case_id) == []
    fail(site, case_id, times=3)
    assert journal_of(site, case_id) == [("job_given_up", "timers", None)]
    with site.runtime.reading() as work:
        told = work.session.scalars(select(Notification).where(Notification.text == TOLD_THE_HEAD)).all()
        assert [(one.unit, one.case_id) for one in told] == [("enhetschef", case_id)]
    assert TOLD_THE_HEAD in site.browser("maria").page("/inkorg")


def test_the_page_says_how_late_it_is_and_what_could_not_be_done(site: Site):
    case_id = site.register()
    make_timer(site, site.register(address="Provgatan 2"))
    fail(site, case_id, times=MOST_ATTEMPTS)
    page = site.browser("maria").page(PAGE)
    assert "Något är sent" in page
    assert "8 timmar" in page
    assert "Ingen arbetsprocess har varit igång." in page
    assert f'<a href="/arenden/{case_id}">{number_of(site, case_id)}</a>' in page
    assert "RuntimeError" in page
    assert "F-01" not in page
    has_run(site)
    assert "Tidsbevakning" in site.browser("maria").page(PAGE)


def test_who_keeps_the_system_or_its_diagrams_sees_the_number_and_no_way_into_the_case(site: Site):
    case_id = site.register()
    fail(site, case_id, times=MOST_ATTEMPTS)
    for who in ("per", "stig"):
        page = site.browser(who).page(PAGE)
        assert number_of(site, case_id) in page
        assert f"/arenden/{case_id}" not in page
        assert '<span class="unseen num">1<span class="vh"> väntar på en människa</span></span>' in page
    assert "Försök igen" in site.browser("stig").page(PAGE)
    assert "Försök igen" not in site.browser("per").page(PAGE)


def test_nothing_on_the_page_reads_a_case(site: Site):
    case_id = site.register()
    fail(site, case_id, times=MOST_ATTEMPTS)
    before = len(site.browser("gun").page("/granskning").split('class="r"'))
    site.browser("maria").page(PAGE)
    assert len(site.browser("gun").page("/granskning").split('class="r"')) == before + 1, (
        "the auditor's own look"
    )


@pytest.mark.parametrize("who", ["maria", "stig"])
def test_a_person_lets_the_system_try_again_and_the_journal_says_who(site: Site, who: str):
    case_id = site.register()
    fail(site, case_id, times=MOST_ATTEMPTS)
    answer = site.browser(who).post(f"{PAGE}/fel/{failure(site).id}")
    assert (answer.status_code, answer.location) == (302, PAGE)
    again = failure(site)
    assert (again.attempts, again.given_up_at, again.next_attempt_at) == (0, None, site.clock.now())
    with site.runtime.reading() as work:
        person = get_caseworker_named(work.session, who).id
    assert journal_of(site, case_id)[-1] == ("job_retried", "timers", person)


def test_what_has_succeeded_meanwhile_cannot_be_tried_again(site: Site):
    answer = site.browser("maria").post(f"{PAGE}/fel/1")
    assert answer.status_code == 404
    assert "Felet finns inte kvar" in answer.text


def test_another_administrations_failures_do_not_exist(site: Site):
    case_id = site.register()
    fail(site, case_id, times=MOST_ATTEMPTS)
    with site.runtime.transaction() as work:
        work.session.execute(update(Case).values(administration_key="sydvast"))
    page = site.browser("maria").page(PAGE)
    assert "Inget fel väntar." in page
    assert "väntar på en människa</span>" not in page
    assert site.browser("maria").post(f"{PAGE}/fel/{failure(site).id}").status_code == 404
    assert failure(site).attempts == MOST_ATTEMPTS


def test_who_has_a_conflict_of_interest_has_nothing_to_do_with_the_failure(site: Site):
    case_id = site.register()
    fail(site, case_id, times=MOST_ATTEMPTS)
    with site.runtime.transaction() as work:
        maria = get_caseworker_named(work.session, "maria")
        declare_recusal(work, case_id=case_id, caseworker=maria, person=maria, reason="Min granne.")
    browser = site.browser("maria")
    assert number_of(site, case_id) not in browser.page(PAGE)
    assert browser.post(f"{PAGE}/fel/{failure(site).id}").status_code in (403, 404)
    assert failure(site).attempts == MOST_ATTEMPTS


def test_what_concerns_no_case_concerns_everybody_who_looks_after_operations(site: Site):
    with site.runtime.transaction() as work:
        work.session.add(
            JobFailure(
                job="digest",
                row_id=1,
                error="KeyError",
                attempts=1,
                first_failed_at=work.now,
                last_failed_at=work.now,
                next_attempt_at=work.now,
            )
        )
    for who in ("maria", "stig", "per"):
        assert "Daglig sammanställning" in site.browser(who).page(PAGE)
    assert site.browser("stig").post(f"{PAGE}/fel/{failure(site).id}").status_code == 302


def test_each_length_of_time_is_said_as_exactly_as_it_matters(site: Site):
    with site.app.test_request_context():
        assert how_long(timedelta(seconds=119)) == "119 sekunder"
        assert how_long(timedelta(seconds=120)) == "2 minuter"
        assert how_long(timedelta(hours=2)) == "2 timmar"
        assert how_long(timedelta(hours=48)) == "2 dygn"
