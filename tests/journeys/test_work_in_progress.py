"""What somebody has typed is never lost: not with the browser, not to a colleague, not to another form of the page."""

from __future__ import annotations

import os
import signal
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from processes.actions.handing_over import hand_over_task
from processes.queries.people import get_caseworker_named
from tests.browser import find_browser, start_browser
from tests.city import arrears_notice
from tests.journeys.conftest import Office
from tests.journeys.pages import Desk, named

STANCE = "Ta ställning till underrättelsen"
TYPED = "Ringde hyresvärden 14.10, ingen svarade."


@pytest.fixture
def task(office: Office) -> str:
    """The address of a task that Siv has claimed."""
    siv = office.desk("Siv Samuelsson")
    siv.open(office.register(arrears_notice()), STANCE)
    siv.press("Ta uppgiften")
    expect(siv.page.get_by_role("button", name="Slutför uppgiften")).to_be_visible()
    return siv.page.url


def type_in(desk: Desk, task: str) -> None:
    """Begin to answer, with a text in a box that another answer brings up."""
    desk.page.goto(task)
    desk.page.locator('[name="stance"][value="not_for_us"]').check()
    why(desk.page).fill(TYPED)


def why(page: Page) -> Locator:
    return page.get_by_role("textbox", name=named("Varför?"))


def kill(browser: Browser) -> None:
    """End the browser as a power cut would: nothing in it gets to run any more."""
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    [process] = [each["id"] for each in found["processInfo"] if each["type"] == "browser"]
    os.kill(process, signal.SIGKILL)


def test_a_draft_outlives_the_browser_it_was_typed_in(office: Office, task: str) -> None:
    browser = start_browser(office.browser.browser_type, find_browser())
    siv = replace(office, browser=browser, _opened=[]).desk("Siv Samuelsson")
    with siv.page.expect_response(lambda answer: TYPED in (answer.request.post_data or "")):
        type_in(siv, task)
    siv.page.get_by_text("Utkast sparat").wait_for()
    kill(browser)
    again = office.desk("Siv Samuelsson").page
    again.goto(task)
    expect(why(again)).to_have_value(TYPED)
    expect(again.get_by_text("Ditt utkast från")).to_be_visible()


def test_what_is_typed_before_the_scripts_have_come_is_saved_too(office: Office, task: str) -> None:
    page = office.desk("Siv Samuelsson").page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/static/dist/pages-*.js", hold)
    page.goto(task, wait_until="commit")
    page.locator('[name="stance"][value="not_for_us"]').check()
    why(page).fill(TYPED)
    assert len(held) == 1
    with page.expect_response(lambda answer: TYPED in (answer.request.post_data or "")):
        held[0].continue_()
    expect(page.get_by_text("Utkast sparat")).to_be_visible()


def test_of_two_who_claim_at_the_same_moment_one_gets_the_form_and_the_other_a_sentence(
    office: Office, task: str
) -> None:
    siv = office.desk("Siv Samuelsson")
    siv.page.goto(task)
    siv.press("Lämna tillbaka")
    pages = [siv.page, office.desk("Maria Ek").page]
    for page in pages:
        page.goto(task)
    for page in pages:
        page.evaluate("setTimeout(() => document.querySelector('form[action$=\"/ta\"]').requestSubmit())")
    for page in pages:
        expect(
            page.get_by_role("button", name="Slutför uppgiften").or_(
                page.get_by_role("heading", name="Någon annan har tagit uppgiften")
            )
        ).to_be_visible()
    won = [page for page in pages if page.get_by_role("button", name="Slutför uppgiften").count()]
    [lost] = [page for page in pages if page not in won]
    assert len(won) == 1
    expect(lost.get_by_text("Uppgiften är tagen av")).to_be_visible()


def test_who_loses_the_task_while_typing_keeps_every_word(office: Office, task: str) -> None:
    siv = office.desk("Siv Samuelsson")
    type_in(siv, task)
    with office.runtime.transaction() as work:
        maria = get_caseworker_named(work.session, "maria")
        hand_over_task(work, task_id=int(task.rpartition("/")[2]), caseworker=maria, to=maria)
    with siv.page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url == task
    ) as sent:
        siv.press("Slutför uppgiften")
    assert sent.value.status == 409
    expect(siv.page.get_by_role("alert")).to_contain_text("tagen av")
    expect(why(siv.page)).to_have_value(TYPED)


def test_a_note_beside_the_form_does_not_cost_what_is_half_typed_in_it(office: Office, task: str) -> None:
    siv = office.desk("Siv Samuelsson")
    type_in(siv, task)
    siv.page.get_by_text("Skriv en anteckning").click()
    siv.page.get_by_role("textbox", name="Anteckning", exact=True).fill("Växeln öppnar nio.")
    siv.press("Spara anteckningen")
    expect(siv.page.get_by_role("status").filter(has_text="Anteckningen är sparad")).to_be_visible()
    expect(siv.page.get_by_text("Växeln öppnar nio.")).to_be_visible()
    expect(why(siv.page)).to_have_value(TYPED)


def test_the_drawing_is_fetched_when_it_is_opened_and_shows_the_step(office: Office, task: str) -> None:
    page = office.desk("Siv Samuelsson").page
    page.goto(task)
    expect(page.locator("script[src*=diagram]")).to_have_count(0)
    page.get_by_text("Visa i diagrammet").click()
    expect(page.locator(".diagram-mark-now")).to_have_text("Här är du")


def test_a_note_can_be_written_and_a_task_handed_over_without_javascript(office: Office, task: str) -> None:
    siv = office.desk("Siv Samuelsson", scripts=False)
    siv.page.goto(task)
    expect(siv.page.get_by_role("heading", name="Var i processen")).to_be_visible()
    siv.page.get_by_text("Skriv en anteckning").click()
    siv.page.get_by_role("textbox", name="Anteckning", exact=True).fill("Växeln öppnar nio.")
    siv.press("Spara anteckningen")
    expect(siv.page.get_by_text("Växeln öppnar nio.")).to_be_visible()
    siv.page.get_by_text("Ge till kollega").click()
    siv.page.get_by_label("Kollega").select_option(index=1)
    siv.page.get_by_label("Anteckning till den som tar över").fill("Brådskar.")
    siv.press("Ge uppgiften")
    expect(siv.page.get_by_role("status")).to_contain_text("är nu hos")
