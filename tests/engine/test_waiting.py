"""Messages reach whoever waits for them, and dates pass one at a time, in their own order and at their own instant."""

from __future__ import annotations

import pytest

from processes.engine import Instance, StepFailed
from tests.engine.drawn import NOON, Case, Drawn, again, bundle_of, complete, day, open_steps, sketch


def changeable_date() -> Drawn:
    """The way to wait for a date that may move: a message leads back into the same wait."""
    drawn = (
        Drawn()
        .start()
        .xor("las")
        .wait("vanta")
        .message("ny_tid", "kfm.nyTid")
        .timer("dagen", "dag")
        .user("narvara")
        .end()
    )
    return drawn.flow("start", "las", "vanta", "dagen", "narvara", "slut").flow("vanta", "ny_tid", "las")


def escalating() -> Drawn:
    """A step with a reminder on the third and an interruption on the fifth, which leads to a wait of its own."""
    drawn = (
        Drawn()
        .start()
        .user("a")
        .end()
        .timer("avbryt", "femte", on="a")
        .timer("paminn", "tredje", on="a", interrupting=False)
    )
    drawn.service("skriv").end("s2").timer("sedan", "sjunde").user("b").end("s3")
    return drawn.flow("start", "a", "slut").flow("paminn", "skriv", "s2").flow("avbryt", "sedan", "b", "s3")


def dates(**days: int) -> Case:
    return Case({name: day(number).isoformat() for name, number in days.items()})


def test_a_message_that_nobody_waits_for_is_not_taken():
    instance = Instance.start(bundle_of(changeable_date()), dates(dag=9), NOON)
    assert not instance.deliver("kfm.aterkallad", NOON)
    assert instance.awaited_messages == {"kfm.nyTid"}


def test_an_early_message_is_left_to_the_sender_and_taken_when_the_process_waits():
    drawn = Drawn().start().user("a").message("m", "hyra.betald").end().flow("start", "a", "m", "slut")
    instance = Instance.start(bundle_of(drawn), Case(), NOON)
    assert not instance.deliver("hyra.betald", NOON)
    complete(instance, "a")
    assert instance.awaited_messages == {"hyra.betald"}
    assert instance.deliver("hyra.betald", NOON)
    assert instance.is_finished


def test_a_message_wakes_everyone_who_waits_for_it():
    drawn = (
        Drawn()
        .start()
        .par("dela")
        .message("m1", "nytt")
        .message("m2", "nytt")
        .user("a", "b")
        .end("s1")
        .end("s2")
    )
    drawn.flow("start", "dela", "m1", "a", "s1").flow("dela", "m2", "b", "s2")
    instance = Instance.start(bundle_of(drawn), Case(), NOON)
    assert instance.deliver("nytt", NOON)
    assert open_steps(instance) == ["a", "b"]
    assert not instance.deliver("nytt", NOON)


def test_a_step_that_waits_again_for_the_same_message_does_not_take_it_twice():
    drawn = (
        Drawn().start().xor("las").message("m", "nytt").service("rakna").xor("klart", default="igen").end()
    )
    drawn.flow("start", "las", "m", "rakna", "klart").flow("klart", "slut", when="done")
    drawn.flow("klart", "las", flow_id="igen")
    case = Case({"done": False})
    instance = Instance.start(bundle_of(drawn), case, NOON)
    instance.deliver("nytt", NOON)
    assert len(case.done) == 1
    assert instance.awaited_messages == {"nytt"}


def test_a_non_interrupting_message_comes_as_often_as_it_is_sent():
    drawn = (
        Drawn()
        .start()
        .user("a")
        .end()
        .message("m", "nytt", on="a", interrupting=False)
        .service("skriv")
        .end("s2")
    )
    drawn.flow("start", "a", "slut").flow("m", "skriv", "s2")
    case = Case()
    instance = Instance.start(bundle_of(drawn), case, NOON)
    sizes = []
    for _ in range(50):
        assert instance.deliver("nytt", NOON)
        instance = again(instance, case)
        sizes.append(len(instance.dump()))
    assert len(case.done) == 50
    assert max(sizes) < min(sizes) + 40
    complete(instance, "a")
    assert instance.is_finished
    assert not instance.deliver("nytt", NOON)


def test_a_branch_beside_a_step_outlives_it():
    drawn = Drawn().start().user("a", "b").end().message("m", "nytt", on="a", interrupting=False).end("s2")
    drawn.flow("start", "a", "slut").flow("m", "b", "s2")
    instance = Instance.start(bundle_of(drawn), Case(), NOON)
    instance.deliver("nytt", NOON)
    instance.deliver("nytt", NOON)
    instance = again(instance, Case())
    assert open_steps(instance) == ["a", "b", "b"]
    complete(instance, "a")
    assert open_steps(instance) == ["b", "b"]
    assert instance.awaited_messages == frozenset()
    complete(instance, "b")
    instance = again(instance, Case())
    assert not instance.is_finished
    complete(instance, "b")
    assert instance.is_finished


def test_an_interrupting_message_withdraws_the_step_and_the_other_events_on_its_border():
    drawn = Drawn().start().user("a", "b", "c").end().end("s2").end("s3")
    drawn.message("bort", "aterkallad", on="a").message("ocksa", "nytt", on="a", interrupting=False)
    drawn.timer("datum", "dag", on="a").end("s4")
    drawn.flow("start", "a", "slut").flow("bort", "b", "s2").flow("ocksa", "c", "s3").flow("datum", "s4")
    instance = Instance.start(bundle_of(drawn), dates(dag=9), NOON)
    instance.deliver("nytt", NOON)
    instance.deliver("aterkallad", NOON)
    assert open_steps(instance) == ["b", "c"]
    assert (instance.awaited_messages, instance.timers) == (frozenset(), [])
    complete(instance, "b")
    complete(instance, "c")
    assert instance.is_finished


