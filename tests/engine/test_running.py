"""A process moves only where its diagram says, once per step, and on what the case is like at that moment."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

import pytest

from processes.engine import AnswerRefused, Instance, InstanceSpent, StepFailed, StepNotOpen, spiff_patches
from tests.engine.drawn import NOON, Case, Drawn, again, bundle_of, complete, day, open_steps, sketch


def choice(*conditions: str, default: bool = True) -> Drawn:
    """A step, a choice with these conditions to the steps a, b, c ..., and otherwise to the step `annars`."""
    drawn = Drawn().start().user("fraga").xor("val", default="annars_flode" if default else None).end()
    drawn.flow("start", "fraga", "val")
    for letter, condition in zip("abcdef", conditions, strict=False):
        drawn.user(letter).flow("val", letter, when=condition).flow(letter, "slut")
    if default:
        drawn.user("annars").flow("val", "annars", flow_id="annars_flode").flow("annars", "slut")
    return drawn


def test_a_process_starts_runs_and_ends():
    bundle = bundle_of(
        Drawn()
        .start()
        .user("a")
        .service("b", "write", text="'x' + 'y'")
        .end()
        .flow("start", "a", "b", "slut")
    )
    case = Case()
    instance = Instance.start(bundle, case, day(1))
    states = [(open_steps(instance), instance.is_finished)]
    complete(instance, "a", day(2))
    states.append((open_steps(instance), instance.is_finished))
    assert states == [(["a"], False), ([], True)]
    assert case.done == [("write", {"text": "xy"}, day(2))]
    assert [(step.step_id, step.at) for step in instance.passed] == [
        ("start", day(1)), ("a", day(2)), ("b", day(2)), ("slut", day(2)),
    ]  # fmt: skip


def test_a_choice_reads_answers_and_facts():
    bundle = bundle_of(choice("svar == 'ja' and paid", "svar == 'nej'"))
    for answer, paid, expected in [
        ("ja", True, "a"),
        ("nej", True, "b"),
        ("ja", False, "annars"),
        (None, True, "annars"),
    ]:
        instance = Instance.start(bundle, Case({"paid": paid}), NOON)
        complete(instance, "fraga", svar=answer)
        assert open_steps(instance) == [expected]


def test_a_fact_is_asked_for_at_the_instant_of_the_action():
    case = Case({"paid": lambda at: at >= day(5)})
    bundle = bundle_of(choice("paid"))
    for at, expected in [(day(4), "annars"), (day(5), "a")]:
        instance = Instance.start(bundle, case, day(1))
        complete(instance, "fraga", at)
        assert open_steps(instance) == [expected]
    assert case.asked == [("paid", day(4)), ("paid", day(5))]


def test_an_answer_stands_before_a_fact_of_the_same_name():
    instance = Instance.start(bundle_of(choice("paid")), Case({"paid": False}), NOON)
    complete(instance, "fraga", paid=True)
    assert open_steps(instance) == ["a"]


def test_a_question_that_nobody_has_answered_is_not_known():
    instance = Instance.start(bundle_of(choice("svar == 'ja'", "svar == None")), Case(), NOON)
    complete(instance, "fraga")
    assert open_steps(instance) == ["b"]


def test_a_fact_that_fails_is_not_taken_for_an_unanswered_question():
    def broken(_at: object) -> bool:
        raise KeyError("somewhere else")

    instance = Instance.start(bundle_of(choice("paid")), Case({"paid": broken}), NOON)
    with pytest.raises(KeyError, match="somewhere else"):
        complete(instance, "fraga")


@pytest.mark.parametrize("value", [NOON, NOON.date(), {"a": 1}, object(), [["a"]]])
def test_a_fact_that_is_no_plain_value_is_an_error_and_not_simply_unequal(value):
    instance = Instance.start(bundle_of(choice("paid_on == 'x'")), Case({"paid_on": value}), NOON)
    with pytest.raises(StepFailed, match="paid_on is no plain value"):
        complete(instance, "fraga")


@pytest.mark.parametrize("value", ["ja", 1, 0, ""])
def test_a_text_or_a_number_is_no_answer_to_a_condition(value):
    instance = Instance.start(bundle_of(choice("svar")), Case(), NOON)
    with pytest.raises(StepFailed, match="val: svar"):
        complete(instance, "fraga", svar=value)


def test_a_completed_step_cannot_be_completed_again():
    bundle = bundle_of(Drawn().start().user("a", "b").end().flow("start", "a", "b", "slut"))
    instance = Instance.start(bundle, Case(), NOON)
    [step] = instance.open_tasks
    instance.complete(step.id, {}, NOON)
    with pytest.raises(StepNotOpen):
        instance.complete(step.id, {}, NOON)
    with pytest.raises(StepNotOpen):
        again(instance, Case()).complete(step.id, {}, NOON)
    assert open_steps(instance) == ["b"]


@pytest.mark.parametrize("task_id", ["", "no id", str(uuid.UUID(int=0))])
def test_an_unknown_step_cannot_be_completed(task_id):
    instance = Instance.start(bundle_of(choice("svar == 1")), Case(), NOON)
    with pytest.raises(StepNotOpen):
        instance.complete(task_id, {}, NOON)
    assert open_steps(instance) == ["fraga"]


@pytest.mark.parametrize(
    "answers",
    [
        {"typename": "timedelta"},
        {"_hidden": 1},
        {"a b": 1},
        {"å": 1},
        {"svar": {"typename": "x"}},
        {"svar": day(1)},
        {"svar": "x" * 2001},
        {"svar": 10**16},
        {"svar": float("nan")},
        {"svar": float("inf")},
        {"svar": b"bytes"},
        {"svar": [["nested"]]},
    ],
)
def test_only_plain_values_become_answers(answers):
    instance = Instance.start(bundle_of(choice("svar == 1")), Case(), NOON)
    [step] = instance.open_tasks
    before = instance.dump()
    with pytest.raises(AnswerRefused):
        instance.complete(step.id, answers, NOON)
    assert open_steps(instance) == ["fraga"]
    assert instance.dump() == before


def test_an_operation_may_answer_for_the_conditions_that_follow():
    drawn = Drawn().start().service("las", "look_up").xor("val", default="f3").user("a", "b").end()
    drawn.flow("start", "las", "val").flow("val", "b").flow("val", "a", when="found == 2").flow(
        "a", "slut"
    ).flow("b", "slut")
    instance = Instance.start(bundle_of(drawn), Case(returns={"found": 2}), NOON)
    assert open_steps(instance) == ["a"]


def test_what_an_operation_answers_must_be_plain_too():
    bundle = bundle_of(Drawn().start().service("las").end().flow("start", "las", "slut"))
    with pytest.raises(StepFailed, match="typename"):
        Instance.start(bundle, Case(returns={"typename": "x"}), NOON)


def test_a_script_assigns_answers():
    drawn = (
        Drawn()
        .start()
        .script("rakna", "dagar = 3 * 7\nlange = dagar > 14")
        .xor("val", default="f3")
        .user("a", "b")
        .end()
    )
    drawn.flow("start", "rakna", "val").flow("val", "b").flow("val", "a", when="lange").flow(
        "a", "slut"
    ).flow("b", "slut")
    instance = Instance.start(bundle_of(drawn), Case(), NOON)
    assert open_steps(instance) == ["a"]
    assert instance.answers == {"dagar": 21, "lange": True}


def test_an_instance_that_failed_half_way_must_be_restored():
    class Refusing(Case):
        def operate(self, name, parameters, at):
            raise RuntimeError("the letter could not be written")

    bundle = bundle_of(Drawn().start().user("a").service("b").end().flow("start", "a", "b", "slut"))
    case = Refusing()
    instance = Instance.start(bundle, case, NOON)
    state = instance.dump()
    [step] = instance.open_tasks
    with pytest.raises(RuntimeError, match="could not be written"):
        instance.complete(step.id, {}, NOON)
    requests: list[Callable[[], object]] = [
        instance.dump,
        instance.cancel,
        lambda: instance.deliver("x", NOON),
        lambda: instance.fire_due(NOON),
        lambda: instance.complete(step.id, {}, NOON),
    ]
    for request in requests:
        with pytest.raises(InstanceSpent):
            request()
    restored = Instance.restore(bundle, state, Case())
    restored.complete(step.id, {}, NOON)
    assert restored.is_finished


def test_an_instance_cannot_be_moved_from_inside_its_own_operation():
    class Meddling(Case):
        def operate(self, name, parameters, at):
            return {"moved": instance.deliver("nytt", at)}

    bundle = bundle_of(sketch("user a; service b; message m nytt on a; start > a > b > slut; m > s2"))
    instance = Instance.start(bundle, Meddling(), NOON)
    with pytest.raises(InstanceSpent):
        complete(instance, "a")


def test_another_version_of_the_library_is_not_changed_blindly(monkeypatch):
    monkeypatch.setattr(spiff_patches, "WRITTEN_FOR", "3.1.9")
    with pytest.raises(RuntimeError, match=r"written for SpiffWorkflow 3\.1\.9"):
        spiff_patches.apply_patches()


def test_a_cancelled_process_waits_for_nothing():
    drawn = sketch(
        "par dela; user a; wait vanta; message m nyTid; timer t dag;"
        "start > dela > a > s1; dela > vanta > m > s2; vanta > t > s3"
    )
    case = Case({"dag": day(9).isoformat()})
    instance = Instance.start(bundle_of(drawn), case, NOON)
    assert open_steps(instance) == ["a"]
    assert instance.awaited_messages == {"nyTid"}
    assert len(instance.timers) == 1
    instance.cancel()
    for one in (instance, again(instance, case)):
        assert one.is_finished
        assert (one.open_tasks, one.awaited_messages, one.timers) == ([], frozenset(), [])
        assert not one.deliver("nyTid", NOON)
        assert one.fire_due(day(20)) == []


def test_the_library_is_quiet(caplog, recwarn):
    with caplog.at_level(logging.DEBUG):
        instance = Instance.start(bundle_of(choice("svar == 1")), Case(), NOON)
        complete(instance, "fraga", svar=1)
    assert caplog.records == []
    assert list(recwarn) == []
