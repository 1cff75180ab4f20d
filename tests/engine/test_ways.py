"""What comes after a step, read off the drawing: each thing once, with what is true whichever way leads to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from processes.diagrams.files import files_of_process, process_keys, read_folder
from processes.engine.drawing import Drawing
from processes.engine.reading import read_files
from processes.engine.ways import Ahead, ahead_of
from processes.settings import DIAGRAMS
from tests.engine.drawn import Drawn, files_of, sketch


def drawings_of(*drawn: Drawn) -> dict[str, Drawing]:
    """The drawings, with each condition also for the name of its arrow, as a person would have written it."""
    read = read_files(files_of(*drawn), drawn[0].key).drawings
    return {key: replace(one, flows=tuple(_named(one))) for key, one in read.items()}


def _named(drawing: Drawing):
    for flow in drawing.flows:
        decides = drawing.by_id[flow.source].kind == "exclusiveGateway"
        yield replace(flow, name=(flow.condition or "annars") if decides else "")


def after(step: str, *drawn: Drawn, key: str = "prov") -> tuple[Ahead, ...]:
    return ahead_of(drawings_of(*drawn), key, step)


def told(ahead: tuple[Ahead, ...]) -> list[tuple[str, str]]:
    return [(one.kind.value, one.name) for one in ahead]


def test_the_next_step_is_what_the_arrow_leads_to_past_what_the_system_does():
    drawn = sketch("user a b; service s; start > a > s > b > slut")
    assert told(after("a", drawn)) == [("task", "b")]
    assert told(after("b", drawn)) == [("end", "slut")]


def test_at_a_fork_each_way_says_its_question_and_answer():
    drawn = sketch("user a b; xor x else slut; start > a > x; x > b if paid; x > slut; b > slut")
    found = {one.name: one.conditions for one in after("a", drawn)}
    assert found == {"b": (("x", "paid"),), "slut": (("x", "annars"),)}


def test_where_both_ways_meet_again_the_question_no_longer_matters():
    drawn = sketch(
        "user a b; service s; xor x else m; xor m; start > a > x; x > s if paid; x > m; s > m; m > b > slut"
    )
    assert [(one.name, one.conditions) for one in after("a", drawn)] == [("b", ())]


def test_what_comes_after_two_forks_names_both_in_their_order():
    drawn = sketch(
        "user a b; xor x else s1; xor y else s2; start > a > x; x > y if paid; x > s1; y > b if late; y > s2; b > slut"
    )
    [b] = [one for one in after("a", drawn) if one.name == "b"]
    assert b.conditions == (("x", "paid"), ("y", "late"))


def test_a_wait_is_told_by_everything_that_ends_it():
    drawn = sketch("user a b; wait w; message m nytt; timer t dag; start > a > w > m > b > slut; w > t > b")
    assert told(after("a", drawn)) == [("wait", "m"), ("wait", "t")]


def test_behind_a_join_the_other_branch_is_waited_for():
    drawn = sketch("user a b c; par dela samla; start > dela > a > samla > c > slut; dela > b > samla")
    assert [(one.name, one.is_joined) for one in after("a", drawn)] == [("c", True)]
    assert [(one.name, one.is_joined) for one in after("c", drawn)] == [("slut", False)]


def test_a_fork_into_branches_leads_to_each_of_them():
    drawn = sketch("user a b c; par dela; start > a > dela > b > s1; dela > c > s2")
    assert told(after("a", drawn)) == [("task", "b"), ("task", "c")]


def test_a_call_leads_into_the_called_process_and_its_end_back_again():
    inner = Drawn("anropad").start("start2").user("inne").end("slut2").flow("start2", "inne", "slut2")
    outer = Drawn().start().user("a", "b").call("anropa", "anropad").end()
    outer = outer.flow("start", "a", "anropa", "b", "slut")
    assert told(after("a", outer, inner)) == [("task", "inne")]
    assert told(after("inne", outer, inner, key="anropad")) == [("task", "b")]


def test_a_way_back_leads_to_the_step_itself_and_comes_to_an_end():
    drawn = sketch("user a; xor x else slut; xor m; start > m > a > x; x > m if again; x > slut")
    assert told(after("a", drawn)) == [("task", "a"), ("end", "slut")]


def test_every_step_of_every_process_leads_somewhere_and_says_it_once():
    files = read_folder(DIAGRAMS)
    for key in process_keys(files):
        drawings: Mapping[str, Drawing] = read_files(files_of_process(files, key), key).drawings
        for drawing in drawings.values():
            for node in drawing.nodes:
                if node.kind == "userTask":
                    ahead = ahead_of(drawings, drawing.key, node.id)
                    assert ahead, f"{key}: {node.id}"
                    assert len({one.id for one in ahead}) == len(ahead)