def test_a_date_fires_when_it_has_come_and_not_before():
    instance = Instance.start(bundle_of(changeable_date()), dates(dag=9), NOON)
    [timer] = instance.timers
    assert (timer.step_id, timer.due_at) == ("dagen", day(9))
    assert instance.fire_due(day(8)) == []
    assert [(fired.step_id, fired.due_at) for fired in instance.fire_due(day(9))] == [("dagen", day(9))]
    assert open_steps(instance) == ["narvara"]


def test_nothing_but_the_passing_of_time_fires_a_date():
    drawn = Drawn().start().par("dela").user("a").end("s1").timer("t", "dag").end("s2")
    drawn.flow("start", "dela", "a", "s1").flow("dela", "t", "s2")
    instance = Instance.start(bundle_of(drawn), dates(dag=3), day(1))
    complete(instance, "a", day(20))
    assert not instance.is_finished
    assert [fired.due_at for fired in instance.fire_due(day(20))] == [day(3)]
    assert instance.is_finished


def test_a_date_is_read_when_the_wait_begins_and_again_when_a_message_leads_back():
    case = dates(dag=9)
    instance = Instance.start(bundle_of(changeable_date()), case, NOON)
    case.facts["dag"] = day(20).isoformat()
    assert [timer.due_at for timer in again(instance, case).timers] == [day(9)]
    instance.deliver("kfm.nyTid", day(5))
    assert [timer.due_at for timer in instance.timers] == [day(20)]
    assert instance.fire_due(day(10)) == []
    assert len(instance.fire_due(day(20))) == 1


def test_a_date_does_not_move_when_something_else_happens_in_the_process():
    case = dates(dag=9)
    drawn = sketch("par dela; user a; timer t dag; start > dela > a > s1; dela > t > s2")
    instance = Instance.start(bundle_of(drawn), case, day(1))
    case.facts["dag"] = day(20).isoformat()
    complete(instance, "a", day(2))
    assert [timer.due_at for timer in instance.timers] == [day(9)]
    assert case.asked == [("dag", day(1))]


def test_a_date_that_is_not_known_never_comes_until_a_message_brings_it():
    case = Case({"dag": None})
    instance = again(Instance.start(bundle_of(changeable_date()), case, NOON), case)
    assert instance.timers == []
    assert instance.fire_due(day(28, 12)) == []
    case.facts["dag"] = day(9).isoformat()
    instance.deliver("kfm.nyTid", day(5))
    assert [timer.due_at for timer in instance.timers] == [day(9)]


def test_only_one_way_is_taken_when_a_message_comes_after_the_date_has_passed():
    case = dates(dag=3)
    instance = Instance.start(bundle_of(changeable_date()), case, day(1))
    case.facts["dag"] = day(20).isoformat()
    instance.deliver("kfm.nyTid", day(10))
    assert open_steps(instance) == []
    assert [timer.due_at for timer in instance.timers] == [day(20)]


def test_overdue_dates_fire_in_their_own_order_each_at_its_own_instant():
    case = dates(tredje=3, femte=5, sjunde=7)
    instance = again(Instance.start(bundle_of(escalating()), case, day(1)), case)
    fired = instance.fire_due(day(10))
    assert [(one.step_id, one.due_at) for one in fired] == [
        ("paminn", day(3)),
        ("avbryt", day(5)),
        ("sedan", day(7)),
    ]
    assert [(name, at) for name, _parameters, at in case.done] == [("note", day(3))]
    assert [step.at for step in instance.passed if step.step_id == "sedan"] == [day(7)]
    assert open_steps(instance) == ["b"]


def test_a_date_that_had_passed_before_it_was_entered_fires_at_the_instant_of_entry():
    case = dates(tredje=3, femte=5, sjunde=2)
    instance = Instance.start(bundle_of(escalating()), case, day(1))
    instance.fire_due(day(10))
    assert [step.at for step in instance.passed if step.step_id == "sedan"] == [day(5)]


@pytest.mark.parametrize("value", ["2026-03-09", "2026-03-09T12:00:00", "P5D", "tomorrow", "", 5, True])
def test_a_date_without_offset_or_sense_is_an_error(value):
    with pytest.raises(StepFailed, match="dagen"):
        Instance.start(bundle_of(changeable_date()), Case({"dag": value}), NOON)


def test_a_date_in_another_offset_is_the_same_instant():
    instance = Instance.start(bundle_of(changeable_date()), Case({"dag": "2026-07-09T14:00:00+02:00"}), NOON)
    assert [timer.due_at for timer in instance.timers] == [day(9, 7)]


def test_timers_that_follow_each_other_without_end_are_stopped():
    drawn = Drawn().start().xor("las").timer("t", "dag").end().xor("val", default="f4")
    drawn.flow("start", "las", "t", "val").flow("val", "las", flow_id="f4").flow("val", "slut", when="done")
    instance = Instance.start(bundle_of(drawn), Case({"dag": day(1).isoformat(), "done": False}), NOON)
    with pytest.raises(StepFailed, match="without end"):
        instance.fire_due(day(2))
