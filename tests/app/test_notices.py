"""A notice is taken in through the form for its kind, and a second time only when somebody says that it is one."""

from __future__ import annotations

import html
from typing import Any

import pytest
from sqlalchemy import select

from app.reads import FROM_A_SEARCH
from processes.actions.access import declare_recusal
from processes.models import ReadEntry
from processes.queries.people import get_caseworker_named
from processes.rules.notice_kinds import NOTICE_KINDS
from tests.app.conftest import Site

ARREARS = {
    "received_at": "2026-03-02 08:30",
    "channel": "registered_post",
    "informant": "landlord",
    "posted_on": "2026-02-27",
    "posted_registered": "true",
    "amount_due": "9 450,00",
    "landlord_name": "Exempelbo AB",
    "address": "Provgatan 1",
    "apartment": "1101",
    "contract_kind": "first_hand",
    "persons-0-name": "F-01 Påhittad",
    "persons-0-role": "contract_holder",
    "persons-0-id_number": "198404152392",
    "persons-0-protection": "none",
    "persons-1-name": "",
}


def test_the_kind_is_chosen_first(site: Site) -> None:
    page = site.browser("siv").page("/underrattelser/ny")
    for kind in NOTICE_KINDS.values():
        assert f"/underrattelser/ny/{kind.letter}" in page
        assert kind.label in page


def test_each_kind_asks_only_what_belongs_to_it(site: Site) -> None:
    siv = site.browser("siv")
    assert 'name="amount_due"' in siv.page("/underrattelser/ny/A")
    assert 'name="eviction_at"' not in siv.page("/underrattelser/ny/A")
    assert 'name="eviction_at"' in siv.page("/underrattelser/ny/F")
    assert 'name="amount_due"' not in siv.page("/underrattelser/ny/F")
    for letter in NOTICE_KINDS:
        assert 'name="kind"' not in siv.page(f"/underrattelser/ny/{letter}")


def test_kronofogden_is_not_asked_who_tells_and_alone_says_whom_an_eviction_concerns(site: Site) -> None:
    siv = site.browser("siv")
    for letter, kind in NOTICE_KINDS.items():
        page = siv.page(f"/underrattelser/ny/{letter}")
        assert ('name="informant"' in page) is not kind.is_from_kfm
        assert ('name="persons-0-is_defendant"' in page) is kind.is_from_kfm


@pytest.mark.parametrize("letter", ["Z", "a", "AA"])
def test_an_unknown_kind_is_not_found(site: Site, letter: str) -> None:
    assert site.browser("siv").get(f"/underrattelser/ny/{letter}").status_code == 404


def test_a_registered_notice_opens_its_case(site: Site) -> None:
    siv = site.browser("siv")
    answer = siv.post("/underrattelser/ny/A", **ARREARS)
    assert answer.headers["Location"] == "/arenden/1", answer.text
    page = siv.page("/arenden/1")
    assert "Underrättelsen är registrerad i KVB 2026-000001." in page
    assert "1984-04-15" in page


def test_the_same_home_again_asks_which_case_before_anything_is_saved(site: Site) -> None:
    siv = site.browser("siv")
    siv.post("/underrattelser/ny/A", **ARREARS)
    before = site.journal()
    again = {**ARREARS, "received_at": "2026-03-02 08:45", "amount_due": "500"}
    answer = siv.post("/underrattelser/ny/A", **again)
    assert answer.status_code == 400
    assert "Det finns ett öppet ärende om samma bostad: KVB 2026-000001" in html.unescape(answer.text)
    assert 'value="500,00"' in answer.text
    assert site.journal() == before


def test_the_same_notice_twice_is_told_with_its_number(site: Site) -> None:
    siv = site.browser("siv")
    siv.post("/underrattelser/ny/A", **ARREARS)
    before = site.journal()
    again = {**ARREARS, "case_choice": "existing", "case_number": "KVB 2026-000001"}
    answer = siv.post("/underrattelser/ny/A", **again)
    assert answer.status_code == 409
    assert "Samma underrättelse finns redan som nummer 1" in answer.text
    assert site.journal() == before


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"received_at": "2026-02-30 08:30"}, "finns inte i almanackan"),
        ({"received_at": ""}, "Skriv datum och klockslag under ”Inkom”."),
        ({"amount_due": "en massa"}, "Skriv ett belopp i kronor"),
        ({"persons-0-id_number": "19840415-0000"}, "kontrollsiffran är fel"),
        ({"persons-0-role": "granne"}, "Välj ett av alternativen under ”Roll”."),
        ({"colour": "red"}, "Fältet ”colour” finns inte i formuläret."),
    ],
)
def test_a_notice_with_something_wrong_is_not_registered(
    site: Site, wrong: dict[str, str], sentence: str
) -> None:
    answer = site.browser("siv").post("/underrattelser/ny/A", **(ARREARS | wrong))
    assert answer.status_code == 400
    assert sentence in html.unescape(answer.text)
    assert "F-01 Påhittad" in answer.text
    assert site.journal() == 0


