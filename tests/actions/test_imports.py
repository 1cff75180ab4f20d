"""A landlord's file is taken in as if each row had been typed: all the chosen rows or none, and never twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select

from processes.actions.access import declare_recusal
from processes.actions.import_preview import RowSeen, preview
from processes.actions.imports import (
    MOST_ROWS,
    MOST_WAITING,
    Pick,
    import_batch,
    keep_batch,
    rows_of,
    throw_batch_away,
)
from processes.errors import (
    AlreadyImported,
    AnswersRefused,
    ImportNotFound,
    ListRefused,
    NotAllowed,
    NoticeAlreadyRegistered,
    RowRefused,
)
from processes.models import Case, ImportBatch, Notice, Task
from processes.queries.imports import get_own_batch
from tests.city import City, arrears_notice

FOR_ALL = {"kind": "A", "received_at": "2026-03-02 08:30", "channel": "email", "informant": "landlord"}
HEADINGS = (
    "Bostadens adress;Lägenhetsnummer;Upplåtelse;Krävt belopp inklusive ränta;Underrättelsens datum;"
    "Person 1: Namn;Person 1: Roll"
)
A_ROW = "Provgatan {};1101;Hyresrätt i första hand;9 450,00;2026-02-26;Påhittad {};Kontraktsinnehavare"


def table(*streets: object) -> bytes:
    return "\n".join([HEADINGS, *(A_ROW.format(one, one) for one in streets)]).encode()


@dataclass
class Intake:
    """Somebody at work with a file in the city."""

    city: City
    username: str = "siv"

    def keep(self, content: bytes, name: str = "mars.csv", **given: str) -> int:
        with self.city.runtime.transaction() as work:
            who = self.city.person(work, self.username)
            return keep_batch(
                work, caseworker=who, file_name=name, content=content, given={**FOR_ALL, **given}
            ).id

    def seen(self, batch_id: int) -> list[RowSeen]:
        with self.city.runtime.reading() as work:
            who = self.city.person(work, self.username)
            rows = preview(work, get_own_batch(work.session, batch_id, who), who)
            work.session.expunge_all()
            return rows

    def take_in(self, batch_id: int, *picks: Pick | int) -> None:
        chosen = [pick if isinstance(pick, Pick) else Pick(pick) for pick in picks]
        with self.city.runtime.transaction() as work:
            who = self.city.person(work, self.username)
            import_batch(work, batch_id=batch_id, caseworker=who, picks=chosen)

    def count(self, model: Any) -> int:
        with self.city.runtime.reading() as work:
            return work.session.scalar(select(func.count()).select_from(model)) or 0

    def batch(self, batch_id: int) -> ImportBatch:
        with self.city.runtime.reading() as work:
            found = work.session.get_one(ImportBatch, batch_id)
            work.session.expunge(found)
            return found


@pytest.fixture
def intake(city: City) -> Intake:
    return Intake(city)


@pytest.mark.requirement("R-049", "E-59")
def test_each_row_gets_a_case_and_a_position_to_take_of_its_own(intake: Intake) -> None:
    batch = intake.keep(table(1, 2, 3))
    intake.take_in(batch, 2, 3, 4)
    with intake.city.runtime.reading() as work:
        notices = work.session.scalars(select(Notice).order_by(Notice.id)).all()
        assert len({notice.case_id for notice in notices}) == 3
        assert {notice.stance for notice in notices} == {None}
        tasks = work.session.scalars(select(Task.case_id).where(Task.step == "ta_stallning")).all()
        assert sorted(tasks) == sorted(notice.case_id for notice in notices)


def test_a_row_is_registered_word_for_word_as_if_it_had_been_typed(intake: Intake) -> None:
    intake.city.register(received_at="2026-03-02T08:30", address="Provgatan 9")
    typed = json.dumps([{**arrears_notice(), "address": "Provgatan 8"}]).encode()
    intake.take_in(intake.keep(typed, "rader.json"), 1)
    with intake.city.runtime.reading() as work:
        by_hand, from_file = work.session.scalars(select(Notice).order_by(Notice.id)).all()
        assert from_file.as_stated == by_hand.as_stated | {"address": "Provgatan 8"}
        assert from_file.registered_by_id == by_hand.registered_by_id


def test_rows_that_are_left_out_are_not_registered(intake: Intake) -> None:
    batch = intake.keep(table(1, 2, 3))
    intake.take_in(batch, 3)
    with intake.city.runtime.reading() as work:
        assert [case.dwelling.address for case in work.session.scalars(select(Case))] == ["Provgatan 2"]
    mark = intake.batch(batch)
    assert (mark.registered_count, mark.row_count) == (1, 3)


def test_what_stood_in_the_file_is_gone_when_it_is_taken_in_and_a_mark_stays(intake: Intake) -> None:
    batch = intake.keep(table(1, 2))
    assert "Påhittad 1" in str(intake.batch(batch).rows)
    intake.take_in(batch, 2, 3)
    mark = intake.batch(batch)
    assert mark.rows is None
    assert mark.unread_columns == []
    assert mark.file_name == "mars.csv"
    assert mark.imported_at == intake.city.clock.now()
    assert intake.seen(batch) == []


def test_one_row_that_cannot_be_registered_stops_them_all_and_is_named(intake: Intake) -> None:
    batch = intake.keep(table(1, 2, 3))
    intake.city.register(address="Provgatan 3")  # a colleague was faster
    with pytest.raises(RowRefused) as refused:
        intake.take_in(batch, 2, 3, 4)
    assert refused.value.number == 4
    assert isinstance(refused.value.cause, AnswersRefused)
    assert set(refused.value.cause.problems) == {"case_choice"}
    assert intake.count(Notice) == 1
    assert intake.batch(batch).imported_at is None
    assert len(rows_of(intake.batch(batch))) == 3


def test_the_same_notice_in_a_case_stops_them_all_too(intake: Intake) -> None:
    same = json.dumps([{**arrears_notice(), "address": "Provgatan 7"}, arrears_notice()]).encode()
    case_id = intake.city.register()
    batch = intake.keep(same, "rader.json")
    with pytest.raises(RowRefused) as refused:
        intake.take_in(batch, 1, Pick(2, f"KVB 2026-{case_id:06d}"))
    assert isinstance(refused.value.cause, NoticeAlreadyRegistered)
    assert intake.count(Notice) == 1


def test_the_same_file_is_not_taken_in_twice_by_anybody(intake: Intake) -> None:
    colleague = Intake(intake.city, "anna")
    theirs = colleague.keep(table(1))
    batch = intake.keep(table(1))
    intake.take_in(batch, 2)
    with pytest.raises(AlreadyImported):
        intake.take_in(batch, 2)
    with pytest.raises(AlreadyImported):
        intake.keep(table(1), "annat namn.csv")
    with pytest.raises(AlreadyImported):
        colleague.take_in(theirs, Pick(2, "new"))
    assert intake.count(Notice) == 1


def test_a_file_that_waits_is_replaced_when_it_is_sent_again(intake: Intake) -> None:
    intake.keep(table(1))
    again = intake.keep(table(1), kind="B")
    assert intake.count(ImportBatch) == 1
    assert [row.said["kind"] for row in intake.seen(again)] == ["B"]


def test_a_file_that_is_thrown_away_leaves_nothing(intake: Intake) -> None:
    batch = intake.keep(table(1))
    with intake.city.runtime.transaction() as work:
        assert (
            throw_batch_away(work, batch_id=batch, caseworker=intake.city.person(work, "siv")) == "mars.csv"
        )
    assert intake.count(ImportBatch) == 0


def test_a_file_that_is_taken_in_cannot_be_thrown_away(intake: Intake) -> None:
    batch = intake.keep(table(1))
    intake.take_in(batch, 2)
    with pytest.raises(ImportNotFound), intake.city.runtime.transaction() as work:
        throw_batch_away(work, batch_id=batch, caseworker=intake.city.person(work, "siv"))


@pytest.mark.parametrize("username", ["anna", "disa"])
def test_a_file_is_its_senders_alone(intake: Intake, username: str) -> None:
    batch = intake.keep(table(1))
    with pytest.raises(ImportNotFound):
        Intake(intake.city, username).take_in(batch, 2)
    with pytest.raises(ImportNotFound):
        Intake(intake.city, username).seen(batch)


@pytest.mark.parametrize("username", ["eva", "karim", "per", "gun", "stig"])
def test_only_who_registers_notices_sends_a_file(intake: Intake, username: str) -> None:
    with pytest.raises(NotAllowed):
        Intake(intake.city, username).keep(table(1))


def test_the_limits_are_told(intake: Intake) -> None:
    with pytest.raises(ListRefused, match=f"fler än {MOST_ROWS} rader"):
        intake.keep(table(*range(MOST_ROWS + 1)))
    with pytest.raises(ListRefused, match="inga rader"):
        intake.keep(HEADINGS.encode())
    for number in range(MOST_WAITING):
        intake.keep(table(number))
    with pytest.raises(ListRefused, match="redan 10 filer"):
        intake.keep(table("sist"))
    with pytest.raises(ListRefused, match="minst en rad"):
        intake.take_in(1)


def test_errors_are_told_per_field_by_the_intake_form_itself(intake: Intake) -> None:
    [row] = intake.seen(
        intake.keep(table(1).replace(b"9 450,00", b"mycket").replace(b"Kontrakts", b"Granne"))
    )
    assert not row.can_be_chosen
    assert set(row.problems) == {"Krävt belopp inklusive ränta", "Person 1: Roll"}
    assert "Skriv ett belopp" in row.problems["Krävt belopp inklusive ränta"]


def test_a_row_with_errors_is_not_registered_even_if_it_is_picked(intake: Intake) -> None:
    batch = intake.keep(table(1, 2).replace("Påhittad 2;Kontrakts".encode(), b";"))
    with pytest.raises(RowRefused) as refused:
        intake.take_in(batch, 2, 3)
    assert refused.value.number == 3
    assert intake.count(Notice) == 0


@pytest.mark.parametrize("letter", ["F", "G", "H", "I"])
def test_kronofogdens_notices_are_not_taken_in_by_file(intake: Intake, letter: str) -> None:
    batch = intake.keep(table(1), kind=letter)
    [row] = intake.seen(batch)
    assert set(row.problems) == {"Vad har kommit in?"}
    with pytest.raises(RowRefused):
        intake.take_in(batch, 2)


def test_a_file_cannot_answer_what_is_asked_of_a_person(intake: Intake) -> None:
    case_id = intake.city.register()
    said = {"case_choice": "existing", "case_number": f"KVB 2026-{case_id:06d}", "duplicate_of": 1}
    batch = intake.keep(json.dumps([{**arrears_notice(), **said}]).encode(), "rader.json")
    [row] = intake.seen(batch)
    assert set(row.problems) == set(said)
    with pytest.raises(RowRefused) as refused:
        intake.take_in(batch, 1)
    assert isinstance(refused.value.cause, AnswersRefused)
    assert set(refused.value.cause.problems) == {"case_choice"}


def test_a_home_that_is_known_asks_which_case_and_the_row_joins_it(intake: Intake) -> None:
    case_id = intake.city.register(address="Provgatan 1")
    batch = intake.keep(table(1, 2))
    known, clean = intake.seen(batch)
    assert [case.id for case in known.cases] == [case_id]
    assert (known.asks_for_case, clean.asks_for_case) == (True, False)
    intake.take_in(batch, Pick(2, known.cases[0].number), 3)
    assert (intake.count(Case), intake.count(Notice)) == (2, 3)


def test_two_rows_about_one_home_can_share_a_case_or_be_two_households(intake: Intake) -> None:
    first, second, third = intake.seen(batch := intake.keep(table(1, 1, 1).replace(b"9 450", b"100", 1)))
    assert (first.same_home, second.same_home, third.same_home) == ((), (2,), (2, 3))
    assert (first.same_as, second.same_as, third.same_as) == (None, None, 3)
    with pytest.raises(RowRefused):
        intake.take_in(batch, Pick(3, "row 2"))
    intake.take_in(batch, 2, Pick(3, "row 2"), Pick(4, "new"))
    assert (intake.count(Case), intake.count(Notice)) == (2, 3)


def test_a_notice_that_is_registered_already_is_said_to_be(intake: Intake) -> None:
    intake.city.register()
    batch = intake.keep(json.dumps([arrears_notice()]).encode(), "rader.json")
    [row] = intake.seen(batch)
    assert (row.registered_as, row.can_be_chosen) == (1, False)


def test_of_a_case_that_is_not_ones_own_only_that_there_is_one_is_told(intake: Intake) -> None:
    case_id = intake.city.register(address="Provgatan 1")
    with intake.city.runtime.transaction() as work:
        siv = intake.city.person(work, "siv")
        declare_recusal(
            work, case_id=case_id, caseworker=siv, person=siv, reason="Kontraktsinnehavaren är min granne."
        )
    batch = intake.keep(table(1))
    [row] = intake.seen(batch)
    assert (row.cases, row.has_hidden_case, row.asks_for_case) == ((), True, True)
    with pytest.raises(RowRefused) as refused:
        intake.take_in(batch, 2)
    assert isinstance(refused.value.cause, AnswersRefused)
    assert "KVB" not in refused.value.cause.problems["case_choice"]


def test_another_administrations_case_is_never_told_of(intake: Intake) -> None:
    intake.city.register("disa", address="Provgatan 1")
    [row] = intake.seen(intake.keep(table(1)))
    assert row.is_clean


def test_days_that_are_not_certain_are_said_to_be_provisional(intake: Intake) -> None:
    [unserved] = intake.seen(intake.keep(json.dumps([arrears_notice()]).encode(), "rader.json"))
    last_day = next(date for date in unserved.dates if date.id == "D-01")
    assert last_day.is_provisional
    [moving] = intake.seen(
        intake.keep(json.dumps([{**arrears_notice(), "must_move_anyway": True}]).encode(), "b.json")
    )
    assert "D-01" not in {date.id for date in moving.dates}


@pytest.mark.parametrize(
    "row",
    [
        {"address": "\ud800", "persons": "nej", "grounds": {"a": 1}, "amount_due": 10**400},
        {"persons": [{"name": ["x"]}], "persons-x-y": 1, "persons-0-": 2, "": None, "x" * 5000: "y"},
        {"address": {"djup": [[[]]]}, "received_at": True, "kind": ["A"]},
        {"kind": "A\u0000", "address": "Provgatan\u0000"},
    ],
)
def test_whatever_stands_in_json_is_answered_in_swedish(intake: Intake, row: dict[str, Any]) -> None:
    batch = intake.keep(json.dumps([row]).encode(), "rader.json")
    [seen] = intake.seen(batch)
    assert seen.problems
    with pytest.raises(RowRefused):
        intake.take_in(batch, 1)
    assert intake.count(Notice) == 0
