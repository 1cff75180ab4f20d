"""What was recorded stays, and what is said to be right stands beside it for good."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from processes.actions.corrections import note_correction
from processes.actions.events import record_event
from processes.errors import AnswersRefused, CaseNotFound, NotAllowed, RecordNotFound
from processes.models import Case, CorrectionNote, Event, JournalEntry, Person
from processes.queries.corrections import notes_in
from tests.city import City

WRONG = "Hyresgästen har tre barn."


@pytest.fixture
def case_id(city: City) -> int:
    return city.register()


@pytest.fixture
def event_id(city: City, case_id: int) -> int:
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        return record_event(
            work, case_id=case_id, name="anteckning", payload={"text": WRONG}, caseworker=siv
        ).id


def note(city: City, case_id: int, about: tuple[str, int], who: str = "siv", **said: Any) -> CorrectionNote:
    plain: dict[str, Any] = {"kind": "correction", "text": "Hon har två barn.", "reason": "Folkbokföringen."}
    with city.runtime.transaction() as work:
        return note_correction(
            work, caseworker=city.person(work, who), case_id=case_id, about=about, **(plain | said)
        )


def test_the_old_stays_as_it_was_and_the_note_stands_beside_it(
    city: City, case_id: int, event_id: int
) -> None:
    note(city, case_id, ("event", event_id))
    with city.runtime.reading() as work:
        assert work.session.get_one(Event, event_id).payload["text"] == WRONG
        [beside] = notes_in(work.session, case_id)["event", event_id]
        assert (beside.kind, beside.text, beside.reason) == (
            "correction",
            "Hon har två barn.",
            "Folkbokföringen.",
        )
        assert beside.by.username == "siv"


def test_the_journal_tells_it_so_that_it_cannot_be_undone_unseen(
    city: City, case_id: int, event_id: int
) -> None:
    made = note(city, case_id, ("event", event_id))
    with city.runtime.reading() as work:
        line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "record_corrected")).one()
        assert line.details == {
            "note": made.id, "about": ["event", event_id], "person": None,
            "text": "Hon har två barn.", "reason": "Folkbokföringen.",
        }  # fmt: skip


@pytest.mark.parametrize("statement", [update(CorrectionNote).values(text="Nej."), delete(CorrectionNote)])
def test_a_note_is_neither_changed_nor_removed(
    city: City, case_id: int, event_id: int, statement: Any
) -> None:
    note(city, case_id, ("event", event_id))
    with city.runtime.transaction() as work, pytest.raises(DatabaseError, match="append-only"):
        work.session.execute(statement)


def test_the_individuals_objection_is_noted_as_theirs(city: City, case_id: int, event_id: int) -> None:
    with city.runtime.reading() as work:
        person_id = work.session.scalars(select(Person.id)).one()
    note(city, case_id, ("event", event_id), kind="objection", person_id=person_id, text="Jag har inga barn.")
    with city.runtime.reading() as work:
        [beside] = notes_in(work.session, case_id)["event", event_id]
        assert (beside.kind, beside.person_id) == ("objection", person_id)
        assert work.session.scalars(
            select(JournalEntry.what).where(JournalEntry.what == "objection_noted")
        ).all()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"kind": "deletion"}, "kind"),
        ({"text": " "}, "text"),
        ({"reason": ""}, "reason"),
        ({"kind": "objection"}, "person"),
        ({"kind": "objection", "person_id": 999}, "person"),
    ],
)
def test_what_is_missing_is_said_per_field(
    city: City, case_id: int, event_id: int, said: dict[str, Any], problem: str
) -> None:
    with pytest.raises(AnswersRefused) as refused:
        note(city, case_id, ("event", event_id), **said)
    assert set(refused.value.problems) == {problem}


@pytest.mark.parametrize("about", [("event", 999), ("journal", 1), ("person", 999)])
def test_what_is_not_of_the_case_is_not_found(city: City, case_id: int, about: tuple[str, int]) -> None:
    with pytest.raises(RecordNotFound):
        note(city, case_id, about)


def test_a_record_of_another_case_is_not_found(city: City, case_id: int, event_id: int) -> None:
    other = city.register(apartment="1302")
    with pytest.raises(RecordNotFound):
        note(city, other, ("event", event_id))


def test_a_closed_case_takes_a_correction(city: City, case_id: int, event_id: int) -> None:
    with city.runtime.transaction() as work:
        work.session.execute(update(Case).values(closed_at=work.now))
    assert note(city, case_id, ("event", event_id)).id


def test_who_has_nothing_to_do_with_the_case_notes_nothing(city: City, case_id: int, event_id: int) -> None:
    for who, error in (("karim", NotAllowed), ("gun", NotAllowed), ("disa", CaseNotFound)):
        with pytest.raises(error):
            note(city, case_id, ("event", event_id), who)
