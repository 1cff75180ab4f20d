"""What is wrong with how a process goes is said in words that whoever draws it understands, with the way there."""

from __future__ import annotations

import pytest

from processes.engine import findings
from processes.engine.findings import Finding, findings_of
from processes.engine.reading import read_files
from tests.engine.drawn import Drawn, files_of
from tests.engine.offices import office, presence


def found_in(*drawn: Drawn, key: str = "prov") -> list[Finding]:
    return findings_of(read_files(files_of(*drawn), "").drawings, key)


def way(finding: Finding) -> list[str]:
    return [step.text for step in finding.path]


def test_a_join_after_a_choice_stands_still_and_leaves_dead_steps_behind() -> None:
    drawn = Drawn().start().user("a").xor("val", default="f_nej").par("samla").user("b", "c").end()
    drawn.flow("start", "a", "val").flow("val", "b", "samla", "slut", when="yes")
    drawn.flow("val", "c", "samla", flow_id="f_nej")
    still, *dead = found_in(drawn)
    assert (still.element, still.level) == ("samla", "error")
    assert still.message == "Ärendet blir stående här: ingenting som kan hända för det vidare."
    assert way(still) == ["Processen börjar", "Slutför ”a”", "”val” ”b”", "Slutför ”b”"]
    assert [step.element for step in still.path] == ["start", "a", "f3", "b"]
    assert [(one.element, one.path) for one in dead] == [("slut", ())]
    assert dead[0].message == "”slut” nås aldrig, vilken väg ärendet än tar."


def test_a_process_that_can_move_but_never_end_is_told() -> None:
    drawn = Drawn().start().par("dela").user("a", "b").xor("val", default="f_nej").xor("om")
    drawn.end("allt", terminate=True).end("bara_har")
    drawn.flow("start", "dela", "a", "val").flow("val", "allt", when="yes")
    drawn.flow("val", "bara_har", flow_id="f_nej").flow("dela", "om", "b", "om")
    [hopeless] = found_in(drawn)
    assert (hopeless.element, way(hopeless)[1:]) == ("b", ["Slutför ”a”", "”val” ”bara_har”"])
    assert hopeless.message == "Härifrån kan processen aldrig ta slut, vad som än händer."


def test_two_tokens_on_one_task_are_told_with_the_way() -> None:
    drawn = Drawn().start().par("dela").user("a", "b", "sedan").xor("ihop").end()
    drawn.flow("start", "dela", "a", "ihop", "sedan", "slut").flow("dela", "b", "ihop")
    [doubled] = found_in(drawn)
    assert (doubled.element, doubled.level) == ("sedan", "error")
    assert doubled.message == "”sedan” kan öppnas två gånger samtidigt."
    assert way(doubled)[1:] == ["Slutför ”a”", "Slutför ”b”"]


def test_a_task_that_every_message_opens_anew_is_only_warned_of() -> None:
    assert {(one.element, one.level) for one in found_in(office(), presence())} == {("lamna_over", "warning")}


def test_a_step_that_the_answers_before_it_rule_out_is_dead() -> None:
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
    assert [one.element for one in found_in(drawn)] == ["d"]


def test_what_follows_a_watch_without_an_end_is_neither_dead_nor_hopeless() -> None:
    watch = Drawn("vakt").start("s1").xor("x").user("u").flow("s1", "x", "u", "x")
    top = Drawn().start().call("c", "vakt").end().message("m", "klart", on="c").end("s2")
    top.flow("start", "c", "slut").flow("m", "s2")
    assert found_in(top, watch) == []
    assert found_in(top, watch, key="vakt") == []


def test_too_many_situations_are_admitted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_SITUATIONS", 2)
    assert [one.message for one in found_in(office(), presence())][-1].startswith(
        "Processen har för många lägen"
    )


def test_an_enormous_process_is_given_up_in_bounded_work() -> None:
    """Twelve branches side by side, each with three steps, have sixteen million situations."""
    drawn = Drawn().start().par("dela", "samla").end().flow("start", "dela").flow("samla", "slut")
    for number in range(12):
        steps = [f"a{number}_{place}" for place in range(3)]
        drawn.user(*steps).flow("dela", *steps, "samla")
    assert [one.message for one in found_in(drawn)] == [
        "Processen har för många lägen för att alla ska kunna prövas; dela upp den."
    ]


def test_choices_behind_each_other_without_end_are_given_up_in_bounded_work() -> None:
    """Thirty choices with nothing to wait for between them have a thousand million ways."""
    drawn = Drawn().start().user("a").end().flow("start", "a", "x0").flow("x30", "slut")
    for number in range(30):
        drawn.xor(f"x{number}", default=f"f_{number}").service(f"s{number}").service(f"r{number}")
        drawn.flow(f"x{number}", f"s{number}", f"x{number + 1}", when=f"answer_{number}")
        drawn.flow(f"x{number}", f"r{number}", flow_id=f"f_{number}").flow(f"r{number}", f"x{number + 1}")
    drawn.xor("x30")
    [finding] = found_in(drawn)
    assert finding.message.startswith("Processen har för många lägen")
