"""Where branches meet, each round waits for its own tokens, and an old answer never comes back over a new one."""

from __future__ import annotations

from processes.engine import Instance
from tests.engine.drawn import NOON, Case, Drawn, again, bundle_of, complete, open_steps


def rounds() -> Drawn:
    """Two steps beside each other, met in a join, again and again until it is said to be enough."""
    drawn = (
        Drawn()
        .start()
        .xor("igen")
        .par("dela", "samla")
        .user("a", "b")
        .user("efter")
        .xor("nog", default="om")
        .end()
    )
    drawn.flow("start", "igen", "dela", "a", "samla", "efter", "nog").flow("dela", "b", "samla")
    return drawn.flow("nog", "igen", flow_id="om").flow("nog", "slut", when="enough")


def test_a_join_waits_for_all_its_branches():
    for first, second in [("a", "b"), ("b", "a")]:
        instance = Instance.start(bundle_of(rounds()), Case(), NOON)
        complete(instance, first)
        instance = again(instance, Case())
        assert open_steps(instance) == [second]
        complete(instance, second)
        assert open_steps(instance) == ["efter"]


def test_a_later_round_waits_for_its_own_tokens_and_not_for_those_of_an_earlier_one():
    instance = Instance.start(bundle_of(rounds()), Case(), NOON)
    for first, second in [("a", "b"), ("b", "a"), ("b", "a"), ("a", "b")]:
        complete(instance, first)
        assert open_steps(instance) == [second]
        complete(instance, second)
        assert open_steps(instance) == ["efter"]
        complete(instance, "efter", enough=False)
    assert open_steps(instance) == ["a", "b"]


def test_a_second_token_on_one_branch_does_not_stand_in_for_the_other_branch():
    drawn = Drawn().start().par("dela", "samla").user("a", "b", "efter").end().xor("mot")
    drawn.message("m", "nytt", on="a", interrupting=False)
    drawn.flow("start", "dela", "a", "mot", "samla", "efter", "slut").flow("dela", "b", "samla").flow(
        "m", "mot"
    )
    instance = Instance.start(bundle_of(drawn), Case(), NOON)
    instance.deliver("nytt", NOON)
    complete(instance, "a")
    assert open_steps(instance) == ["b"]
    complete(instance, "b")
    assert open_steps(instance) == ["efter"]


def test_an_answer_of_an_earlier_round_does_not_come_back_through_a_slow_branch():
    drawn = (
        Drawn()
        .start()
        .xor("igen")
        .user("fraga")
        .par("dela", "samla")
        .user("snabb", "sen")
        .xor("val", default="om")
        .end()
    )
    drawn.flow("start", "igen", "fraga", "dela", "snabb", "samla", "val").flow("dela", "sen", "samla")
    drawn.flow("val", "igen", flow_id="om").flow("val", "slut", when="svar == 'nytt'")
    instance = Instance.start(bundle_of(drawn), Case(), NOON)
    complete(instance, "fraga", svar="gammalt")
    complete(instance, "snabb")
    complete(instance, "sen")
    complete(instance, "fraga")
    complete(instance, "snabb", svar="nytt")
    complete(instance, "sen")
    assert instance.is_finished


def test_ten_splits_in_a_row_do_not_explode():
    drawn = Drawn().start().end()
    last = "start"
    for number in range(10):
        split, join = f"dela{number}", f"samla{number}"
        drawn.par(split, join).flow(last, split)
        for branch in "abcd":
            drawn.user(f"{branch}{number}").flow(split, f"{branch}{number}", join)
        last = join
    instance = Instance.start(bundle_of(drawn.flow(last, "slut")), Case(), NOON)
    most = 0
    for number in range(10):
        for branch in "abcd":
            complete(instance, f"{branch}{number}")
            most = max(most, len(instance._top.tasks))
    assert instance.is_finished
    assert most < 20
