"""The pages of letters: read, printed, noted as sent, and never open to who may not see them."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from processes.models import Letter, Person, ReadEntry
from processes.operations.letters import prepare_letter
from processes.operations.place import Place
from processes.rules.snapshot import Scope
from tests.app.conftest import Browser, Site

TEMPLATE = """{{ mottagare }}
{{ adress }}

{{ datum }}

# Vi vill hjälpa dig

Hej **du** <b>!

- [ ] Ja

Namnteckning ______
"""


@pytest.fixture
def case_id(site: Site) -> int:
    return site.register()


@pytest.fixture
def letter_id(site: Site, case_id: int) -> int:
    """A letter to the tenant that waits to be sent."""
    with site.runtime.transaction() as work:
        place = Place(
            work.lock(case_id), Scope("case", case_id), "prov", work.now, {"informationsbrev": TEMPLATE}
        )
        prepare_letter(work, place, letter="informationsbrev", recipient="contract_holders")
    with site.runtime.reading() as work:
        return work.session.scalars(select(Letter.id)).one()


@pytest.fixture
def siv(site: Site) -> Browser:
    return site.browser("siv")


def sending(**other: str) -> dict[str, str]:
    return {"channel": "post", "day": "2026-03-02", "clock": "8.00"} | other


def test_a_letter_is_read_as_it_will_look(siv: Browser, case_id: int, letter_id: int) -> None:
    page = siv.page(f"/arenden/{case_id}/brev/{letter_id}")
    assert "Vi vill hjälpa dig" in page
    assert "<b>du</b> &lt;b&gt;!" in page
    assert "Provgatan 1, lgh 1101" in page
    assert "Inte skickat" in page


def test_the_pdf_is_never_kept_by_the_browser_and_is_what_it_says(
    siv: Browser, case_id: int, letter_id: int
) -> None:
    answer = siv.get(f"/arenden/{case_id}/brev/{letter_id}/pdf")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'inline; filename="brev-{letter_id}.pdf"'
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_reading_a_letter_as_pdf_stands_in_the_read_log(
    site: Site, siv: Browser, case_id: int, letter_id: int
) -> None:
    siv.get(f"/arenden/{case_id}/brev/{letter_id}/pdf")
    with site.runtime.reading() as work:
        line = work.session.scalars(select(ReadEntry).order_by(ReadEntry.id.desc())).first()
        assert line is not None
        assert line.case_id == case_id
        assert "letters.pdf" in str(line.content)


def test_a_letter_is_noted_as_sent_and_then_says_so(siv: Browser, case_id: int, letter_id: int) -> None:
    path = f"/arenden/{case_id}/brev/{letter_id}"
    assert siv.post(f"{path}/skickat", **sending()).status_code == 302
    assert "Det är exakt det brev som skickades." in siv.page(path)
    assert siv.post(f"{path}/skickat", **sending()).status_code == 409
    assert siv.post(f"{path}/retur", on="2026-03-02", why="Okänd på adressen").status_code == 302
    assert "Okänd på adressen" in siv.page(path)
    assert siv.post(f"{path}/rattelse", right="not_sent", reason="Fel brev markerat").status_code == 302
    assert "Inte skickat" in siv.page(path)


@pytest.mark.parametrize(
    "wrong",
    [{"day": "2 mars"}, {"day": "2026-02-30"}, {"clock": "25.00"}, {"clock": ""}, {"channel": "duva"}],
)
def test_what_was_typed_wrongly_is_shown_again(
    siv: Browser, case_id: int, letter_id: int, wrong: dict[str, str]
) -> None:
    answer = siv.post(f"/arenden/{case_id}/brev/{letter_id}/skickat", **sending(item_number="RR 7", **wrong))
    assert answer.status_code == 400
    assert "RR 7" in answer.text
    assert "Inget är sparat" in answer.text


@pytest.mark.parametrize(
    "wrong", [{"on": "i går", "why": "Okänd på adressen"}, {"on": "2026-03-02", "why": ""}]
)
def test_a_return_says_when_and_why(
    siv: Browser, case_id: int, letter_id: int, wrong: dict[str, str]
) -> None:
    path = f"/arenden/{case_id}/brev/{letter_id}"
    siv.post(f"{path}/skickat", **sending())
    assert siv.post(f"{path}/retur", **wrong).status_code == 400


def test_a_letter_that_may_not_be_sent_says_why_and_has_no_pdf(
    site: Site, siv: Browser, case_id: int, letter_id: int
) -> None:
    with site.runtime.transaction() as work:
        work.session.execute(update(Person).values(died_on=work.now.date()))
    page = siv.page(f"/arenden/{case_id}/brev/{letter_id}")
    assert "Mottagaren har avlidit" in page
    assert "Anteckna som skickat" not in page
    assert siv.get(f"/arenden/{case_id}/brev/{letter_id}/pdf").status_code == 409
    assert siv.post(f"/arenden/{case_id}/brev/{letter_id}/skickat", **sending()).status_code == 409


def test_a_letter_to_somebody_protected_says_how_it_goes_through_the_tax_agency(
    site: Site, siv: Browser, case_id: int, letter_id: int
) -> None:
    with site.runtime.transaction() as work:
        work.session.execute(update(Person).values(protection="secrecy_mark"))
    page = siv.page(f"/arenden/{case_id}/brev/{letter_id}")
    assert "via Skatteverkets förmedlingsuppdrag" in page
    assert "kuvert utan fönster" in page
    assert "Provgatan" not in page
    assert 'value="post"' not in page


def test_the_list_shows_the_letters_and_refuses_one_that_cannot_be_written(
    siv: Browser, case_id: int, letter_id: int
) -> None:
    page = siv.page(f"/arenden/{case_id}/brev")
    assert f"/arenden/{case_id}/brev/{letter_id}" in page
    assert "Informationsbrev" in page
    assert siv.post(f"/arenden/{case_id}/brev", kind="").status_code == 400
    answer = siv.post(f"/arenden/{case_id}/brev", kind="handlingsplan")
    assert "Skriv det som ska stå i brevet." in answer.text


def test_the_case_leads_to_its_letters(siv: Browser, case_id: int, letter_id: int) -> None:
    assert f"/arenden/{case_id}/brev/{letter_id}" in siv.page(f"/arenden/{case_id}")
