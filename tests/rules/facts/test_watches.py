"""A watch comes back on its day, a contract's end a month before; each watch knows only its own events."""

from __future__ import annotations

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import EventSeen, Scope
from tests.rules.case_pictures import arrears, case_of, event, swedish

WATCH, OTHER = Scope("watch", 1), Scope("watch", 9)


def set_up(kind: str, until: str | None, scope: Scope = WATCH) -> EventSeen:
    return event(1, "bevakning.skapad", "2026-03-20 10:00", scope, kind=kind, until=until)


def asked(fact: str, *events: EventSeen) -> FactValue:
    return FACTS[fact].read(case_of(arrears(), events=events), WATCH, swedish("2026-03-21 09:00"))


def test_a_watch_is_due_on_the_morning_of_its_day() -> None:
    assert (
        asked("watch_is_due_at", set_up("rent_check", "2026-04-08"))
        == swedish("2026-04-08 00:00").isoformat()
    )


def test_a_short_term_contract_is_looked_at_a_month_before_it_ends() -> None:
    contract = set_up("short_term_contract", "2026-09-30")
    assert asked("watch_is_due_at", contract) == swedish("2026-08-31 00:00").isoformat()


def test_a_day_that_somebody_moved_it_to_is_taken_as_it_stands() -> None:
    moved = event(2, "bevakning.flyttad", "2026-08-31 10:00", WATCH, until="2026-09-15")
    contract = set_up("short_term_contract", "2026-09-30")
    assert asked("watch_is_due_at", contract, moved) == swedish("2026-09-15 00:00").isoformat()
    assert asked("watch_goes_on", contract, moved) is True


def test_an_ended_watch_does_not_go_on_and_may_ask_for_contact() -> None:
    ended = event(2, "bevakning.avslutad", "2026-04-08 10:00", WATCH, restart=True)
    assert asked("watch_goes_on", set_up("rent_check", "2026-04-08"), ended) is False
    assert asked("watch_asks_for_contact", set_up("rent_check", "2026-04-08"), ended) is True
    assert asked("watch_asks_for_contact", set_up("rent_check", "2026-04-08")) is False


def test_another_watch_is_none_of_its_business() -> None:
    ended = event(2, "bevakning.avslutad", "2026-04-08 10:00", OTHER, restart=True)
    assert asked("watch_goes_on", set_up("rent_check", "2026-04-08"), ended) is True
    assert asked("watch_kind", set_up("rent_check", "2026-04-08", OTHER)) is None
    assert asked("watch_is_due_at", set_up("rent_check", "2026-04-08", OTHER)) is None


def test_a_watch_without_a_day_waits_for_one() -> None:
    assert asked("watch_is_due_at", set_up("other", None)) is None
