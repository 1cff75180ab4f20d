"""A task on its page: claimed once, filled in, and refused with its own sentence when something is not right."""

from __future__ import annotations

import html
from typing import Any

import pytest

from tests.app.conftest import Browser, Site

CONSENT: dict[str, Any] = {
    "giver": "1",
    "recipient": "landlord",
    "purposes": ["negotiate_stay", "inform_of_measures"],
    "scopes": ["payment", "measures"],
    "direction": "both",
    "form": "oral",
    "informed_voluntary": "true",
    "informed_how_to_revoke": "true",
}
STANCE = {"stance": "handle", "decided_on": "2026-03-02"}


@pytest.fixture
def siv(site: Site) -> Browser:
    site.register()
    return site.browser("siv")


def claimed(site: Site, browser: Browser, step: str = "ta_stallning") -> str:
    """The address of the task, after claiming it."""
    address = f"/uppgifter/{site.task(1, step)}"
    assert browser.post(f"{address}/ta").status_code == 302
    return address


def test_a_task_is_claimed_filled_in_and_completed(site: Site, siv: Browser) -> None:
    address = claimed(site, siv)
    answer = siv.post(address, **STANCE)
    assert answer.headers["Location"] == "/arenden/1"
    assert "”Ta ställning” är slutförd" in siv.page("/arenden/1")
    kept = site.kept(site.task(1, "ta_stallning"))
    assert (kept.status, kept.answers) == ("completed", STANCE)


def test_a_finished_task_shows_its_answers(site: Site, siv: Browser) -> None:
    address = claimed(site, siv)
    siv.post(address, **STANCE)
    page = siv.page(address)
    assert "Hanteras" in page
    assert "Slutför uppgiften" not in page


def test_only_who_has_claimed_it_gets_the_form(site: Site, siv: Browser) -> None:
    address = f"/uppgifter/{site.task(1, 'ta_stallning')}"
    assert "Slutför uppgiften" not in siv.page(address)
    claimed(site, siv)
    assert "Slutför uppgiften" in siv.page(address)


def test_a_released_task_is_the_units_again(site: Site, siv: Browser) -> None:
    address = claimed(site, siv)
    siv.post(f"{address}/lamna")
    assert site.kept(site.task(1, "ta_stallning")).claimed_by_id is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"decided_on": "2026-03-02"}, "Välj ett svar under ”Ställningstagande”."),
        ({**STANCE, "stance": "guess"}, "Välj ett av alternativen under ”Ställningstagande”."),
        (
            {**STANCE, "decided_on": "2026-02-30"},
            "Datumet 2026-02-30 under ”Beslutsdag” finns inte i almanackan.",
        ),
        ({**STANCE, "decided_on": "imorgon"}, "Skriv datumet under ”Beslutsdag” som ÅÅÅÅ-MM-DD"),
        ({**STANCE, "colour": "red"}, "Fältet ”colour” finns inte i formuläret."),
        ({**STANCE, "typename": "x"}, "Fältet ”typename” finns inte i formuläret."),
        ({**STANCE, "stance": "forward"}, "Fyll i ”Vart”."),
    ],
)
def test_wrong_answers_get_their_own_sentence_and_nothing_changes(
    site: Site, siv: Browser, fields: dict[str, str], sentence: str
) -> None:
    address = claimed(site, siv)
    before = site.journal()
    answer = siv.post(address, motive="En text som tog lång tid att skriva.", **fields)
    assert answer.status_code == 400
    text = html.unescape(answer.text)
    assert sentence in text
    assert "<title>Fel: " in text
    assert "En text som tog lång tid att skriva." in text
    assert site.journal() == before
    assert site.kept(site.task(1, "ta_stallning")).status == "open"


