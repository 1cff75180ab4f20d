"""A head of unit steps into a case in every way there is, from a browser; the journal says who, why and what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from processes.actions.events import record_event
from processes.actions.failures import note_failure
from processes.actions.mail import queue_mail
from processes.actions.notices import register_notice
from processes.models import Case, Timer
from processes.queries.people import get_caseworker_named
from processes.rules.interventions import KINDS
from tests.city import City, arrears_notice
from tests.journeys.conftest import Office
from tests.journeys.pages import Desk

STANCE = {"stance": "handle", "grounds": ["arrears"], "informant": "landlord", "may_lead_to_measure": False}
WANTS = {
    "resident_stance": "wants",
    "spoken_on": "2026-03-02",
    "told_of_risk": True,
    "nothing_told_about_others": True,
    "resident_needs": "Egen bostad.",
}
CHILD = {"name": "Okänt", "role": "child"}
OFFER, LEAD_ON = "Erbjud den boende stöd", "Slussa den boende rätt"


@dataclass
class Head:
    """The head of unit at a desk, with a case."""

    desk: Desk
    case: str

    @property
    def page(self) -> Page:
        return self.desk.page

    def step_in(self, way: str, *, why: str, choose: str = "", foresees: str = "", **fields: str) -> None:
        """Choose, fill in, read what will happen, and confirm it."""
        self.page.goto(f"{self.case}/atgarder")
        self.page.locator(".step-in").get_by_role("link", name=way, exact=True).click()
        self.desk.is_at(way)
        if choose:
            self._choose(choose)
        for name, value in fields.items():
            field = self.page.locator(f"[name='{name}']").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            elif field.get_attribute("type") == "radio":
                field.check()
            else:
                field.fill(value)
        self.page.locator("#varfor").fill(why)
        self.desk.press("Se vad som händer")
        expect(self.page.get_by_role("region", name="Det här händer")).to_contain_text(foresees)
        self.desk.press("Bekräfta och gör det")
        expect(self.page.get_by_role("status").get_by_text(f"Gjort: {way}")).to_be_visible()

    def _choose(self, what: str) -> None:
        link = self.page.locator(".ways").get_by_role("link", name=what, exact=True)
        if link.count():
            link.click()
        elif self.page.locator("input[name=val]:not([type=hidden])").count():
            self.page.locator("label.target", has_text=what).first.locator("input").check()


@pytest.fixture
def head(office: Office) -> Head:
    """Maria, before a case in which much has happened and some of it has gone wrong."""
    city = City(office.runtime, office.clock)
    with office.runtime.transaction() as work:
        siv = get_caseworker_named(work.session, "siv")
        case_id = register_notice(work, caseworker=siv, answers=arrears_notice()).case_id
        staff = {name: get_caseworker_named(work.session, name).id for name in ("anna", "bosse")}
    city.complete(
        case_id, "ta_stallning", "siv", **STANCE, caseworker=staff["anna"], substitute=staff["bosse"]
    )
    with office.runtime.transaction() as work:
        siv = get_caseworker_named(work.session, "siv")
        about: dict[str, Any] = {"case_id": case_id, "caseworker": siv}
        for name in ("F-09 Påhittad", "F-10 Påhittad"):
            found = {"name": name, "id_kind": "unknown", "protection": "none"}
            record_event(work, name="boende.upptackt", payload=found, **about)
        watch = {"kind": "other", "until": "2026-03-20", "text": "Ring hyresvärden igen."}
        record_event(work, name="bevakning.skapad", payload=watch, **about)
    office.clock.advance(timedelta(hours=1))
    city.complete(case_id, "erbjud_boende_stod", "anna", **WANTS, new_children=[CHILD])
    office.clock.advance(timedelta(hours=1))
    city.complete(case_id, "erbjud_boende_stod", "anna", **WANTS)
    office.clock.advance(timedelta(hours=1))
    break_things(office, case_id)
    return Head(office.desk("Maria Ek"), f"{office.address}/arenden/{case_id}")


def break_things(office: Office, case_id: int) -> None:
    """A timer that has lost its date, work that the system gave up, a mail that nobody got."""
    with office.runtime.transaction() as work:
        lost = datetime(2027, 1, 1, tzinfo=UTC)
        work.session.execute(update(Timer).where(Timer.step == "bevakningsdag").values(due_at=lost))
        note_failure(work, job="new_day", row_id=case_id, case_id=case_id, error=ZeroDivisionError())
        anna, case = get_caseworker_named(work.session, "anna"), work.session.get_one(Case, case_id)
        mail = queue_mail(
            work, to=anna, kind="reminder", path="/", dedup_key="prov", case=(case_id, case.number)
        )
        assert mail is not None
        mail.given_up_at, mail.next_attempt_at = work.now, None


def test_every_intervention_is_foreseen_and_done_and_the_journal_tells_it(head: Head) -> None:
    head.step_in(
        "Ställ om en tidsbevakning",
        choose="Bevakningsdag",
        why="Fel datum i bevakningen.",
        foresees="från 1 jan 2027",
    )
    head.step_in(
        "Gå tillbaka till ett steg", choose=OFFER, why="Personen avböjde egentligen.", foresees=LEAD_ON
    )
    assert OFFER in head.desk.to_do(head.case)
    assert head.desk.to_do(head.case).count(LEAD_ON) == 1, "that of the other resident goes on"
    head.step_in(
        "Omfördela uppgifter",
        choose=OFFER,
        why="Bosse känner personen.",
        till="Bosse Grahn",
        foresees="Bosse Grahn",
    )
    head.step_in(
        "Ändra prioritet eller uppföljning",
        choose=OFFER,
        why="Det brådskar.",
        prioritet="5, högst",
        foresees="till 5, högst",
    )
    head.step_in(
        "Hoppa över ett steg", choose=OFFER, why="Personen har flyttat.", foresees="Uppgifter som faller bort"
    )
    head.step_in(
        "Lämna ett meddelande", choose="Bevakning flyttad till ny dag", why="Anna har ringt om det.",
        watch="the only one", until="2026-03-25", foresees="25 mars",
    )  # fmt: skip
    head.step_in(
        "Försök igen", choose="Dagens genomgång", why="Felet är avhjälpt.", foresees="Fel som är avhjälpta"
    )
    head.step_in(
        "Skicka om brev eller e-post",
        choose="Påminnelser",
        why="Adressen är rättad.",
        foresees="E-post som skickas",
    )
    head.step_in(
        "Pausa ärendet", why="Väntar på hyresvärden.", dag="2026-03-20", foresees="pausat till: 20 mars"
    )
    head.page.goto(head.case)
    expect(head.page.get_by_role("heading", name="Ärendet är pausat till 20 mars")).to_be_visible()
    head.step_in("Återuppta ärendet", why="Hyresvärden har svarat.", foresees="inte längre: pausat till")
    head.step_in(
        "Avbryta en process eller hela ärendet", choose="Bevakning", why="Bevakningen behövs inte.",
        grund="Hyresvärden har skriftligen tagit tillbaka det.", foresees="Processer som avslutas",
    )  # fmt: skip
    the_journal_tells_it(head)
    an_unsound_way_back_is_refused(head)


def the_journal_tells_it(head: Head) -> None:
    head.page.goto(f"{head.case}/atgarder")
    told = head.page.get_by_role("region", name="Tidigare åtgärder").get_by_role("listitem")
    done = [one for one in told.all_inner_texts() if "Varför:" in one]
    assert len(done) == len(KINDS)
    assert all("Maria Ek" in one and "Före och efter" in one for one in done)
    first = told.filter(has_text="Gick tillbaka till ett steg: " + OFFER)
    first.get_by_text("Före och efter").click()
    expect(first.get_by_text("Varför: Personen avböjde egentligen.")).to_be_visible()
    expect(first.locator(".before-after > div").first).to_contain_text(LEAD_ON)
    expect(first.locator(".before-after > div").last).to_contain_text(OFFER)
    head.page.goto(head.case)
    journal = head.page.get_by_role("region", name="Journal")
    expect(journal.get_by_text("Hoppade över ett steg: " + OFFER)).to_be_visible()


def an_unsound_way_back_is_refused(head: Head) -> None:
    head.page.goto(f"{head.case}/atgarder/ga-tillbaka")
    refused = head.page.locator(".target.nothing", has_text=OFFER)
    expect(refused).to_contain_text("En process har börjat genom händelsen ”Barn upptäckt”.")
    expect(refused.get_by_role("radio")).to_have_count(0)
