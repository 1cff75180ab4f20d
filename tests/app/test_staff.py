"""Somebody who leaves is out at once, and what that person held is nobody's secret and nobody's loss."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from processes.actions.people import end_employment
from processes.actions.tasks import claim_task
from processes.errors import CaseworkerNotFound, NotAllowed
from processes.models import Case, Caseworker, JournalEntry, Notification, Task
from processes.queries.people import get_caseworker_named
from processes.rules.protection import TIES
from processes.runtime import policy_of
from processes.setting_values import CIRCLE
from processes.settings import Settings
from tests.app.conftest import Site


@pytest.fixture
def busy_siv(site: Site) -> int:
    """Siv holds a task in one case and is responsible for it; answers her id."""
    case_id = site.register()
    with site.runtime.transaction() as work:
        siv = get_caseworker_named(work.session, "siv")
        task = work.session.scalars(select(Task).where(Task.case_id == case_id)).first()
        assert task is not None
        claim_task(work, task_id=task.id, caseworker=siv)
        work.session.get_one(Case, case_id).responsible_id = siv.id
        return siv.id


def test_the_head_closes_an_account_after_being_told_what_it_means(site: Site, busy_siv: int) -> None:
    siv, maria = site.browser("siv"), site.browser("maria")
    assert "Siv Samuelsson" in maria.page("/personal")
    asked = maria.page(f"/personal/{busy_siv}/avsluta")
    assert 'Uppgifter som går tillbaka till enheten</dt><dd class="num">1<' in asked
    assert 'Ärenden som behöver ny ansvarig</dt><dd class="num">1<' in asked
    assert siv.get("/inkorg").status_code == 200, "looking closes nothing"
    assert maria.post(f"/personal/{busy_siv}/avsluta").headers["Location"] == "/personal"
    told = maria.page("/personal")
    assert "Siv Samuelsson kan inte längre logga in. Uppgifter åter hos enheten: 1." in told
    assert siv.get("/inkorg").status_code == 302
    assert maria.post(f"/personal/{busy_siv}/avsluta").status_code == 404


def test_what_who_leaves_held_goes_back_and_those_concerned_are_told(site: Site, busy_siv: int) -> None:
    site.browser("maria").post(f"/personal/{busy_siv}/avsluta")
    with site.runtime.reading() as work:
        session = work.session
        maria = get_caseworker_named(session, "maria").id
        assert set(session.scalars(select(Task.claimed_by_id))) == {None}
        assert session.scalars(select(Case.responsible_id)).all() == [None]
        told = session.execute(select(Notification.unit, Notification.text).order_by(Notification.id)).all()
        assert ("samordning", "Ärendet behöver en ny ansvarig handläggare eller ersättare.") in told
        assert ("samordning", "En uppgift är åter enhetens: kollegan som hade den har slutat.") in told
        released = session.scalars(select(JournalEntry).where(JournalEntry.what == "task_released")).one()
        assert (released.by_id, released.details["held_by"]) == (maria, busy_siv)


@pytest.mark.parametrize(
    ("by", "leaving", "refused"),
    [
        ("maria", "maria", NotAllowed),
        ("maria", "stig", NotAllowed),
        ("maria", "gun", NotAllowed),
        ("maria", "disa", CaseworkerNotFound),
        ("siv", "anna", NotAllowed),
        ("gun", "anna", NotAllowed),
        ("stig", "stig", NotAllowed),
        ("stig", "disa", CaseworkerNotFound),
        ("stig", "gun", None),
        ("stig", "maria", None),
        ("maria", "anna", None),
    ],
)
def test_who_closes_whose_account(site: Site, by: str, leaving: str, refused: type[Exception] | None) -> None:
    def close() -> None:
        with site.runtime.transaction() as work:
            who = get_caseworker_named(work.session, by)
            end_employment(work, leaving=get_caseworker_named(work.session, leaving), by=who)

    if refused is None:
        close()
    else:
        with pytest.raises(refused):
            close()
    with site.runtime.reading() as work:
        is_active = select(Caseworker.is_active).where(Caseworker.username == leaving)
        assert work.session.scalars(is_active).one() is (refused is not None)


def test_the_list_offers_only_what_may_be_done(site: Site) -> None:
    people = site.people()
    page = site.browser("maria").page("/personal")
    assert f"/personal/{people['Anna Lindqvist']}/avsluta" in page
    for name in ("Maria Ek", "Stig Wall", "Gun Berg"):
        assert f"/personal/{people[name]}/avsluta" not in page
    assert "Disa Falk" not in page


def test_a_mistaken_conflict_of_interest_is_taken_back_on_its_page(site: Site) -> None:
    case_id = site.register()
    siv, maria = site.browser("siv"), site.browser("maria")
    siv.post(f"/arenden/{case_id}/jav", reason="Hyresgästen är min kusin")
    assert siv.get(f"/arenden/{case_id}").status_code == 403
    page = maria.page(f"/arenden/{case_id}/jav")
    assert "Siv Samuelsson är jävig" in page
    short = maria.post(f"/arenden/{case_id}/jav/1/ratta", reason="Fel")
    assert short.status_code == 400
    assert ">Fel</textarea>" in short.text
    maria.post(f"/arenden/{case_id}/jav/1/ratta", reason="Det gällde en annan hyresgäst")
    assert siv.get(f"/arenden/{case_id}").status_code == 200
    assert "Rättade ett jäv" in maria.page(f"/arenden/{case_id}")
    assert "Anmält av misstag" not in site.browser("siv").page(f"/arenden/{case_id}/jav")


def test_hours_and_circle_are_the_installations_choice() -> None:
    chosen = Settings.from_environment(
        {"KVARBOENDE_EMERGENCY_HOURS": "8", "KVARBOENDE_PROTECTED_CIRCLE": "responsible, head"}
    )
    policy = policy_of(chosen)
    assert policy.emergency_hours == 8
    assert policy.protected_circle == {"responsible", "head"}
    assert policy_of(Settings()).protected_circle == TIES.keys()
    assert set(CIRCLE) == TIES.keys()