def test_wrong_types_of_every_kind_are_told_at_once(site: Site) -> None:
    site.register()
    anna = site.browser("anna")
    address = claimed(site, anna, "kontakta_hyresvard")
    wrong: dict[str, Any] = {
        "called_at": "i går",
        "amount": "mycket",
        "months": "två",
        "topics": ["debt", "weather"],
    }
    answer = anna.post(address, **wrong, **{"contacts-0-answered": "true"})
    assert answer.status_code == 400
    text = html.unescape(answer.text)
    for label in ("”När”", "”Belopp”", "”Antal sena hyror”", "”Vad som togs upp”", "”Med vem”"):
        assert label in text
    assert 'value="i går"' in text
    assert 'value="mycket"' in text
    assert 'href="#f-contacts-0-who"' in text


def test_swedish_ways_of_writing_are_understood(site: Site) -> None:
    site.register()
    anna = site.browser("anna")
    address = claimed(site, anna, "kontakta_hyresvard")
    fields: dict[str, Any] = {
        "called_at": "2026-03-02 09:30",
        "amount": "9 450,50",
        "months": "2",
        "topics": ["noise", "debt"],
    }
    rows = {"contacts-0-who": "", "contacts-3-who": "Kundtjänst", "contacts-3-answered": "false"}
    assert anna.post(address, **fields, **rows).status_code == 302
    assert site.kept(site.task(1, "kontakta_hyresvard")).answers == {
        "called_at": "2026-03-02T08:30:00+00:00",
        "amount": "9450.50",
        "months": 2,
        "topics": ["debt", "noise"],
        "contacts": [{"who": "Kundtjänst", "answered": False}],
    }


def test_a_row_is_added_without_losing_what_was_typed_and_without_saving(site: Site) -> None:
    site.register()
    anna = site.browser("anna")
    address = claimed(site, anna, "kontakta_hyresvard")
    answer = anna.post(address, _add="contacts", called_at="i går", **{"contacts-0-who": "Kundtjänst"})
    assert answer.status_code == 200
    assert 'name="contacts-1-who"' in answer.text
    assert 'value="Kundtjänst"' in answer.text
    assert 'value="i går"' in answer.text
    assert "Det gick inte att spara" not in answer.text


def test_nothing_is_chosen_beforehand(site: Site) -> None:
    site.register()
    anna = site.browser("anna")
    page = anna.page(claimed(site, anna, "kontakta_hyresvard"))
    form = page[page.index('class="form') : page.index("</form>", page.index('class="form'))]
    assert " checked" not in form
    assert " selected" not in form


def test_a_double_submit_is_told_and_changes_nothing(site: Site, siv: Browser) -> None:
    address = claimed(site, siv)
    siv.post(address, **STANCE)
    before = site.journal()
    answer = siv.post(address, **STANCE)
    assert answer.status_code == 409
    assert "slutfördes eller drogs tillbaka innan du hann" in answer.text
    assert site.journal() == before


def test_a_claim_of_anothers_task_says_whose_it_is(site: Site) -> None:
    site.register()
    claimed(site, site.browser("anna"), "kontakta_hyresvard")
    bosse = site.browser("bosse")
    before = site.journal()
    answer = bosse.post(f"/uppgifter/{site.task(1, 'kontakta_hyresvard')}/ta")
    assert answer.status_code == 409
    assert "Uppgiften är tagen av Anna Lindqvist" in answer.text
    assert site.journal() == before


def test_completing_a_task_that_is_not_claimed_keeps_what_was_typed(site: Site, siv: Browser) -> None:
    answer = siv.post(f"/uppgifter/{site.task(1, 'ta_stallning')}", motive="Skrivet i onödan?", **STANCE)
    assert answer.status_code == 409
    assert "Skrivet i onödan?" in answer.text


@pytest.mark.parametrize(("who", "status"), [("eva", 403), ("disa", 404)])
def test_a_task_of_another_unit_or_administration_is_not_shown(site: Site, who: str, status: int) -> None:
    site.register()
    answer = site.browser(who).get(f"/uppgifter/{site.task(1, 'ta_stallning')}")
    assert answer.status_code == status
    assert "Påhittad" not in answer.text


