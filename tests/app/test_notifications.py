"""What needs attention stands at the top of the inbox until somebody of the unit acknowledges it."""

from __future__ import annotations

import re
from datetime import timedelta

from processes.models import Notification
from tests.app.conftest import Browser, Site

TEXT = "Bekräftelsen är inte skickad och kontoret stänger snart."


def tell(site: Site, unit: str = "vuxen", number: int = 1) -> int:
    """Tell the unit about a new case; answers the case's id."""
    case_id = site.register()
    with site.runtime.transaction() as work:
        for one in range(number):
            at = work.now + timedelta(minutes=one)
            work.session.add(
                Notification(case_id=case_id, administration_key="hisingen", unit=unit, text=TEXT, at=at)
            )
    return case_id


def counted(browser: Browser, path: str) -> str | None:
    """The number that the header shows."""
    found = re.search(r'<span class="unseen num">([^<]+)<', browser.page(path))
    return found[1] if found else None


def test_the_inbox_says_what_happened_in_which_case(site: Site) -> None:
    case_id = tell(site)
    page = site.browser("anna").page("/inkorg")
    section = page[page.index('class="told-us"') : page.index('class="tabs"')]
    assert TEXT in section
    assert f'href="/arenden/{case_id}"' in section
    assert "KVB 2026-" in section
    assert "Vuxenenheten" in section


def test_another_unit_and_another_administration_are_not_told(site: Site) -> None:
    tell(site)
    for stranger in ("eva", "disa"):
        assert TEXT not in site.browser(stranger).page("/inkorg")


def test_every_page_counts_what_waits(site: Site) -> None:
    anna = site.browser("anna")
    assert counted(anna, "/inkorg") is None
    tell(site, number=2)
    for path in ("/inkorg", "/arenden", "/arenden/1"):
        assert counted(anna, path) == "2"


def test_a_very_long_list_is_not_counted_to_the_end(site: Site) -> None:
    tell(site, number=120)
    assert counted(site.browser("anna"), "/inkorg") == "99+"


def test_more_than_two_are_folded_away(site: Site) -> None:
    tell(site, number=5)
    page = site.browser("anna").page("/inkorg")
    assert "Visa 3 till" in page
    assert page.count(f"<p>{TEXT}</p>") == 5


def test_one_click_acknowledges_it_for_everybody_in_the_unit(site: Site) -> None:
    tell(site)
    anna = site.browser("anna")
    found = re.search(r'action="(/inkorg/larm/\d+/kvittera\?vy=enheten)"', anna.page("/inkorg?vy=enheten"))
    assert found
    answer = anna.post(found[1])
    assert answer.headers["Location"] == "/inkorg?vy=enheten"
    page = anna.page("/inkorg?vy=enheten")
    assert f"Kvitterat: {TEXT}" in page
    assert 'class="told-us"' not in page
    assert counted(site.browser("bosse"), "/inkorg") is None
    assert re.search(rf"Kvitterade</b>: {TEXT}", site.browser("bosse").page("/arenden/1"))


def test_another_units_cannot_be_acknowledged(site: Site) -> None:
    tell(site)
    assert site.browser("eva").post("/inkorg/larm/1/kvittera").status_code == 403
    assert site.browser("disa").post("/inkorg/larm/1/kvittera").status_code == 404
    assert site.browser("anna").post("/inkorg/larm/999/kvittera").status_code == 404
    assert counted(site.browser("anna"), "/inkorg") == "1"


def test_later_pages_of_a_long_inbox_do_not_repeat_it(site: Site) -> None:
    for number in range(18):
        site.register(address=f"Provgatan {number}")
    with site.runtime.transaction() as work:
        work.session.add(
            Notification(case_id=1, administration_key="hisingen", unit="enhetschef", text=TEXT, at=work.now)
        )
    maria = site.browser("maria")
    first = maria.page("/inkorg?vy=alla")
    onward = re.search(r'href="(/inkorg\?vy=alla&amp;efter=[^"]+)"', first)
    assert onward
    assert TEXT in first
    assert TEXT not in maria.page(onward[1].replace("&amp;", "&"))
