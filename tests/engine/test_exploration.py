"""Working a diagram in every way finds what no single walk would, and tells the shortest way there."""

from __future__ import annotations

from processes.engine.exploration import explore
from processes.engine.oracle import OracleInstance
from processes.engine.outline import outline_of
from tests.engine.drawn import Drawn, bundle_of, files_of
from tests.engine.offices import office, presence


def test_every_step_is_covered_and_every_situation_can_end():
    found = explore(bundle_of(office(), presence()))
    assert not found.truncated
    assert found.uncovered == frozenset()
    assert (found.standstills, found.hopeless, found.failures) == ((), (), ())
    assert {finding.steps for finding in found.crowded} == {("lamna_over",)}
    assert found.states > 20
    assert found.transitions > found.states


def test_a_join_after_a_choice_is_found_to_stand_still_with_the_way_there():
    drawn = (
        Drawn()
        .start()
        .user("a")
        .xor("val", default="f_nej")
        .par("samla")
        .user("b", "c")
        .end()
        .flow("start", "a", "val")
    )
    drawn.flow("val", "b", "samla", "slut", when="yes").flow("val", "c", "samla", flow_id="f_nej")
    found = explore(bundle_of(drawn))
    assert [finding.path for finding in found.standstills] == [
        ("Slutför ”a”", "Välj ”b” i ”val”", "Slutför ”b”"),
        ("Slutför ”a”", "Välj ”c” i ”val”", "Slutför ”c”"),
    ]
    assert found.standstills[0].steps == ("samla",)
    assert found.uncovered == {"samla", "slut"}


def test_a_situation_that_can_move_but_never_end_is_found():
    drawn = (
        Drawn()
        .start()
        .par("dela", "samla")
        .user("a", "b")
        .xor("val", default="f_nej")
        .xor("om")
        .xor("nog", default="f_om")
        .end()
        .end("s2")
    )
    drawn.flow("start", "dela", "a", "val").flow("val", "samla", "slut", when="yes").flow(
        "val", "s2", flow_id="f_nej"
    )
    drawn.flow("dela", "om", "b", "nog").flow("nog", "om", flow_id="f_om").flow("nog", "samla", when="enough")
    found = explore(bundle_of(drawn))
    assert [(finding.steps, finding.path) for finding in found.hopeless] == [
        (("b",), ("Slutför ”a”", "Välj ”s2” i ”val”"))
    ]
    assert [finding.steps for finding in found.standstills] == [("samla",)]


def test_two_tokens_on_one_step_are_found():
    drawn = (
        Drawn()
        .start()
        .par("dela")
        .user("a", "b", "sedan")
        .xor("ihop")
        .end()
        .flow("start", "dela", "a", "ihop", "sedan", "slut")
    )
    found = explore(bundle_of(drawn.flow("dela", "b", "ihop")))
    assert [finding.steps for finding in found.crowded] == [("sedan",)]
    assert found.crowded[0].path == ("Slutför ”a”", "Slutför ”b”")


def test_the_same_condition_has_the_same_answer_until_something_happens():
    drawn = (
        Drawn()
        .start()
        .user("a")
        .xor("x", default="f_x")
        .user("b")
        .xor("y", default="f_y")
        .user("c", "d")
        .end()
    )
    drawn.flow("start", "a", "x").flow("x", "y", when="child").flow("x", "b", "slut", flow_id="f_x")
    drawn.flow("y", "c", "slut", when="child").flow("y", "d", "slut", flow_id="f_y")
    assert explore(bundle_of(drawn)).uncovered == {"d"}


def test_a_budget_that_is_too_small_is_admitted():
    found = explore(bundle_of(office(), presence()), most_states=3)
    assert found.truncated
    assert found.hopeless == ()


def test_a_called_process_is_one_step_of_the_outline():
    files = files_of(office(), presence())
    outline = explore(outline_of("prov", files))
    assert outline.transitions < explore(bundle_of(office(), presence())).transitions
    assert outline.uncovered == frozenset()
    assert (outline.standstills, outline.hopeless) == ((), ())


def test_a_watch_without_an_end_stays_open_in_the_outline_until_it_is_interrupted():
    watch = Drawn("vakt").start("s1").xor("x").user("u").flow("s1", "x", "u", "x")
    top = Drawn().start().call("c", "vakt").end().message("m", "klart", on="c").end("s2")
    top.flow("start", "c", "slut").flow("m", "s2")
    found = explore(outline_of("prov", files_of(top, watch)))
    assert {"c", "slut"} <= found.uncovered
    assert "s2" in found.covered
    assert found.hopeless == ()


def test_a_process_that_runs_twice_at_once_is_worked_in_both_places():
    top = Drawn().start().par("dela").call("ett", "inre").call("tva", "inre").end("s1").end("s2")
    top.flow("start", "dela", "ett", "s1").flow("dela", "tva", "s2")
    inner = Drawn("inre").start("start2").user("a", "b").end("slut2").flow("start2", "a", "b", "slut2")
    instance, _choices = OracleInstance.begin(bundle_of(top, inner), lambda _ways: 0)
    assert [(action.name, action.number) for action in instance.possible()] == [("a", 0), ("a", 1)]
    assert explore(instance.bundle).states == 9
