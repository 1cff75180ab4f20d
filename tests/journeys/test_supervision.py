"""The head of unit in a real browser: sees what needs somebody, follows a number in the drawing, is kept up to date."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from processes.actions.tasks import claim_task
from processes.models import Task
from processes.queries.people import get_caseworker_named
from tests.city import arrears_notice
from tests.journeys.conftest import Office
from workers.task_counts import count_open_tasks


def count(office: Office) -> None:
    """A minute later the worker has counted."""
    office.clock.advance(timedelta(minutes=1))
    count_open_tasks(office.runtime, lambda: False)


def test_a_number_in_the_drawing_leads_to_its_tasks(office: Office) -> None:
    for number in range(3):
        office.register(arrears_notice() | {"address": f"Provgatan {number}"})
    count(office)
    page = office.desk("Maria Ek").page
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Arbetsledning").click()
    page.get_by_role("navigation", name="Arbetsledning").get_by_role("link", name="Värmekarta").click()
    page.get_by_role("link", name="Underrättelse", exact=True).click()
    number_in_drawing = page.locator(".heat-number", has_text="3")
    expect(number_in_drawing).to_have_attribute(
        "aria-label", "Ta ställning till underrättelsen: 3. Under en vecka: 3"
    )
    expect(page.locator("[data-element-id=ta_stallning].heat-4")).to_have_count(1)
    number_in_drawing.click()
    page.get_by_role("heading", name="Inkorg", level=1).wait_for()
    expect(page.locator("tr.r")).to_have_count(3)
    expect(page.locator("tr.r .step a")).to_have_text(["Ta ställning till underrättelsen"] * 3)


def test_the_overview_keeps_itself_up_to_date(office: Office) -> None:
    office.register(arrears_notice())
    count(office)
    desk = office.desk("Maria Ek")
    desk.page.clock.install()
    desk.page.goto(f"{office.address}/arbetsledning")
    free = desk.page.locator(".tiles a", has_text="som ingen har tagit")
    expect(free).to_have_text("1 som ingen har tagit")
    with office.runtime.transaction() as work:
        siv = get_caseworker_named(work.session, "siv")
        claim_task(work, task_id=work.session.get_one(Task, 1).id, caseworker=siv)
    count(office)
    with desk.page.expect_response("**/arbetsledning/nu**"):
        desk.page.clock.run_for(16_000)
    expect(free).to_have_text("0 som ingen har tagit")


def test_without_scripts_the_numbers_stand_in_the_table(office: Office) -> None:
    office.register(arrears_notice())
    count(office)
    page = office.desk("Maria Ek", scripts=False).page
    page.goto(f"{office.address}/arbetsledning/varmekarta/underrattelse")
    page.get_by_role("row", name="Ta ställning till underrättelsen").get_by_role("link").first.click()
    expect(page.locator("tr.r")).to_have_count(1)
