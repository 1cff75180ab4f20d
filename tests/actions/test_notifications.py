"""An escalation is seen by the unit it was sent to until somebody there takes note of it, and by nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from processes.actions.access import declare_recusal
from processes.actions.notifications import acknowledge_notification
from processes.actions.timers import fire_case_timers
from processes.errors import NoNeedOfCase, NotAllowed, NotificationNotFound, Recused
from processes.models import JournalEntry, Notification
from processes.queries.attention import attention_of
from processes.queries.cases import get_case
from processes.queries.notifications import MOST_COUNTED, MOST_SHOWN, unseen_notifications
from tests.city import City

NOT_SENT = "Bekräftelsen till Kronofogden är inte skickad och kontoret stänger snart."
JUST_BEFORE_THE_OFFICE_CLOSES = datetime(2026, 3, 2, 15, 15, tzinfo=UTC)


@pytest.fixture
def case_id(city: City) -> int:
    """A case in which the confirmation to Kronofogden still lies there when the office is about to close (E-05)."""
    case_id = city.register_eviction()
    city.clock.move_to(JUST_BEFORE_THE_OFFICE_CLOSES)
    with city.runtime.transaction() as work:
        fire_case_timers(work, case_id=case_id)
    return case_id


def told(city: City, username: str) -> list[str]:
    with city.runtime.reading() as work:
        return [one.text for one in unseen_notifications(work.session, city.person(work, username))]


def sent_to(city: City, unit: str) -> int:
    """The id of what this unit was told."""
    with city.runtime.reading() as work:
        found = select(Notification.id).where(Notification.unit == unit, Notification.text == NOT_SENT)
        return work.session.scalars(found).one()


def acknowledge(city: City, notification_id: int, username: str) -> None:
    with city.runtime.transaction() as work:
        who = city.person(work, username)
        acknowledge_notification(work, notification_id=notification_id, caseworker=who)


def more(work_at: datetime, case_id: int, number: int, unit: str = "samordning") -> list[Notification]:
    return [
        Notification(
            case_id=case_id,
            administration_key="hisingen",
            unit=unit,
            text=f"Nummer {one}",
            at=work_at + timedelta(minutes=one),
        )
        for one in range(number)
    ]


def test_the_escalation_is_seen_by_the_units_it_names_and_no_other(city: City, case_id: int) -> None:
    assert told(city, "siv") == [NOT_SENT]
    assert NOT_SENT in told(city, "maria")
    for stranger in ("anna", "eva", "karim", "disa", "per"):
        assert NOT_SENT not in told(city, stranger)


def test_what_one_has_acknowledged_is_gone_for_the_whole_unit_and_for_no_other(
    city: City, case_id: int
) -> None:
    acknowledge(city, sent_to(city, "samordning"), "siv")
    assert told(city, "siv") == []
    assert NOT_SENT in told(city, "maria")


def test_who_acknowledged_and_when_stands_in_the_row_and_in_the_journal(city: City, case_id: int) -> None:
    notification_id = sent_to(city, "samordning")
    acknowledge(city, notification_id, "siv")
    with city.runtime.reading() as work:
        siv = city.person(work, "siv").id
        row = work.session.get_one(Notification, notification_id)
        assert (row.seen_by_id, row.seen_at) == (siv, JUST_BEFORE_THE_OFFICE_CLOSES)
        found = select(JournalEntry).where(JournalEntry.what == "notification_acknowledged")
        line = work.session.scalars(found).one()
        assert (line.case_id, line.by_id, line.at, line.subject) == (
            case_id,
            siv,
            JUST_BEFORE_THE_OFFICE_CLOSES,
            NOT_SENT,
        )


def test_a_second_acknowledgement_changes_nothing(city: City, case_id: int) -> None:
    notification_id = sent_to(city, "samordning")
    acknowledge(city, notification_id, "siv")
    city.clock.advance(timedelta(hours=1))
    acknowledge(city, notification_id, "siv")
    with city.runtime.reading() as work:
        assert work.session.get_one(Notification, notification_id).seen_at == JUST_BEFORE_THE_OFFICE_CLOSES
        found = select(JournalEntry).where(JournalEntry.what == "notification_acknowledged")
        assert len(work.session.scalars(found).all()) == 1


def test_another_unit_cannot_acknowledge_it(city: City, case_id: int) -> None:
    with pytest.raises(NotAllowed):
        acknowledge(city, sent_to(city, "samordning"), "anna")
    assert told(city, "siv") == [NOT_SENT]


def test_who_has_a_conflict_of_interest_is_not_told_and_cannot_acknowledge(city: City, case_id: int) -> None:
    notification_id = sent_to(city, "samordning")
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        declare_recusal(work, case_id=case_id, caseworker=siv, person=siv, reason="Granne till familjen.")
    assert told(city, "siv") == []
    with pytest.raises(Recused):
        acknowledge(city, notification_id, "siv")


def test_a_unit_that_was_told_to_attend_to_a_case_may_open_it(city: City, case_id: int) -> None:
    def opened() -> str:
        with city.runtime.reading() as work:
            return get_case(work.session, case_id, city.person(work, "karim"), work.now).number

    with pytest.raises(NoNeedOfCase):
        opened()
    with city.runtime.transaction() as work:
        work.session.add_all(more(work.now, case_id, 1, unit="barn-unga"))
    assert opened().startswith("KVB")


def test_for_another_administration_it_does_not_exist(city: City, case_id: int) -> None:
    with pytest.raises(NotificationNotFound):
        acknowledge(city, sent_to(city, "samordning"), "disa")


def test_what_does_not_exist_cannot_be_acknowledged(city: City, case_id: int) -> None:
    with pytest.raises(NotificationNotFound):
        acknowledge(city, 9_999, "siv")


def test_the_newest_stand_first_and_only_so_many_are_shown(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        work.session.add_all(more(work.now, case_id, MOST_SHOWN + 5))
    shown = told(city, "siv")
    assert shown[:2] == [f"Nummer {MOST_SHOWN + 4}", f"Nummer {MOST_SHOWN + 3}"]
    assert len(shown) == MOST_SHOWN


def test_they_are_counted_but_not_without_end(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        assert attention_of(work.session, siv).unseen == 1
        work.session.add_all(more(work.now, case_id, MOST_COUNTED))
        assert attention_of(work.session, siv).unseen == MOST_COUNTED
        assert attention_of(work.session, city.person(work, "eva")).unseen == 0
