"""Different people at the same system: two who reach for one task, one without a mouse, one without JavaScript."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.city import arrears_notice
from tests.journeys.conftest import Office
from tests.journeys.pages import Said

STANCE = "Ta ställning till underrättelsen"
RECEIVE = "Ta emot ärendet"
NOTICE: dict[str, Said] = {
    "Inkom": "2026-03-02 08:40",
    "Hur den kom in": "Brev",
    "Vem lämnar uppgiften?": "Hyresvärden",
    "Bostadens adress": "Provgatan 1",
    "Upplåtelse": "Okänt",
}
HANDLED: dict[str, Said] = {
    "Vilka grunder anges?": ["Obetald hyra"],
    "Vem lämnade uppgiften?": "Hyresvärden",
    "Innehåller underrättelsen något som kan leda till en åtgärd av nämnden?": "Nej",
    "Vad gör vi med underrättelsen?": "Handlägg som hot om avhysning",
    "Ansvarig handläggare": "Anna Lindqvist",
}


def test_of_two_who_claim_a_task_one_gets_it_and_the_other_is_told_by_whom(office: Office) -> None:
    case = office.register(arrears_notice())
    siv = office.desk("Siv Samuelsson")
    siv.do(case, STANCE, HANDLED)
    anna, bosse = office.desk("Anna Lindqvist"), office.desk("Bosse Grahn")
    anna.open(case, RECEIVE)
    bosse.open(case, RECEIVE)
    anna.press("Ta uppgiften")
    expect(anna.page.get_by_role("button", name="Slutför uppgiften")).to_be_visible()
    bosse.press("Ta uppgiften")
    expect(bosse.page.get_by_role("heading", name="Någon annan har tagit uppgiften")).to_be_visible()
    expect(bosse.page.get_by_text("Uppgiften är tagen av Anna Lindqvist.")).to_be_visible()


def test_a_task_given_to_a_colleague_lies_in_that_inbox(office: Office) -> None:
    case = office.register(arrears_notice())
    siv, bosse = office.desk("Siv Samuelsson"), office.desk("Bosse Grahn")
    siv.do(case, STANCE, HANDLED)
    anna = office.desk("Anna Lindqvist")
    anna.open(case, RECEIVE)
    anna.page.get_by_text("Ge till kollega").click()
    anna.page.get_by_label("Kollega").select_option(label="Bosse Grahn")
    anna.press("Ge uppgiften")
    expect(anna.page.get_by_role("status")).to_contain_text("är nu hos Bosse Grahn")
    bosse.page.goto(f"{office.address}/inkorg?vy=mina")
    expect(bosse.page.get_by_role("link", name=RECEIVE, exact=True)).to_be_visible()


def test_a_task_can_be_claimed_and_completed_with_the_keyboard_alone(office: Office) -> None:
    case = office.register(arrears_notice())
    page = office.desk("Siv Samuelsson").page
    page.goto(case)
    tab_to(page, STANCE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=STANCE, level=1)).to_be_visible()
    tab_to(page, "Ta uppgiften")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Slutför uppgiften")).to_be_visible()
    tab_to(page, "Obetald hyra")
    page.keyboard.press("Space")
    tab_to(page, "Hyresvärden")
    page.keyboard.press("Space")
    tab_to(page, "Ja")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Handlägg som hot om avhysning")
    page.keyboard.press("Space")
    tab_to(page, "Ansvarig handläggare")
    page.keyboard.type("Anna")
    tab_to(page, "Slutför uppgiften")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text=f"”{STANCE}” är slutförd")).to_be_visible()


def tab_to(page: Page, name: str, most: int = 80) -> None:
    """Press Tab until what has this name is in focus."""
    page.wait_for_load_state("domcontentloaded")
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(NAME_IN_FOCUS) == name:
            return
    raise AssertionError(f"Tab never reached ”{name}”")


NAME_IN_FOCUS = """() => {
  const focused = document.activeElement
  return (focused.labels?.[0]?.querySelector('span') ?? focused.labels?.[0] ?? focused).innerText.trim()
}"""


def test_intake_claim_and_completion_work_without_javascript(office: Office) -> None:
    siv = office.desk("Siv Samuelsson", scripts=False)
    case = siv.register("Uppsägning på grund av obetald hyra", NOTICE)
    siv.do(case, STANCE, HANDLED)
    expect(siv.page.get_by_text("Uppgifter väntar hos: Vuxenenheten")).to_be_visible()


def test_whoever_completes_a_task_is_led_to_the_next_one(office: Office) -> None:
    case = office.register(arrears_notice())
    office.desk("Siv Samuelsson").do(case, STANCE, HANDLED)
    anna = office.desk("Anna Lindqvist")
    anna.open(case, "Kontakta hyresgästen")
    anna.press("Ta uppgiften")
    anna.fill_in({"Hur gick det?": "Inte nådd än – vänta på svar", "Nästa steg": "Ringer i morgon."})
    anna.complete("Kontakta hyresgästen")
    anna.page.get_by_role("status").get_by_role("link", name=RECEIVE).click()
    expect(anna.page.get_by_role("heading", name=RECEIVE, level=1)).to_be_visible()


def test_the_journal_tells_what_was_said_in_the_words_of_the_form(office: Office) -> None:
    case = office.register(arrears_notice())
    siv = office.desk("Siv Samuelsson")
    siv.note(
        case,
        "Kontaktförsök",
        {"Hur?": "Sms", "Vad hände?": "Lämnade meddelande", "Anteckning": "Svarar i morgon."},
    )
    journal = siv.page.get_by_role("region", name="Journal")
    expect(journal.get_by_text("Svarar i morgon.")).to_be_visible()
    expect(journal.get_by_text("Lämnade meddelande")).to_be_visible()
