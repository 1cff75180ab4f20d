"""A called process keeps to itself: its end is its own, and its answers come back when it ends."""

from __future__ import annotations

from processes.engine import Instance
from tests.engine.drawn import NOON, Case, Drawn, again, bundle_of, complete, day, open_steps, sketch


def called(terminate: bool = True) -> Drawn:
    """Two steps beside each other; the first to end ends the called process, or both must."""
    drawn = (
        Drawn("anropad")
        .start("start2")
        .par("dela2")
        .user("c", "d")
        .end("slut_c", terminate)
        .end("slut_d", terminate)
    )
    return drawn.flow("start2", "dela2", "c", "slut_c").flow("dela2", "d", "slut_d")


def caller() -> Drawn:
    drawn = Drawn().start().par("dela").call("anropa", "anropad").user("a", "b").end("s1").end("s2")
    return drawn.flow("start", "dela", "anropa", "b", "s1").flow("dela", "a", "s2")


def test_a_terminating_end_ends_only_the_process_it_is_drawn_in():
    instance = again(Instance.start(bundle_of(caller(), called()), Case(), NOON), Case())
    assert open_steps(instance) == ["a", "c", "d"]
    complete(instance, "c")
    instance = again(instance, Case())
    assert open_steps(instance) == ["a", "b"]
    complete(instance, "a")
    complete(instance, "b")
    assert instance.is_finished


def test_an_ordinary_end_waits_for_the_other_branches():
    instance = Instance.start(bundle_of(caller(), called(terminate=False)), Case(), NOON)
    complete(instance, "d")
    assert open_steps(instance) == ["a", "c"]
    complete(instance, "c")
    assert open_steps(instance) == ["a", "b"]


def test_a_terminating_end_in_the_caller_ends_what_it_called_too():
    top = Drawn().start().par("dela").call("anropa", "mellan").user("a").end("s1").end("s2", terminate=True)
    top.flow("start", "dela", "anropa", "s1").flow("dela", "a", "s2")
    middle = (
        Drawn("mellan")
        .start("start1")
        .call("anropa1", "anropad")
        .end("slut1")
        .flow("start1", "anropa1", "slut1")
    )
    instance = again(Instance.start(bundle_of(top, middle, called()), Case(), NOON), Case())
    assert open_steps(instance) == ["a", "c", "d"]
    complete(instance, "a")
    for one in (instance, again(instance, Case())):
        assert one.is_finished
        assert one.open_tasks == []


def test_nothing_runs_in_a_branch_that_a_terminating_end_has_withdrawn():
    drawn = Drawn().start().par("dela").end("slut", terminate=True).service("skriv").end("s2")
    drawn.flow("start", "dela", "slut").flow("dela", "skriv", "s2")
    case = Case()
    instance = Instance.start(bundle_of(drawn), case, NOON)
    assert instance.is_finished
    assert case.done == []


def test_a_called_process_runs_before_what_stands_beside_the_call():
    top = sketch(
        "par dela; service utanfor outer; call anropa inre; start > dela > utanfor > s1; dela > anropa > s2"
    )
    inner = sketch("service inuti inner; start2 > inuti > slut2", key="inre")
    case = Case()
    Instance.start(bundle_of(top, inner), case, NOON)
    assert [name for name, _parameters, _at in case.done] == ["inner", "outer"]


def test_an_interrupted_call_withdraws_everything_inside_it():
    top = (
        Drawn()
        .start()
        .call("anropa", "mellan")
        .user("b")
        .end()
        .end("s2")
        .message("bort", "aterkallad", on="anropa")
    )
    top.flow("start", "anropa", "slut").flow("bort", "b", "s2")
    middle = (
        Drawn("mellan")
        .start("start1")
        .call("anropa1", "inre")
        .end("slut1")
        .flow("start1", "anropa1", "slut1")
    )
    inner = (
        Drawn("inre")
        .start("start2")
        .par("dela2")
        .user("c")
        .end("s3")
        .wait("v")
        .timer("t", "dag")
        .message("m", "nytt")
        .end("s4")
        .end("s5")
    )
    inner.flow("start2", "dela2", "c", "s3").flow("dela2", "v", "t", "s4").flow("v", "m", "s5")
    case = Case({"dag": day(9).isoformat()})
    instance = again(Instance.start(bundle_of(top, middle, inner), case, NOON), case)
    assert (open_steps(instance), instance.awaited_messages) == (["c"], frozenset({"aterkallad", "nytt"}))
    assert instance.deliver("aterkallad", NOON)
    instance = again(instance, case)
    assert open_steps(instance) == ["b"]
    assert (instance.awaited_messages, instance.timers) == (frozenset(), [])


