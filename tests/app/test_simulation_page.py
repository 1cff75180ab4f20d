"""The page that moves a demo's clock tells what happened in the cases one sees, and exists nowhere but in a demo."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app import create_app
from processes.clock import AheadClock
from processes.models import SimulatedTime
from processes.queries.simulated_time import time_ahead
from tests.app.conftest import Site

PAGE = "/simulering"


@pytest.fixture
def demo(site: Site) -> Site:
    """A demo whose clock can be moved."""
    with site.runtime.transaction() as work:
        work.session.add(SimulatedTime(marked_at=work.now))
    site.runtime.clock = AheadClock(site.clock, lambda: time_ahead(site.runtime.engine))
    return replace(site, app=create_app(site.runtime))


def test_moving_the_clock_shows_what_became_late_and_leaves_one_signed_in(demo):
    demo.register()
    siv = demo.browser("siv")
    assert siv.post(PAGE, fram="vecka").status_code == 302
    page = siv.page(PAGE)
    assert "måndag 9 mars 2026" in page
    assert "7 dygn" in page
    assert "Försenad" in page
    assert "KVB 2026-000001" in page
    assert "Det här hände från 2 mars 09:00" in page


def test_what_happened_is_told_only_of_cases_that_one_sees(demo):
    demo.register()
    disa = demo.browser("disa")
    disa.post(PAGE, fram="vecka")
    assert "KVB" not in disa.page(PAGE)
    assert "Inget i de ärenden du ser" in disa.page(PAGE)


@pytest.mark.parametrize("hours", ["", "x", "-1", "1.5", "999999", "٣"])
def test_a_number_of_hours_that_is_none_is_refused(demo, hours):
    assert demo.browser("siv").post(PAGE, timmar=hours).status_code == 400


def test_hours_can_be_typed(demo):
    assert demo.browser("siv").post(PAGE, timmar="30").status_code == 302
    assert time_ahead(demo.runtime.engine) == timedelta(hours=30)


def test_too_far_or_nothing_ahead_is_refused_with_a_sentence(demo):
    siv = demo.browser("siv")
    for form in ({"timmar": "99999"}, {"fram": "handelse"}):
        answer = siv.post(PAGE, **form)
        assert answer.status_code == 409
        assert "Klockan står kvar" in answer.text


def test_a_database_without_the_mark_keeps_its_time_and_the_page_says_so(site):
    siv = site.browser("siv")
    assert "Klockan står kvar" in siv.page(PAGE)
    assert "<button" not in siv.page(PAGE).partition("Flytta klockan framåt")[2].partition("</section>")[0]
    assert siv.post(PAGE, fram="dag").status_code == 409


def test_outside_a_demo_there_is_no_such_page(site):
    siv = site.browser("siv")
    assert PAGE in siv.page("/inkorg")
    system = site.app.extensions["runtime"]
    system.settings = replace(system.settings, demo=False)
    assert siv.get(PAGE).status_code == 404
    assert siv.post(PAGE, token="x", fram="dag").status_code in (400, 404)
    site.app.config["WTF_CSRF_ENABLED"] = False
    assert siv.post(PAGE, token="x", fram="dag").status_code == 404
    assert PAGE not in siv.page("/inkorg")
