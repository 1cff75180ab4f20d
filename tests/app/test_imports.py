"""A landlord's file on its pages: sent, looked through row by row, taken in once, and nothing of it left behind."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.uploads import LIST
from processes.models import ImportBatch, ReadEntry
from tests.app.conftest import Browser, Site

PLACE = "/underrattelser/import/"
FOR_ALL = {
    "kind": "A",
    "received_at": "2026-03-02 08:30",
    "channel": "email",
    "informant": "landlord",
    "landlord_name": "Exempelbo AB",
}
COLUMNS = (
    "Bostadens adress;Lägenhetsnummer;Upplåtelse;Krävt belopp inklusive ränta;"
    "Person 1: Namn;Person 1: Roll;Person 1: Skyddade uppgifter"
)
TABLE = f"""{COLUMNS}
Provgatan 1;1101;Hyresrätt i första hand;9 450,00;F-01 Påhittad;Kontraktsinnehavare;Nej
Provgatan 2;;Hyresrätt i första hand;mycket;F-02 Påhittad;Kontraktsinnehavare;Nej
Provgatan 3;;Hyresrätt i första hand;100;F-03 Påhittad;Kontraktsinnehavare;Nej
"""


def send(browser: Browser, content: str | bytes, name: str = "mars.csv", **given: Any) -> TestResponse:
    file = (io.BytesIO(content.encode() if isinstance(content, str) else content), name)
    return browser.post(PLACE, fil=file, **{**FOR_ALL, **given})


def sent(browser: Browser, content: str | bytes = TABLE, name: str = "mars.csv") -> str:
    """The address of the page with the rows."""
    answer = send(browser, content, name)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def shown(browser: Browser, path: str) -> str:
    return html.unescape(browser.page(path))


def test_the_rows_are_shown_with_errors_and_nothing_is_registered(site: Site) -> None:
    siv = site.browser("siv")
    page = shown(siv, sent(siv))
    assert "Skriv ett belopp i kronor" in page
    assert "Preliminärt" in page
    assert re.findall(r'name="rad" value="(\d+)"( checked)?', page) == [("2", " checked"), ("4", " checked")]
    assert site.journal() == 0


def test_the_chosen_rows_are_registered_and_the_page_forgets_them(site: Site) -> None:
    siv = site.browser("siv")
    page = sent(siv)
    assert siv.post(page, rad=["2", "4"]).status_code == 302
    done = shown(siv, page)
    assert "Registrerade underrättelser: 2." in done
    assert "Rader som lämnades utanför och inte är registrerade: 1." in done
    assert "Provgatan" not in done
    assert "Provgatan 1" in siv.page("/arenden/1")
    assert "Preliminärt" in siv.page("/arenden/1")
    with site.runtime.reading() as work:
        assert work.session.scalars(select(ImportBatch.rows)).all() == [None]


def test_a_row_that_stops_the_rest_is_pointed_out_and_the_choice_is_kept(site: Site) -> None:
    siv = site.browser("siv")
    page = sent(siv)
    site.register(address="Provgatan 3", apartment="")
    before = site.journal()
    answer = siv.post(page, rad=["4"])
    told = html.unescape(answer.text)
    assert answer.status_code == 409
    assert "Rad 4 gick inte att registrera" in told
    assert "Vilket ärende: Det finns ett öppet ärende om samma bostad: KVB 2026-000001" in told
    assert re.findall(r'name="rad" value="(\d+)"( checked)?', told) == [("2", ""), ("4", " checked")]
    assert site.journal() == before
    assert siv.post(page, rad=["2", "4"], **{"arende-4": "new"}).status_code == 302


def test_nothing_chosen_is_nothing_registered(site: Site) -> None:
    siv = site.browser("siv")
    answer = siv.post(sent(siv), rad=[])
    assert answer.status_code == 400
    assert "Välj minst en rad" in answer.text


@pytest.mark.parametrize("rows", [["-1", "x", "99999999999999999999"], ["1" * 5000]])
def test_a_row_that_is_none_is_no_choice(site: Site, rows: list[str]) -> None:
    siv = site.browser("siv")
    assert siv.post(sent(siv), rad=rows).status_code == 400


def test_the_same_file_again_is_refused_with_who_and_when(site: Site) -> None:
    siv = site.browser("siv")
    siv.post(sent(siv), rad=["2"])
    answer = send(site.browser("anna"), TABLE, "igen.csv")
    told = html.unescape(answer.text)
    assert answer.status_code == 409
    assert "Importerad 2026-03-02 av" in told
    assert "mars.csv" in told


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("Kundnummer\n1\n", "a.csv", "Ingen kolumn har en rubrik"),
        ("", "a.csv", "Filen är tom."),
        ("a\x00b", "a.csv", "inte av det slag"),
        (TABLE.encode("utf-16"), "a.csv", "inte av det slag"),
        (b"PK\x03\x04", "a.csv", "inte av det slag"),
        ("[" * 50_000, "a.json", "inte JSON"),
        ("{}", "a.json", "ska vara en lista"),
        (b"[\xff]", "a.json", "inte"),
        (TABLE, "a.xlsx", "Filens namn ska sluta med .csv, .json."),
        ("Bostadens adress\n" + "Provgatan 1\n" * 301, "a.csv", "fler än 300 rader"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_keeps_what_was_typed(
    site: Site, content: str | bytes, name: str, sentence: str
) -> None:
    answer = send(site.browser("siv"), content, name)
    assert answer.status_code == 400
    assert sentence in html.unescape(answer.text)
    assert 'value="Exempelbo AB"' in answer.text


def test_a_file_that_is_too_large_says_how_large_it_may_be(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.imports.LIST", replace(LIST, most_bytes=100_000))
    answer = send(site.browser("siv"), "x" * 100_001)
    assert answer.status_code == 400
    assert "högst 0,1 MB" in answer.text
    assert LIST.most_bytes == 1_000_000


def test_a_spreadsheets_own_letters_are_read_too(site: Site) -> None:
    siv = site.browser("siv")
    page = shown(siv, sent(siv, TABLE.replace("Provgatan 1", "Åsögatan 1").encode("cp1252")))
    assert "Åsögatan 1" in page


def test_what_stands_in_a_file_is_never_run_on_a_page(site: Site) -> None:
    siv = site.browser("siv")
    attack = "<script>alert(1)</script>"
    raw = siv.page(sent(siv, TABLE.replace("Lägenhetsnummer", attack).replace("Provgatan", attack)))
    assert attack not in raw
    assert "=cmd|" in shown(siv, sent(siv, TABLE.replace("Provgatan 1", "=cmd|' /C calc'!A0"), "b.csv"))


def test_the_template_is_a_file_that_can_be_sent_back(site: Site) -> None:
    siv = site.browser("siv")
    answer = siv.get(f"{PLACE}mall.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    page = shown(siv, sent(siv, answer.get_data()))
    assert "Provgatan 1" in page
    assert 'value="2" checked' in page


def test_a_file_is_thrown_away(site: Site) -> None:
    siv = site.browser("siv")
    page = sent(siv)
    assert siv.post(f"{page}/kasta").headers["Location"] == PLACE
    assert "är kastad" in siv.page(PLACE)
    assert siv.get(page).status_code == 404


def test_a_colleagues_file_is_as_if_there_were_none(site: Site) -> None:
    page = sent(site.browser("siv"))
    anna = site.browser("anna")
    assert [anna.get(page).status_code, anna.post(page, rad="2").status_code] == [404, 404]
    assert anna.post(f"{page}/kasta").status_code == 404


def test_who_is_told_of_a_case_by_a_file_stands_in_the_read_log(site: Site) -> None:
    case_id = site.register(address="Provgatan 1", apartment="1101")
    siv = site.browser("siv")
    siv.page(sent(siv))
    with site.runtime.reading() as work:
        read = select(ReadEntry.case_id).where(ReadEntry.what == "imports.look_through")
        assert work.session.scalars(read).all() == [case_id]
