"""The pages about destroying cases, as two persons meet them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from app.retention_labels import RETENTION_LABELS
from processes.actions.retention import decide_retention, place_hold
from processes.models import Case, Event, Person, ReadEntry
from processes.queries.people import get_caseworker_named
from processes.queries.tables_of_case import tables_of_case
from tests.app.conftest import Site

SIX_YEARS_LATER = datetime(2032, 3, 8, 9, tzinfo=UTC)


@pytest.fixture
def case_id(site: Site) -> int:
    """A case that is to be destroyed, and a newer one."""
    case_id = site.register(apartment="1101")
    site.register(apartment="1102")
    with site.runtime.transaction() as work:
        decide_retention(
            work,
            administration="hisingen",
            municipality="Exempelköping",
            keeps_for_ever=False,
            research_birthdays=(5, 15, 25),
            reference="SN 2026/12",
        )
        work.session.execute(update(Case).where(Case.id == case_id).values(closed_at=work.now))
    site.clock.move_to(SIX_YEARS_LATER)
    return case_id


def number(case_id: int) -> str:
    return f"KVB 2026-{case_id:06d}"


def test_one_proposes_another_types_the_number_and_a_row_remains(site: Site, case_id: int) -> None:
    siv, maria = site.browser("siv"), site.browser("maria")
    assert number(case_id) in siv.page("/gallring")
    assert "Föreslå gallring" in siv.page(f"/gallring/{case_id}")
    assert siv.post(f"/gallring/{case_id}/forslag").status_code == 302
    assert "Du har föreslagit gallringen" in siv.page(f"/gallring/{case_id}")
    assert "Föreslaget av Siv Samuelsson" in maria.page("/gallring")
    wrong = maria.post(f"/gallring/{case_id}/gallra", number="KVB 2026-000099")
    assert wrong.status_code == 400
    assert "för att bekräfta" in wrong.text
    assert "KVB 2026-000099" in wrong.text
    assert maria.post(f"/gallring/{case_id}/gallra", number=number(case_id).lower()).status_code == 302
    journal = maria.page("/gallring/journal")
    assert number(case_id) in journal
    assert "Maria Ek" in journal
    assert maria.get(f"/arenden/{case_id}").status_code == 404


def test_the_page_says_why_and_how_much(site: Site, case_id: int) -> None:
    page = site.browser("siv").page(f"/gallring/{case_id}")
    for said in ("2 mars 2031", "SoL 16:1", "Journalrader", "Personer"):
        assert said in page


def test_who_proposed_cannot_approve(site: Site, case_id: int) -> None:
    maria = site.browser("maria")
    maria.post(f"/gallring/{case_id}/forslag")
    refused = maria.post(f"/gallring/{case_id}/gallra", number=number(case_id))
    assert refused.status_code == 403
    assert "Någon annan måste godkänna" in refused.text
    assert maria.post(f"/gallring/{case_id}/avslag").status_code == 302
    assert "Föreslå gallring" in maria.page(f"/gallring/{case_id}")


def test_a_hold_is_placed_with_a_reason_and_lifted_again(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    short = siv.post(f"/gallring/{case_id}/stopp", reason="kort")
    assert short.status_code == 400
    assert "Skriv varför" in short.text
    siv.post(f"/gallring/{case_id}/stopp", reason="Beslutet är överklagat.")
    assert "Beslutet är överklagat." in siv.page(f"/gallring/{case_id}")
    assert "Gallringen är stoppad" in siv.page("/gallring")
    assert siv.post(f"/gallring/{case_id}/forslag").status_code == 409
    assert siv.post(f"/gallring/{case_id}/stopp/hav", reason="").status_code == 400
    assert (
        siv.post(f"/gallring/{case_id}/stopp/hav", reason="Domen har vunnit laga kraft.").status_code == 302
    )
    assert "Föreslå gallring" in siv.page(f"/gallring/{case_id}")


def test_no_list_tells_of_anybody(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    for path in ("/gallring", "/gallring/journal"):
        answer = siv.get(path)
        assert "Påhittad" not in answer.text.replace("påhittade", "")
        with site.runtime.reading() as work:
            asked = select(ReadEntry).where(ReadEntry.request_id == answer.headers["X-Request-ID"])
            assert work.session.scalars(asked).all() == []


def test_a_childs_birthday_is_not_told_outside_the_circle_by_the_day_that_follows_from_it(
    site: Site, case_id: int
) -> None:
    with site.runtime.transaction() as work:
        work.session.execute(
            update(Person)
            .where(Person.case_id == case_id)
            .values(born_on=date(2001, 7, 19), roles=["child"], protection="secrecy_mark")
        )
        first = work.session.scalars(select(Event).where(Event.case_id == case_id)).first()
        assert first is not None
        first.name = "barnutredning.inledd"
    assert "2031" in site.browser("maria").page(f"/gallring/{case_id}")
    page = site.browser("siv").page(f"/gallring/{case_id}")
    assert "Dagen följer av ett barns födelsedag" in page
    assert "2031" not in page
    assert "19 juli" not in page + site.browser("siv").page("/gallring")


def test_nothing_is_decided_until_somebody_decides(site: Site) -> None:
    page = site.browser("siv").page("/gallring")
    assert "Inget är beslutat för förvaltningen, och då bevaras allt." in page


def test_every_table_has_its_word() -> None:
    assert {table.name for table in tables_of_case()} <= RETENTION_LABELS["table"].keys()


def test_a_proposal_that_somebody_held_meanwhile_says_so(site: Site, case_id: int) -> None:
    siv, maria = site.browser("siv"), site.browser("maria")
    siv.post(f"/gallring/{case_id}/forslag")
    with site.runtime.transaction() as work:
        who = get_caseworker_named(work.session, "siv")
        place_hold(work, case_id=case_id, caseworker=who, reason="Beslutet är överklagat.")
    refused = maria.post(f"/gallring/{case_id}/gallra", number=number(case_id))
    assert refused.status_code == 409
    assert "Gallringen är stoppad" in refused.text
