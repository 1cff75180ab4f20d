"""Access follows the work: need opens a case, a conflict of interest shuts it at once, an emergency is reviewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from processes.actions.access import (
    correct_recusal,
    declare_recusal,
    open_in_emergency,
    review_emergency_access,
)
from processes.actions.events import record_event
from processes.actions.tasks import assign_task, claim_task, complete_task
from processes.errors import (
    AccessAlreadyThere,
    AlreadyReviewed,
    AnswersRefused,
    CaseNotFound,
    NoNeedOfCase,
    NotAllowed,
    NotOfThisUnit,
    RecusalNotFound,
    Recused,
)
from processes.models import Case, EmergencyAccess, JournalEntry, Notification, Recusal, Task
from processes.queries.access import may_see_case
from processes.queries.cases import get_case, get_case_by_number, open_cases, open_cases_about
from processes.queries.choices import choices_in
from processes.queries.inbox import ALL, Inbox
from processes.queries.notifications import unseen_notifications
from processes.unit_of_work import UnitOfWork
from tests.city import City

NEIGHBOUR = "Granne med hushållet sedan tio år"
NIGHT = "Jourbesök i natt, behöver veta vilka som bor där"


@pytest.fixture
def case_id(city: City) -> int:
    """A case that Samordningsfunktionen has passed on to Vuxenenheten and the economic unit; Anna is responsible."""
    case_id = city.register()
    with city.runtime.reading() as work:
        anna, bosse = city.person(work, "anna").id, city.person(work, "bosse").id
    city.complete(
        case_id,
        "ta_stallning",
        "siv",
        stance="handle",
        grounds=["arrears"],
        informant="landlord",
        caseworker=anna,
        substitute=bosse,
        may_lead_to_measure=True,
    )
    return case_id


def sees(city: City, case_id: int, username: str) -> bool:
    with city.runtime.reading() as work:
        who = city.person(work, username)
        opens = may_see_case(work.session, work.session.get_one(Case, case_id), who, work.now)
        if who.units:
            listed = [case.id for case in open_cases(work.session, who, work.now).cases]
            assert (case_id in listed) is opens
        return opens


def recuse(city: City, case_id: int, username: str, by: str | None = None) -> None:
    with city.runtime.transaction() as work:
        person = city.person(work, username)
        declare_recusal(
            work,
            case_id=case_id,
            caseworker=city.person(work, by or username),
            person=person,
            reason=NEIGHBOUR,
        )


def open_task(work: UnitOfWork, case_id: int, unit: str) -> Task:
    tasks = select(Task).where(Task.case_id == case_id, Task.status == "open", Task.unit == unit)
    return work.session.scalars(tasks.order_by(Task.id)).first() or pytest.fail(f"nothing to do for {unit}")


@pytest.mark.requirement("R-178")
@pytest.mark.parametrize(
    ("username", "has_need"),
    [
        ("anna", True), ("bosse", True), ("siv", True), ("maria", True), ("karim", False), ("eva", True),
        ("disa", False),
    ],
)  # fmt: skip
def test_the_case_is_seen_by_those_who_have_to_do_with_it(
    city: City, case_id: int, username: str, has_need: bool
) -> None:
    assert sees(city, case_id, username) is has_need


@pytest.mark.requirement("R-178")
@pytest.mark.parametrize("username", ["per", "gun", "stig"])
def test_who_keeps_the_system_its_diagrams_or_its_logs_sees_no_case(
    city: City, case_id: int, username: str
) -> None:
    with city.runtime.reading() as work:
        who = city.person(work, username)
        with pytest.raises(NotAllowed):
            get_case(work.session, case_id, who, work.now)
        with pytest.raises(NotAllowed):
            open_cases(work.session, who, work.now)
        assert Inbox(work.session, who, work.now, ALL).page().tasks == []


def test_who_registered_the_notice_sees_its_case(city: City) -> None:
    case_id = city.register("anna", address="Provgatan 99")
    assert sees(city, case_id, "anna")
    assert not sees(city, case_id, "bosse")


def test_another_administrations_case_number_is_no_number(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        number = work.session.get_one(Case, case_id).number
        with pytest.raises(CaseNotFound):
            get_case_by_number(work.session, number, city.person(work, "disa"), work.now)
        with pytest.raises(CaseNotFound):
            get_case_by_number(work.session, "KVB 2026-999999", city.person(work, "disa"), work.now)


def test_the_search_for_cases_about_a_home_stays_within_the_administration(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        assert [one.id for one in open_cases_about(work.session, "hisingen", "Provgatan 1", "1101")] == [
            case_id
        ]
        assert open_cases_about(work.session, "sydvast", "Provgatan 1", "1101") == []
    assert city.register("disa") != case_id


def test_colleagues_to_choose_are_the_administrations_own(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        case = work.session.get_one(Case, case_id)
        for username, stranger in (("anna", "disa"), ("disa", "anna")):
            offered = choices_in(work.session, case, city.person(work, username), work.now).of("caseworker")
            assert city.person(work, stranger).id not in {option.value for option in offered}


def test_a_list_of_cases_takes_as_many_statements_however_long_it_is(city: City, case_id: int) -> None:
    before = statements_for_the_list(city)
    for number in range(4):
        city.register("anna", address=f"Provgatan 5{number}")
    assert statements_for_the_list(city) == before


def statements_for_the_list(city: City) -> int:
    asked: list[str] = []
    with city.runtime.reading() as work:
        anna = city.person(work, "anna")
        connection = work.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
        open_cases(work.session, anna, work.now)
    return len(asked)


@pytest.mark.requirement("R-178")
def test_a_conflict_of_interest_ends_access_and_gives_back_the_tasks_at_once(
    city: City, case_id: int
) -> None:
    with city.runtime.transaction() as work:
        task_id = open_task(work, case_id, "vuxen").id
        claim_task(work, task_id=task_id, caseworker=city.person(work, "anna"))
    recuse(city, case_id, "anna")
    assert not sees(city, case_id, "anna")
    with city.runtime.reading() as work:
        anna = city.person(work, "anna")
        assert work.session.get_one(Task, task_id).claimed_by_id is None
        assert Inbox(work.session, anna, work.now).page().tasks == []
        assert Inbox(work.session, anna, work.now, ALL).page().tasks == []
        case = work.session.get_one(Case, case_id)
        assert case.responsible_id is None
        assert case.substitute_id == city.person(work, "bosse").id
        told = work.session.scalars(select(Notification).where(Notification.unit == "samordning")).all()
        assert [one.text for one in told] == ["Ärendet behöver en ny ansvarig handläggare eller ersättare."]
        assert unseen_notifications(work.session, anna) == []
    for attempt in ("claim", "complete", "record", "emergency"):
        with pytest.raises(Recused), city.runtime.transaction() as work:
            anna = city.person(work, "anna")
            if attempt == "claim":
                claim_task(work, task_id=task_id, caseworker=anna)
            elif attempt == "complete":
                complete_task(work, task_id=task_id, caseworker=anna, answers={})
            elif attempt == "record":
                record_event(work, case_id=case_id, name="anteckning", payload={}, caseworker=anna)
            else:
                open_in_emergency(work, case_id=case_id, caseworker=anna, reason=NIGHT)


def test_a_conflict_of_interest_is_written_down_with_who_and_why(city: City, case_id: int) -> None:
    recuse(city, case_id, "bosse", by="maria")
    with city.runtime.reading() as work:
        line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "access_recused")).one()
        assert (line.by_id, line.subject) == (city.person(work, "maria").id, f"Bosse Grahn. {NEIGHBOUR}")
        assert line.details["reason"] == NEIGHBOUR


def test_who_has_a_conflict_of_interest_can_be_given_nothing_in_the_case(city: City, case_id: int) -> None:
    recuse(city, case_id, "bosse")
    with city.runtime.reading() as work:
        case = work.session.get_one(Case, case_id)
        offered = choices_in(work.session, case, city.person(work, "anna"), work.now).of("caseworker")
        assert city.person(work, "bosse").id not in {option.value for option in offered}
    with pytest.raises(NotAllowed), city.runtime.transaction() as work:
        task_id = open_task(work, case_id, "vuxen").id
        anna, bosse = city.person(work, "anna"), city.person(work, "bosse")
        assign_task(work, task_id=task_id, caseworker=anna, to=bosse)


@pytest.mark.parametrize(
    ("by", "person", "refusal"),
    [("anna", "bosse", NotAllowed), ("siv", "disa", AnswersRefused), ("karim", "karim", NoNeedOfCase),
     ("disa", "disa", CaseNotFound)],
)  # fmt: skip
def test_only_a_leader_declares_it_for_a_colleague_of_the_administration(
    city: City, case_id: int, by: str, person: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        recuse(city, case_id, person, by=by)


@pytest.mark.requirement("R-178")
def test_an_emergency_opens_a_case_for_some_hours_and_tells_the_head(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        open_in_emergency(work, case_id=case_id, caseworker=city.person(work, "karim"), reason=NIGHT)
    assert sees(city, case_id, "karim")
    with city.runtime.reading() as work:
        assert [one.text for one in unseen_notifications(work.session, city.person(work, "maria"))] == [
            "Nödåtkomst att granska."
        ]
        line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "access_emergency")).one()
        assert (line.by_id, line.subject) == (city.person(work, "karim").id, NIGHT)
        task_id = open_task(work, case_id, "vuxen").id
    with pytest.raises(NotOfThisUnit), city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "karim"))
    city.clock.advance(timedelta(hours=4))
    assert not sees(city, case_id, "karim")


@pytest.mark.parametrize(
    ("username", "reason", "refusal"),
    [("karim", "  kort ", AnswersRefused), ("anna", NIGHT, AccessAlreadyThere), ("disa", NIGHT, CaseNotFound),
     ("stig", NIGHT, NotAllowed), ("gun", NIGHT, NotAllowed)],
)  # fmt: skip
def test_an_emergency_takes_a_reason_a_role_and_a_case_of_ones_own_administration(
    city: City, case_id: int, username: str, reason: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal), city.runtime.transaction() as work:
        open_in_emergency(work, case_id=case_id, caseworker=city.person(work, username), reason=reason)


def test_the_head_approves_or_reports_each_emergency_once(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        access = open_in_emergency(work, case_id=case_id, caseworker=city.person(work, "karim"), reason=NIGHT)
        access_id = access.id

    def review(username: str, verdict: str, note: str = "") -> None:
        with city.runtime.transaction() as work:
            who = city.person(work, username)
            review_emergency_access(work, access_id=access_id, caseworker=who, verdict=verdict, note=note)

    with pytest.raises(NotAllowed):
        review("karim", "approved")
    with pytest.raises(AnswersRefused):
        review("maria", "reported")
    with pytest.raises(AnswersRefused):
        review("maria", "kanske")
    review("maria", "reported", "Inget jourbesök var inplanerat den natten.")
    with pytest.raises(AlreadyReviewed):
        review("maria", "approved")
    with city.runtime.reading() as work:
        assert work.session.get_one(EmergencyAccess, access_id).verdict == "reported"
        whats = work.session.scalars(select(JournalEntry.what).where(JournalEntry.case_id == case_id)).all()
        assert "access_reported" in whats


MISTAKE = "Fel person valdes, det gällde en annan Anna"


def correct(city: City, case_id: int, by: str, reason: str = MISTAKE, recusal_id: int = 1) -> None:
    with city.runtime.transaction() as work:
        who = city.person(work, by)
        correct_recusal(work, case_id=case_id, recusal_id=recusal_id, caseworker=who, reason=reason)


def test_a_conflict_of_interest_declared_by_mistake_is_taken_back_and_both_stand_in_the_journal(
    city: City, case_id: int
) -> None:
    recuse(city, case_id, "karim", by="maria")
    recuse(city, case_id, "anna", by="siv")
    assert not sees(city, case_id, "anna")
    correct(city, case_id, "maria", recusal_id=2)
    with city.runtime.reading() as work:
        assert work.session.scalars(select(Recusal.id)).all() == [1], "the other one stands"
        lines = select(JournalEntry).where(JournalEntry.what.startswith("access_recus"))
        _, declared, corrected = work.session.scalars(lines.order_by(JournalEntry.id))
        anna, siv, maria = (city.person(work, name).id for name in ("anna", "siv", "maria"))
        assert (declared.what, declared.by_id) == ("access_recused", siv)
        assert (corrected.what, corrected.by_id) == ("access_recusal_corrected", maria)
        assert corrected.details == {
            "reason": MISTAKE,
            "person": anna,
            "declared_at": work.now.isoformat(),
            "declared_by": siv,
            "declared_reason": NEIGHBOUR,
        }
        assert work.session.get_one(Case, case_id).responsible_id is None, "it is given out anew"
    assert sees(city, case_id, "anna"), "the unit's tasks are hers to see again"
    recuse(city, case_id, "anna", by="siv")
    assert not sees(city, case_id, "anna"), "it can be declared again"


def test_only_a_leader_who_has_none_oneself_takes_a_conflict_of_interest_back(
    city: City, case_id: int
) -> None:
    recuse(city, case_id, "maria")
    for by, refused in (
        ("anna", NotAllowed),
        ("maria", Recused),
        ("disa", CaseNotFound),
        ("gun", NotAllowed),
    ):
        with pytest.raises(refused):
            correct(city, case_id, by)
    with pytest.raises(AnswersRefused):
        correct(city, case_id, "siv", reason="Fel")
    with pytest.raises(RecusalNotFound):
        correct(city, city.register(address="Provgatan 77"), "siv")
    assert not sees(city, case_id, "maria")
    correct(city, case_id, "siv")
    assert sees(city, case_id, "maria")


def test_an_emergency_lasts_as_long_as_the_municipality_says(city: City, case_id: int) -> None:
    city.runtime.policy = replace(city.runtime.policy, emergency_hours=2)
    with city.runtime.transaction() as work:
        karim = city.person(work, "karim")
        open_in_emergency(work, case_id=case_id, caseworker=karim, reason=NIGHT)
    assert sees(city, case_id, "karim")
    city.clock.advance(timedelta(hours=2))
    assert not sees(city, case_id, "karim")


def test_who_only_keeps_the_system_is_offered_to_nobody_as_responsible(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        siv = city.person(work, "siv")
        case = work.session.get_one(Case, case_id)
        choices = choices_in(work.session, case, siv, work.now)
        offered = {one.title for one in choices.options["caseworker"]}
        kept_out = {city.person(work, name).name for name in ("per", "gun", "stig")}
        assert not offered & kept_out
        assert {city.person(work, name).name for name in ("anna", "siv", "maria", "karim")} <= offered
