"""A process waits in vain when nobody can say, and nothing that moves can lead to, what it waits for."""

from __future__ import annotations

from datetime import UTC, datetime

from processes.queries.findings_of_messages import Consequences, Standing, waits_in_vain
from processes.rules.snapshot import Scope

CASE = Scope("case", 1)


def running(
    number: int, *, waits_for: str = "", says: str = "", scope: Scope = CASE, moves: bool = False
) -> Standing:
    """A process whose only form records one event."""
    files = {f"p{number}/forms/steg.json": f'{{"x-events": [{{"name": "{says}"}}]}}'.encode()}
    files[f"p{number}/p{number}.bpmn"] = f'<bpmn:message name="{waits_for}"/>'.encode()
    return Standing(
        row_id=number,
        process_key=f"p{number}",
        version="1",
        scope=scope,
        since=datetime(2026, 3, 2, tzinfo=UTC),
        files=files,
        messages=frozenset(filter(None, [waits_for])),
        moves_by_itself=moves,
    )


def in_vain(
    *processes: Standing, started: dict[str, dict[str, bytes]] | None = None
) -> list[tuple[int, str]]:
    """Who waits in vain for what; `started` are the files of processes that may be started, by key."""
    consequences = Consequences(lambda key: (started or {}).get(key, {}))
    return [(one.row_id, message) for one, message in waits_in_vain(processes, consequences)]


def test_what_anybody_may_write_down_can_always_come():
    assert in_vain(running(1, waits_for="hyra.betald")) == []


def test_what_kronofogden_says_can_always_come():
    assert in_vain(running(1, waits_for="kfm.underrattelse")) == []


def test_what_no_process_says_can_not_come():
    assert in_vain(running(1, waits_for="frist.avgjord")) == [(1, "frist.avgjord")]


def test_an_event_that_is_in_no_catalogue_can_not_come():
    assert in_vain(running(1, waits_for="okant.namn")) == [(1, "okant.namn")]


def test_what_a_process_that_moves_will_say_can_come():
    waiting = running(1, waits_for="frist.avgjord")
    assert in_vain(waiting, running(2, says="frist.avgjord", moves=True)) == []
    assert in_vain(waiting, running(2, says="utfall.bedomt", moves=True)) == [(1, "frist.avgjord")]


def test_that_a_step_waits_for_a_message_does_not_make_it_come():
    waiting, other = running(1, waits_for="frist.avgjord"), running(2, waits_for="frist.avgjord", moves=True)
    assert in_vain(waiting, other) == [(1, "frist.avgjord")]


def test_two_that_wait_for_each_other_wait_in_vain():
    one = running(1, waits_for="frist.avgjord", says="utfall.bedomt")
    other = running(2, waits_for="utfall.bedomt", says="frist.avgjord")
    assert in_vain(one, other) == [(1, "frist.avgjord"), (2, "utfall.bedomt")]


def test_who_will_be_woken_can_wake_the_next():
    last, middle = (
        running(1, waits_for="utfall.bedomt"),
        running(2, waits_for="frist.avgjord", says="utfall.bedomt"),
    )
    assert in_vain(last, middle, running(3, says="frist.avgjord", moves=True)) == []


def test_what_is_said_of_another_report_reaches_nobody_who_waits_for_this_one():
    this, other = Scope("report", 7), Scope("report", 8)
    waiting = running(1, waits_for="barnutredning.inledd", scope=this)
    assert in_vain(waiting, running(2, says="barnutredning.inledd", scope=this, moves=True)) == []
    assert in_vain(waiting, running(2, says="barnutredning.inledd", scope=other, moves=True)) == [
        (1, "barnutredning.inledd")
    ]


def test_what_a_process_says_that_somebody_may_start_can_come():
    started = {"oanmalt-hembesok": {"a/forms/b.json": b'{"x-events": [{"name": "frist.avgjord"}]}'}}
    assert in_vain(running(1, waits_for="frist.avgjord"), started=started) == []


def test_a_process_that_waits_for_nothing_is_no_matter_of_messages():
    assert in_vain(running(1)) == []
