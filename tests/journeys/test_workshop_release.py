"""Two process owners take a change from the drawing board to a release, and back again, in real browsers."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from processes.actions.events import record_event
from processes.models import ProcessInstance
from processes.queries.people import get_caseworker_named
from tests.city import City
from tests.journeys.conftest import Office
from workers.examinations import examine_what_is_asked_for

WATCH = "bevakning/bevakning.bpmn"
STORIES = (
    "hot-om-avhysning/scenarios/S-01-hyresskuld-bistand.yaml",
    "hot-om-avhysning/scenarios/S-02-familj-midsommarafton.yaml",
)
TASK = "Kontrollera att hyran är betald"
OLD_QUESTION, NEW_QUESTION = "Är hyran betald?", "Är månadens hyra betald?"
UNTIL = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)


def never() -> bool:
    return False


def watched_case(office: Office, address: str) -> str:
    """A case in which the rent is watched; the address of its page."""
    city = City(office.runtime, office.clock)
    case_id = city.register(address=address)
    with office.runtime.transaction() as work:
        said = {"kind": "rent_check", "until": "2026-03-04", "text": "Marshyran."}
        siv = get_caseworker_named(work.session, "siv")
        record_event(work, case_id=case_id, name="bevakning.skapad", payload=said, caseworker=siv)
    return f"{office.address}/arenden/{case_id}"


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def is_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"Sparat \d\d:\d\d"))


def draw(page: Page) -> None:
    """Change a lane, a deadline, a condition and a question, each where a process owner would."""
    page.wait_for_selector("[data-shown=yes]")
    chosen = page.get_by_label("Valt i ritningen")
    chosen.select_option(label=TASK)
    page.get_by_label("Bana", exact=True).select_option(label="Vuxenenheten")
    page.get_by_label("Klar senast").select_option(label="Nästa arbetsdag")
    page.evaluate(
        """id => {
            const { modeler } = document.querySelector("[data-editor]");
            modeler.get("selection").select(modeler.get("elementRegistry").get(id));
        }""",
        "flow_vad_bevakas__kontrollera_hyra",
    )
    page.get_by_label("Villkor", exact=True).fill("watch_kind in ['rent_check']")
    expect(page.locator("[data-here]")).to_be_empty()
    is_saved(page)
    chosen.select_option(label=TASK)
    page.get_by_role("link", name="Öppna formuläret").click()
    page.locator(".question a").first.click()
    page.get_by_label("Fråga", exact=True).fill(NEW_QUESTION)
    expect(page.locator("[data-preview]")).to_contain_text(NEW_QUESTION)
    is_saved(page)


def check(office: Office, page: Page, proposal: str, *, is_asked_for: bool = False) -> None:
    """Ask for the checks, let the worker make them, and look."""
    page.goto(proposal)
    if not is_asked_for:
        press(page, "Kontrollera nu")
    examine_what_is_asked_for(office.runtime, never)
    page.goto(proposal)


def rewrite(page: Page, proposal: str, story: str) -> None:
    """Let the story say that the unit for adults checks the rent."""
    page.goto(f"{proposal}/redigera/{story}")
    text = page.locator("textarea").first
    written = text.input_value()
    text.fill(re.sub(r"who: eva(\n +task: kontrollera_hyra)", r"who: anna\1", written))
    is_saved(page)


def publish(proposer: Page, approver: Page, proposal: str, note: str) -> None:
    """One sends, the other approves and publishes."""
    proposer.goto(proposal)
    proposer.get_by_label("Vad är nytt, och varför?").fill(note)
    press(proposer, "Skicka")
    approver.goto(proposal)
    press(approver, "Godkänn")
    press(approver, "Publicera")


def asked(page: Page, case: str) -> None:
    page.goto(case)
    page.get_by_role("region", name="Att göra nu").get_by_role("link", name=TASK, exact=True).click()


def versions(office: Office) -> list[str]:
    """The version that each watch runs on, the oldest first."""
    with office.runtime.reading() as work:
        watches = work.session.query(ProcessInstance).filter(ProcessInstance.process_key == "bevakning")
        return [one.diagram_version for one in watches.order_by(ProcessInstance.id)]


def test_a_change_is_drawn_checked_approved_and_published_and_taken_back(office: Office) -> None:
    per, petra = office.desk("Per Olsson").page, office.desk("Petra Ström").page
    before = watched_case(office, "Provgatan 1")
    per.get_by_role("link", name="Verkstad").click()
    per.get_by_label("Vad ska förslaget heta?").fill("Vuxenenheten kontrollerar hyran")
    press(per, "Börja")
    proposal = per.url
    per.goto(f"{proposal}/redigera/{WATCH}")
    draw(per)
    check(office, per, proposal)
    expect(per.get_by_text("av 17 scenarier gick rätt")).to_contain_text("15 av 17")
    expect(per.get_by_role("button", name="Skicka")).to_have_count(0)
    for story in STORIES:
        rewrite(per, proposal, story)
    check(office, per, proposal)
    expect(per.get_by_text("av 17 scenarier gick rätt")).to_contain_text("17 av 17")
    publish(per, petra, proposal, "Vuxenenheten kontrollerar hyran själv.")
    during = watched_case(office, "Provgatan 2")
    petra.goto(f"{office.address}/verkstad/utgavor/1")
    press(petra, "Föreslå att gå tillbaka till utgåva 1")
    back = petra.url
    check(office, petra, back, is_asked_for=True)
    publish(petra, per, back, "Ekonomiskt bistånd kontrollerar hyran igen.")
    after = watched_case(office, "Provgatan 3")
    first, second, third = versions(office)
    assert first == third != second
    office.let_time_pass(UNTIL)
    economy, adults = office.desk("Eva Sandberg").page, office.desk("Anna Lindqvist").page
    for page, case, question in (
        (economy, before, OLD_QUESTION),
        (adults, during, NEW_QUESTION),
        (economy, after, OLD_QUESTION),
    ):
        asked(page, case)
        press(page, "Ta uppgiften")
        expect(page.get_by_role("group", name=question)).to_be_visible()