def test_a_message_reaches_the_caller_before_what_it_interrupts():
    top = (
        Drawn().start().call("anropa", "inre").user("b").end().end("s2").message("bort", "nytt", on="anropa")
    )
    top.flow("start", "anropa", "slut").flow("bort", "b", "s2")
    inner = Drawn("inre").start("start2").message("m", "nytt").service("skriv").end("slut2")
    case = Case()
    instance = Instance.start(bundle_of(top, inner.flow("start2", "m", "skriv", "slut2")), case, NOON)
    assert instance.deliver("nytt", NOON)
    assert open_steps(instance) == ["b"]
    assert case.done == []


def test_a_called_process_sees_its_callers_answers_and_gives_its_own_back():
    top = Drawn().start().user("a").call("anropa", "inre").xor("val", default="nej").user("ja").end()
    top.flow("start", "a", "anropa", "val").flow("val", "ja", when="inner == 'yes'").flow("ja", "slut").flow(
        "val", "slut", flow_id="nej"
    )
    inner = (
        Drawn("inre")
        .start("start2")
        .script("kopiera", "inner = outer")
        .end("slut2")
        .flow("start2", "kopiera", "slut2")
    )
    instance = Instance.start(bundle_of(top, inner), Case(), NOON)
    complete(instance, "a", outer="yes")
    assert open_steps(instance) == ["ja"]


def test_two_calls_at_once_do_not_see_each_others_answers():
    top = Drawn().start().par("dela").call("ett", "inre").call("tva", "inre").end("s1").end("s2")
    top.flow("start", "dela", "ett", "s1").flow("dela", "tva", "s2")
    inner = (
        Drawn("inre")
        .start("start2")
        .user("fraga")
        .user("sedan")
        .xor("val", default="nej")
        .user("ja")
        .end("slut2")
    )
    inner.flow("start2", "fraga", "sedan", "val").flow("val", "ja", when="svar == 'ja'").flow(
        "ja", "slut2"
    ).flow("val", "slut2", flow_id="nej")
    instance = Instance.start(bundle_of(top, inner), Case(), NOON)
    first, second = instance.open_tasks
    instance.complete(first.id, {"svar": "ja"}, NOON)
    instance.complete(second.id, {"svar": "nej"}, NOON)
    instance = again(instance, Case())
    for step in [step for step in instance.open_tasks if step.step_id == "sedan"]:
        instance.complete(step.id, {}, NOON)
    assert open_steps(instance) == ["ja"]


def test_steps_say_which_process_and_lane_they_are_drawn_in():
    lane = '<bpmn:lane id="l1" name="Vuxenenheten"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
    krav = '<spiffworkflow:property name="krav" value="R-049 R-117"/>'
    krav = f"<spiffworkflow:properties>{krav}</spiffworkflow:properties>"
    inside = "<bpmn:documentation> Vad det är. </bpmn:documentation>"
    inside += f"<bpmn:extensionElements>{krav}</bpmn:extensionElements>"
    top = caller().raw(f'<bpmn:laneSet id="l">{lane}</bpmn:laneSet>').node("userTask", "e", inside).end("s5")
    bundle = bundle_of(top.message("m", "nytt", on="a").flow("m", "e", "s5"), called())
    steps = bundle.steps
    assert steps["a"].lane == steps["m"].lane == "Vuxenenheten"
    assert (steps["a"].process_key, steps["c"].process_key) == ("prov", "anropad")
    assert (steps["anropa"].kind, steps["anropa"].called) == ("callActivity", "anropad")
    assert (steps["e"].documentation, dict(steps["e"].properties)) == ("Vad det är.", {"krav": "R-049 R-117"})
    assert bundle.messages == {"nytt"}
    assert bundle.names == frozenset()
