"""Destroying a case takes two persons and leaves nothing of it but a row in a journal; a hold stops it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DatabaseError

from processes.actions.events import record_event
from processes.actions.read_log import release_journal, write_read
from processes.actions.retention import (
    decide_retention,
    destroy_case,
    lift_hold,
    place_hold,
    propose_destruction,
    withdraw_proposal,
)
from processes.errors import (
    AnswersRefused,
    CaseNotFound,
    MustBeKept,
    NotAllowed,
    NotProposed,
    SecondPersonNeeded,
)
from processes.models import (
    Base,
    Case,
    DestructionEntry,
    Dwelling,
    Landlord,
    LegalHold,
    LogChain,
    ReadEntry,
)
from processes.queries.log_chains import (
    find_hash,
    flaws_in_destruction_journals,
    flaws_in_journals,
    flaws_in_read_logs,
    journal_chain,
)
from processes.queries.retention import destroyed, preview, preview_of
from processes.queries.tables_of_case import (
    SHARED,
    STAYS,
    count_rows,
    rows_of,
    tables_of_case,
)
from processes.rules.retention import Ground
from tests.actions.every_table import SENTINEL, everything_in, fill_every_table
from tests.city import City

CLOSED = datetime(2026, 3, 2, 12, tzinfo=UTC)
SIX_YEARS_LATER = datetime(2032, 3, 8, 9, tzinfo=UTC)
HOLD = "Beslutet är överklagat till förvaltningsrätten."


def decide(city: City, *, keeps: bool = False) -> None:
    with city.runtime.transaction() as work:
        decide_retention(
            work,
            administration="hisingen",
            municipality="Exempelköping",
            keeps_for_ever=keeps,
            research_birthdays=(5, 15, 25),
            reference="SN 2026/12, 2026-02-01",
        )


@pytest.fixture
def case_id(city: City) -> int:
    """A case of a household that is found nowhere else, closed six years ago, and a newer one."""
    persons = [{"name": SENTINEL, "role": "contract_holder", "protection": "none"}]
    case_id = city.register(persons=persons, address="Sentinellgatan 9", landlord_name="Sentinellbo AB")
    city.register(apartment="1302")
    with city.runtime.transaction() as work:
        work.session.execute(update(Case).where(Case.id == case_id).values(closed_at=CLOSED))
    decide(city)
    city.clock.move_to(SIX_YEARS_LATER)
    return case_id


def propose(city: City, case_id: int, who: str = "siv") -> None:
    with city.runtime.transaction() as work:
        propose_destruction(work, case_id=case_id, caseworker=city.person(work, who))


def destroy(city: City, case_id: int, who: str = "maria") -> DestructionEntry:
    with city.runtime.transaction() as work:
        return destroy_case(work, case_id=case_id, caseworker=city.person(work, who))


def hold(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        place_hold(work, case_id=case_id, caseworker=city.person(work, "siv"), reason=HOLD)


def verdicts(city: City) -> dict[str, list[int]]:
    with city.runtime.reading() as work:
        found = preview(work.session, city.person(work, "siv"), work.now)
        return {"due": [one.case.id for one in found.due], "kept": [one.case.id for one in found.kept]}


def test_every_table_is_said_to_go_with_its_case_or_to_stay() -> None:
    """A table that is added must name its case, refer to one that does, or be listed with a reason."""
    of_case = {table.name for table in tables_of_case()}
    unknown = set(Base.metadata.tables) - of_case - set(STAYS) - SHARED
    assert unknown == set()
    assert not of_case & (set(STAYS) | SHARED)


def test_a_table_that_only_refers_to_a_row_of_a_case_goes_too() -> None:
    by_reference = [table for table in tables_of_case() if "case_id" not in table.c and table.name != "cases"]
    assert {"submissions"} <= {table.name for table in by_reference}


def test_everything_of_the_case_is_gone_from_every_table_and_nothing_of_another(
    city: City, case_id: int
) -> None:
    with city.runtime.transaction() as work:
        case = work.session.get_one(Case, case_id)
        number = case.number
        other = work.session.scalars(select(Case).where(Case.id != case_id)).one()
        fill_every_table(work.session, case)
        fill_every_table(work.session, other)
        of_other = count_rows(work.session, other)
        assert set(of_other) == {table.name for table in tables_of_case()}
    propose(city, case_id)
    entry = destroy(city, case_id)
    assert set(entry.counts) == {table.name for table in tables_of_case()}
    with city.runtime.reading() as work:
        for table in tables_of_case():
            left = select(func.count()).select_from(table).where(rows_of(table, case_id, number))
            assert work.session.scalar(left) == 0, table.name
        assert count_rows(work.session, work.session.get_one(Case, other.id)) == of_other
        own = f"i ärende {case_id}."
        told = {
            name: [row for row in rows if "Sentinellgatan" in row or "Sentinellbo" in row or own in row]
            for name, rows in everything_in(work.session).items()
        }
        assert {name: rows for name, rows in told.items() if rows} == {}


def test_what_remains_is_a_row_with_the_number_the_days_the_policy_the_counts_and_who(
    city: City, case_id: int
) -> None:
    propose(city, case_id)
    destroy(city, case_id)
    with city.runtime.reading() as work:
        [entry] = destroyed(work.session, city.person(work, "siv"))
        assert (entry.case_number, entry.case_id) == (f"KVB 2026-{case_id:06d}", case_id)
        assert [str(day) for day in (entry.opened_on, entry.closed_on, entry.last_note_on)] == [
            "2026-03-02"
        ] * 3
        assert entry.policy == {
            "rule": "SoL 16:1",
            "municipality": "Exempelköping",
            "reference": "SN 2026/12, 2026-02-01",
        }
        assert entry.counts["persons"] == 1
        assert entry.counts["cases"] == 1
        assert (entry.proposed_by.username, entry.approved_by.username) == ("siv", "maria")
        assert "Sentinell" not in str(entry.content)


def test_the_read_log_stays_and_every_chain_is_sound(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        write_read(work, caseworker=city.person(work, "siv"), case_id=case_id, what="cases.show")
    propose(city, case_id)
    destroy(city, case_id)
    with city.runtime.reading() as work:
        assert work.session.scalars(select(ReadEntry.case_id)).all() == [case_id]
        chain = work.session.get_one(LogChain, journal_chain(case_id))
        assert chain.released_at == SIX_YEARS_LATER
        assert chain.length > 3
        assert list(flaws_in_read_logs(work.session)) == []
        assert list(flaws_in_journals(work.session)) == []
        assert list(flaws_in_destruction_journals(work.session)) == []
        entry = work.session.scalars(select(DestructionEntry)).one()
        assert find_hash(work.session, "destroyed:hisingen", 1) == entry.hash


def test_the_home_and_the_landlord_stay_as_long_as_another_case_names_them(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        home = work.session.get_one(Case, case_id).dwelling
        other = work.session.scalars(select(Case).where(Case.id != case_id)).one()
        work.session.execute(update(Case).where(Case.id == other.id).values(dwelling_id=home.id))
    propose(city, case_id)
    destroy(city, case_id)
    with city.runtime.reading() as work:
        assert "Sentinellgatan 9" in work.session.scalars(select(Dwelling.address)).all()
        assert "Sentinellbo AB" in work.session.scalars(select(Landlord.name)).all()


def test_nobody_destroys_what_nobody_has_proposed(city: City, case_id: int) -> None:
    with pytest.raises(NotProposed):
        destroy(city, case_id)


def test_who_proposed_does_not_approve(city: City, case_id: int) -> None:
    propose(city, case_id, "maria")
    with pytest.raises(SecondPersonNeeded):
        destroy(city, case_id, "maria")
    assert verdicts(city)["due"] == [case_id]


@pytest.mark.parametrize("who", ["anna", "karim", "per", "gun", "stig"])
def test_nobody_else_proposes(city: City, case_id: int, who: str) -> None:
    with pytest.raises(NotAllowed):
        propose(city, case_id, who)


def test_a_coordinator_does_not_approve(city: City, case_id: int) -> None:
    propose(city, case_id, "maria")
    with pytest.raises(NotAllowed):
        destroy(city, case_id, "siv")


def test_another_administrations_case_is_as_if_it_did_not_exist(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        work.session.execute(update(Case).where(Case.id == case_id).values(administration_key="sydvast"))
    for attempt in (propose, destroy, hold):
        with pytest.raises(CaseNotFound):
            attempt(city, case_id)
    assert verdicts(city) == {"due": [], "kept": []}


def test_a_hold_stops_it_with_a_reason_and_takes_back_the_proposal(city: City, case_id: int) -> None:
    propose(city, case_id)
    hold(city, case_id)
    assert verdicts(city) == {"due": [], "kept": [case_id]}
    with pytest.raises(MustBeKept):
        destroy(city, case_id)
    with city.runtime.transaction() as work:
        lift_hold(
            work,
            case_id=case_id,
            caseworker=city.person(work, "maria"),
            reason="Domen har vunnit laga kraft.",
        )
    with pytest.raises(NotProposed):
        destroy(city, case_id)
    propose(city, case_id)
    destroy(city, case_id)


def test_a_hold_that_came_between_the_proposal_and_the_approval_is_seen(city: City, case_id: int) -> None:
    propose(city, case_id)
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        work.add(LegalHold(case_id=case_id, reason=HOLD, placed_at=work.now, placed_by_id=siv.id))
    with pytest.raises(MustBeKept):
        destroy(city, case_id)


def test_a_hold_needs_a_reason_and_there_is_only_one(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work, pytest.raises(AnswersRefused):
        place_hold(work, case_id=case_id, caseworker=city.person(work, "siv"), reason="  kort  ")
    hold(city, case_id)
    with pytest.raises(AnswersRefused):
        hold(city, case_id)


def test_a_hold_and_its_end_do_not_make_the_file_younger(city: City, case_id: int) -> None:
    hold(city, case_id)
    with city.runtime.transaction() as work:
        lift_hold(work, case_id=case_id, caseworker=city.person(work, "siv"), reason="Frågan är avgjord nu.")
    assert verdicts(city)["due"] == [case_id]


def test_a_new_note_does(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        record_event(
            work, case_id=case_id, name="anteckning", payload={"text": "Hen ringde."}, caseworker=siv
        )
    propose_refused = pytest.raises(MustBeKept, match="Tiden har inte gått ut")
    with propose_refused:
        propose(city, case_id)


def test_a_proposal_can_be_refused_and_made_again(city: City, case_id: int) -> None:
    propose(city, case_id)
    with city.runtime.transaction() as work:
        withdraw_proposal(work, case_id=case_id, caseworker=city.person(work, "maria"))
    with pytest.raises(NotProposed):
        destroy(city, case_id)
    with city.runtime.transaction() as work, pytest.raises(NotProposed):
        withdraw_proposal(work, case_id=case_id, caseworker=city.person(work, "siv"))
    propose(city, case_id)
    assert verdicts(city)["due"] == [case_id]


def test_nothing_goes_where_the_municipality_keeps_or_has_not_decided(city: City, case_id: int) -> None:
    decide(city, keeps=True)
    assert verdicts(city) == {"due": [], "kept": [case_id]}
    with pytest.raises(MustBeKept):
        propose(city, case_id)
    with city.runtime.reading() as work:
        undecided = preview_of(work.session, "sydvast", work.now)
        assert (undecided.is_decided, undecided.policy.keeps_for_ever) == (False, True)


def test_a_child_whose_birthday_nobody_knows_keeps_the_case(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        case = work.session.get_one(Case, case_id)
        fill_every_table(work.session, case)
        work.session.execute(
            update(Base.metadata.tables["events"])
            .where(Base.metadata.tables["events"].c.case_id == case_id)
            .values(name="barnutredning.inledd")
        )
    with city.runtime.reading() as work:
        found = preview(work.session, city.person(work, "siv"), work.now)
        assert [one.verdict.ground for one in found.kept] == [Ground.CHILD_UNKNOWN]


def test_an_open_case_is_never_listed_and_never_destroyed(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        work.session.execute(update(Case).where(Case.id == case_id).values(closed_at=None))
    assert verdicts(city) == {"due": [], "kept": []}
    with pytest.raises(MustBeKept):
        propose(city, case_id)


def test_no_id_that_the_read_log_names_is_ever_anybody_elses(city: City, case_id: int) -> None:
    """SQLite gives the highest id again to the next row, so the newest case waits."""
    with city.runtime.transaction() as work:
        newest = work.session.scalars(select(func.max(Case.id))).one()
        work.session.execute(update(Case).where(Case.id == newest).values(closed_at=CLOSED))
    with pytest.raises(MustBeKept, match="senast registrerade"):
        propose(city, newest)


def test_the_database_refuses_to_change_or_remove_what_was_written(city: City, case_id: int) -> None:
    propose(city, case_id)
    destroy(city, case_id)
    for statement in (
        update(DestructionEntry).values(case_number="KVB 2026-000099"),
        delete(DestructionEntry),
        update(Base.metadata.tables["retention_decisions"]).values(keeps_for_ever=True),
    ):
        with city.runtime.transaction() as work, pytest.raises(DatabaseError, match="append-only"):
            work.session.execute(statement)
            work.session.flush()


def test_a_case_that_vanished_without_a_row_in_the_journal_is_found(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        release_journal(work, case_id=case_id)
    with city.runtime.reading() as work:
        [flaw] = flaws_in_destruction_journals(work.session)
        assert flaw.chain == f"journal:{case_id}"