@pytest.mark.parametrize("path", ["/uppgifter/999999", "/uppgifter/0", "/uppgifter/99999999999999999999999"])
def test_an_unknown_task_gives_its_own_page(site: Site, path: str) -> None:
    answer = site.browser("anna").get(path)
    assert answer.status_code == 404
    assert "finns inte" in answer.text


def test_a_closed_gate_says_why_and_what_opens_it(site: Site) -> None:
    site.register()
    anna = site.browser("anna")
    address = claimed(site, anna, "informera_hyresvard")
    page = anna.page(address)
    assert "Spärrat" in page
    assert "Så går det vidare:" in page
    before = site.journal()
    answer = anna.post(address, said="Att hyran kommer.")
    assert answer.status_code == 409
    assert "Att hyran kommer." in answer.text
    assert site.journal() == before


def test_behind_a_closed_gate_the_step_can_be_ended_with_a_reason(site: Site) -> None:
    site.register()
    anna = site.browser("anna")
    address = claimed(site, anna, "informera_hyresvard")
    assert anna.post(address, cannot_be_done="true").status_code == 400
    answer = anna.post(address, cannot_be_done="true", cannot_be_done_reason="Samtycke saknas.")
    assert answer.status_code == 302


def test_a_way_past_the_gate_is_offered_only_while_it_is_shut(site: Site) -> None:
    site.register()
    anna = site.browser("anna")
    address = claimed(site, anna, "informera_hyresvard")
    assert 'name="cannot_be_done"' in anna.page(address)
    anna.post("/arenden/1/handelser/samtycke.givet", **CONSENT)
    assert 'name="cannot_be_done"' not in anna.page(address)


def test_a_task_is_given_only_to_a_colleague_who_may_do_it(site: Site, siv: Browser) -> None:
    anna = site.browser("anna")
    address = f"/uppgifter/{site.task(1, 'kontakta_hyresvard')}"
    page = anna.page(address)
    assert "Bosse Grahn" in page
    for other in ("Karim Haddad", "Siv Samuelsson", "Disa Falk"):
        assert f"{other}</option>" not in page
    people = site.people()
    assert anna.post(f"{address}/fordela", to=str(people["Karim Haddad"])).status_code == 403
    assert anna.post(f"{address}/fordela", to="").status_code == 404
    assert anna.post(f"{address}/fordela", to=str(people["Bosse Grahn"])).status_code == 302
    assert site.kept(site.task(1, "kontakta_hyresvard")).claimed_by_id == people["Bosse Grahn"]
    assert "Ge uppgiften" not in anna.page(address)


def test_the_task_shows_all_that_stood_in_its_notice(site: Site, siv: Browser) -> None:
    page = siv.page(f"/uppgifter/{site.task(1, 'ta_stallning')}")
    for words in ("Allt som stod i underrättelsen", "Rekommenderat brev", "Det kom som rekommenderat brev"):
        assert words in page


def test_an_expired_page_keeps_what_was_typed(site: Site, siv: Browser) -> None:
    address = claimed(site, siv)
    answer = siv.post(address, token="gammal", motive="Lång motivering.", **STANCE)
    assert answer.status_code == 400
    assert "Sidan hade legat öppen för länge" in answer.text
    assert "Lång motivering." in answer.text
    assert site.kept(site.task(1, "ta_stallning")).status == "open"


def test_every_date_says_why_it_is_what_it_is(site: Site) -> None:
    site.register()
    anna = site.browser("anna")
    page = anna.page(f"/uppgifter/{site.task(1, 'kontakta_hyresvard')}")
    assert "Sista dag att få tillbaka hyresrätten" in page
    assert "Varför detta datum?" in page
    assert "JB 12:44" in page


def test_what_is_typed_is_shown_as_text_and_never_run(site: Site, siv: Browser) -> None:
    address = claimed(site, siv)
    answer = siv.post(address, motive="<script>alert(1)</script>")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