def test_another_person_row_is_offered_without_losing_the_first(site: Site) -> None:
    answer = site.browser("siv").post("/underrattelser/ny/A", _add="persons", **ARREARS)
    assert answer.status_code == 200
    assert 'value="F-01 Påhittad"' in answer.text
    assert 'name="persons-1-name"' in answer.text
    assert site.journal() == 0


def test_an_expired_intake_keeps_what_was_typed(site: Site) -> None:
    answer = site.browser("siv").post("/underrattelser/ny/A", token="gammal", **ARREARS)
    assert answer.status_code == 400
    assert 'value="F-01 Påhittad"' in answer.text
    assert site.journal() == 0


SAME_HOME = "/underrattelser/samma-bostad"


@pytest.mark.parametrize(
    "typed",
    [
        {"address": "provgatan  1", "apartment": "11 01"},
        {"kfm_case_number": " T-05 "},
        {"address": "Någon annanstans 2", "kfm_case_number": "T-05"},
    ],
)
def test_while_typing_it_is_said_that_there_is_an_open_case(site: Site, typed: dict[str, str]) -> None:
    site.register(**_named_at_kronofogden(site))
    found = html.unescape(site.browser("siv").post(SAME_HOME, **typed).text)
    assert "Det finns redan ett öppet ärende" in found
    assert "KVB 2026-000001" in found
    assert "F-01" not in found
    assert "Provgatan" not in found


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"address": "", "kfm_case_number": " "},
        {"address": "Pr"},
        {"address": "Provgatan 1", "apartment": "1102"},
        {"address": "Provgatan 12", "apartment": "1101"},
        {"address": "Provgatan 1'; --", "kfm_case_number": "%"},
        {"address": "P" * 10_000, "kfm_case_number": "T" * 10_000},
    ],
)
def test_nothing_is_said_about_another_home(site: Site, typed: dict[str, str]) -> None:
    site.register(**_named_at_kronofogden(site))
    answer = site.browser("siv").post(SAME_HOME, **typed)
    assert (answer.status_code, answer.text.strip()) == (200, "")


def _named_at_kronofogden(site: Site) -> dict[str, Any]:
    people = site.people()
    in_charge = {"caseworker": people["Anna Lindqvist"], "substitute": people["Anna Lindqvist"]}
    return {"kind": "F", "kfm_case_number": "T-05", "eviction_at": "2026-03-12T10:00", **in_charge}


@pytest.mark.requirement("R-178")
def test_of_a_case_that_one_may_not_see_nothing_is_said_while_typing(site: Site) -> None:
    case_id = site.register()
    with site.runtime.transaction() as work:
        siv = get_caseworker_named(work.session, "siv")
        declare_recusal(
            work, case_id=case_id, caseworker=siv, person=siv, reason="Kontraktsinnehavaren är min granne."
        )
    home = {"address": "Provgatan 1", "apartment": "1101"}
    assert "KVB" not in site.browser("siv").post(SAME_HOME, **home).text
    assert "KVB" in site.browser("maria").post(SAME_HOME, **home).text
    answer = site.browser("siv").post(
        "/underrattelser/ny/A", **{**ARREARS, "received_at": "2026-03-02 08:45"}
    )
    assert answer.status_code == 400
    assert "KVB" not in answer.text
    assert "som du inte har tillgång till" in html.unescape(answer.text)


def test_another_administrations_case_is_not_said_to_be_there(site: Site) -> None:
    site.register()
    assert "KVB" not in site.browser("disa").post(SAME_HOME, address="Provgatan 1", apartment="1101").text


def test_without_scripts_the_same_is_said_with_what_was_sent(site: Site) -> None:
    siv = site.browser("siv")
    siv.post("/underrattelser/ny/A", **ARREARS)
    answer = siv.post("/underrattelser/ny/A", **{**ARREARS, "received_at": "2026-03-02 08:45"})
    assert "Det finns redan ett öppet ärende" in html.unescape(answer.text)


def test_who_is_told_of_a_case_while_typing_stands_in_the_read_log(site: Site) -> None:
    case_id = site.register()
    siv = site.browser("siv")
    siv.post(SAME_HOME, address="Provgatan 1", apartment="1101")
    siv.post(SAME_HOME, address="Provgatan 2")
    with site.runtime.reading() as work:
        read = select(ReadEntry.case_id, ReadEntry.purpose).where(ReadEntry.what == "notices.same_home")
        assert [tuple(row) for row in work.session.execute(read)] == [(case_id, FROM_A_SEARCH)]


def test_each_kind_has_its_letter_as_a_key(site: Site) -> None:
    page = site.browser("siv").page("/underrattelser/ny")
    for letter in NOTICE_KINDS:
        assert page.count(f'accesskey="{letter.lower()}"') == 1
