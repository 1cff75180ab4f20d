"""Every construct that the library would run otherwise than it is drawn is refused, in Swedish and on its own element."""

from __future__ import annotations

import pytest

from processes.engine import parse_bundle, refusals_in
from processes.errors import DiagramRefused
from tests.engine.drawn import Drawn, bundle_of, files_of


def line(*node_ids: str) -> Drawn:
    """A process from start to end through these steps; the steps themselves are drawn by the test."""
    return Drawn().start().end().flow("start", *node_ids, "slut")


def waiting() -> Drawn:
    """A wait for a message or a date."""
    drawn = Drawn().start().wait("v").message("m", "nytt").timer("t", "dag").end().end("s2")
    return drawn.flow("start", "v", "m", "slut").flow("v", "t", "s2")


def bordered(*, kind: str = "userTask", **more: str) -> Drawn:
    """A step with a message on its border."""
    drawn = Drawn().start().node(kind, "a", **more).end().message("m", "nytt", on="a").end("s2")
    return drawn.flow("start", "a", "slut").flow("m", "s2")


LOOP = "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
SUB = '<bpmn:startEvent id="is"/><bpmn:endEvent id="ie"/><bpmn:sequenceFlow id="if1" sourceRef="is" targetRef="ie"/>'
SPIFF = "<bpmn:extensionElements><spiffworkflow:{0}>x = 1</spiffworkflow:{0}></bpmn:extensionElements>"

KINDS = {
    kind: (line("x").node(kind, "x", inside), "x", said)
    for kind, inside, said in [
        ("inclusiveGateway", "", "inkluderande"),
        ("complexGateway", "", "komplex"),
        ("subProcess", SUB, "inbäddad delprocess"),
        ("transaction", SUB, "transaktion"),
        ("adHocSubProcess", SUB, "ad hoc"),
        ("task", "", "utan typ"),
        ("manualTask", "", "manuell"),
        ("sendTask", "", "sändande"),
        ("receiveTask", "", "mottagande"),
        ("intermediateThrowEvent", "", "kastande"),
        ("choreographyTask", "", "choreographyTask stöds inte"),
    ]
}
EVENTS = {
    f"{place} {kind}": (drawn, "x", said)
    for kind, said in [
        ("signal", "signaler"), ("error", "fel"), ("escalation", "eskaleringar"), ("conditional", "villkor"),
        ("compensate", "kompensation"), ("link", "länkar"), ("cancel", "avbrott"),
    ]
    for place, drawn in [
        ("catching", line("x").node("intermediateCatchEvent", "x", f"<bpmn:{kind}EventDefinition/>")),
        ("ending", Drawn().start().node("endEvent", "x", f"<bpmn:{kind}EventDefinition/>").flow("start", "x")),
        ("starting", Drawn().end().node("startEvent", "x", f"<bpmn:{kind}EventDefinition/>").flow("x", "slut")),
        ("bordering", bordered().node("boundaryEvent", "x", f"<bpmn:{kind}EventDefinition/>", attachedToRef="a").flow("x", "slut")),
    ]
}  # fmt: skip
PARTS = {
    "repeated step": (line("x").node("userTask", "x", LOOP), "x", "upprepad"),
    "standard loop": (line("x").node("userTask", "x", "<bpmn:standardLoopCharacteristics/>"), "x", "upprepad"),
    "step with data": (line("x").node("userTask", "x", "<bpmn:ioSpecification/>"), "x", "utdata"),
    "data object": (line("x").user("x").node("dataObject", "d"), "d", "Dataobjekt"),
    "data reference": (line("x").user("x").node("dataObjectReference", "d"), "d", "Dataobjekt"),
    "compensation": (line("x").node("userTask", "x", isForCompensation="true"), "x", "kompensation"),
    "script before": (line("x").node("userTask", "x", SPIFF.format("preScript")), "x", "dolt skript"),
    "script after": (line("x").node("userTask", "x", SPIFF.format("postScript")), "x", "dolt skript"),
    "unknown part": (line("x").node("userTask", "x", "<bpmn:potentialOwner/>"), "x", "potentialOwner"),
    "event sub-process": (line("a").user("a").node("subProcess", "x", SUB, triggeredByEvent="true"), "x", "händelsestyrd"),
    "nested lanes": (line("x").user("x").raw('<bpmn:laneSet id="l"><bpmn:lane id="l1"><bpmn:childLaneSet/></bpmn:lane></bpmn:laneSet>'), "prov", "simbanor inuti"),
    "service without operation": (line("x").node("serviceTask", "x"), "x", "ingen operation"),
    "service with code": (line("x").service("x", "os.system"), "x", "ingen operation"),
    "parameter typename": (line("x").service("x", "note", typename="1"), "x", "Parametern typename"),
    "script with code": (line("x").script("x", "import os"), "x", "Skriptet"),
    "script without text": (line("x").node("scriptTask", "x"), "x", "Skriptet"),
    "script typename": (line("x").script("x", "typename = 1"), "x", "reserverat"),
    "rule without decision": (line("x").node("businessRuleTask", "x"), "x", "inget beslut"),
    "call without process": (line("x").node("callActivity", "x"), "x", "vilken process"),
    "call of nothing": (line("x").call("x", "saknas"), "x", "finns inte"),
    "call of itself": (line("x").call("x", "prov"), "x", "leder tillbaka"),
    "id with space": (line("x y").node("userTask", "x y"), "x y", "kan inte användas"),
    "id of the library": (line("End").node("userTask", "End"), "End", "kan inte användas"),
    "id with dot": (line("prov.EndJoin").node("userTask", "prov.EndJoin"), "prov.EndJoin", "kan inte användas"),
    "parameter that is no expression": (line("x").service("x", "note", text="open('x')"), "x", "går inte att använda"),
}  # fmt: skip
TIMES = {
    "duration": (line("x").timer("x", "PT1H", kind="timeDuration"), "x", "räknar tid"),
    "cycle": (line("x").timer("x", "R/PT1H", kind="timeCycle"), "x", "räknar tid"),
    "cycle on a border": (bordered().timer("x", "R3/P1D", on="a", kind="timeCycle").flow("x", "slut"), "x", "räknar tid"),
    "written date": (line("x").timer("x", "'2026-01-01'"), "x", "ett enda faktum"),
    "computed date": (line("x").timer("x", "dag + 3"), "x", "ett enda faktum"),
    "empty timer": (line("x").node("intermediateCatchEvent", "x", "<bpmn:timerEventDefinition/>"), "x", "räknar tid"),
    "no event": (line("x").node("intermediateCatchEvent", "x"), "x", "väntar på ingenting"),
    "message without name": (line("x").node("intermediateCatchEvent", "x", "<bpmn:messageEventDefinition/>"), "x", "inget meddelande"),
    "message that is missing": (line("x").node("intermediateCatchEvent", "x", '<bpmn:messageEventDefinition messageRef="?"/>'), "x", "inget meddelande"),
    "two events in one": (line("x").node("intermediateCatchEvent", "x", "<bpmn:messageEventDefinition/><bpmn:timerEventDefinition/>"), "x", "meddelanden och tid"),
    "two dates behind one wait": (waiting().timer("t2", "dag2").end("s3").flow("v", "t2", "s3"), "v", "två datum"),
    "one message twice behind a wait": (waiting().message("m2", "nytt").end("s3").flow("v", "m2", "s3"), "v", "samma meddelande"),
    "step behind a wait": (waiting().user("x").end("s3").flow("v", "x", "s3"), "v", "till en händelse"),
    "event reached past its wait": (Drawn().start().xor("y", default="f2").wait("v").message("m", "nytt").timer("t", "dag").end().end("s2").flow("start", "y", "v", "m", "slut").flow("v", "t", "s2").flow("y", "m", when="x"), "v", "annat håll"),
    "wait for one thing": (line("x", "m").wait("x").message("m", "nytt"), "x", "minst två"),
    "one message twice on a border": (bordered().message("m2", "nytt", on="a").end("s3").flow("m2", "s3"), "a", "samma meddelande"),
    "border of a service": (line("a").service("a").message("m", "nytt", on="a").end("s2").flow("m", "s2"), "m", "aldrig avbryts"),
    "border of nothing": (line("a").user("a").message("m", "nytt", on="?").end("s2").flow("m", "s2"), "m", "inte på något steg"),
    "border of a border": (bordered().message("x", "annat", on="m").end("s3").flow("x", "s3"), "x", "aldrig avbryts"),
}  # fmt: skip
ARROWS = {
    "no start": (Drawn().end().user("a").flow("a", "slut"), "prov", "en start"),
    "two starts": (line("a").user("a").start("igen").flow("igen", "a"), "prov", "har 2"),
    "no end": (Drawn().start().user("a").xor("x").flow("start", "x", "a", "x"), "prov", "inget slut"),
    "dead end": (Drawn().start().user("a").end().flow("start", "a"), "a", "leder ingenstans"),
    "unreached step": (line("a").user("a", "b").flow("b", "slut"), "b", "inte att nå"),
    "circle of its own": (line("a").user("a", "b", "c").flow("b", "c", "b"), "b", "inte att nå"),
    "no way out": (line("a", "x").user("a", "b", "c").xor("x", default="fx").flow("x", "b", "c", "b", flow_id="fx"), "b", "inte att komma till ett slut"),
    "two arrows from a step": (line("a").user("a", "b").end("s2").flow("a", "b", "s2"), "a", "Flera flöden"),
    "two arrows from the start": (line("a").user("a", "b").end("s2").flow("start", "b", "s2"), "start", "Flera flöden"),
    "two arrows between the same": (line("a").user("a").flow("start", "a"), "f1", "samma steg"),
    "arrow into a start": (line("a").user("a").flow("a", "start"), "f3", "kan inte gå till"),
    "arrow into a border": (bordered().user("b").flow("b", "m"), "f4", "kan inte gå till"),
    "arrow out of an end": (line("a").user("a").flow("slut", "a"), "slut", "lämnar slutet"),
    "arrow to itself": (line("a").user("a").flow("a", "a"), "f3", "sig självt"),
    "arrow to nothing": (line("a").user("a").flow("a", "borta"), "f3", "sitter inte fast"),
    "condition after a step": (Drawn().start().user("a").end().flow("start", "a").flow("a", "slut", when="x"), "f2", "ingen skillnad"),
    "condition after a split": (Drawn().start().par("p").end().end("s2").flow("start", "p", "s2").flow("p", "slut", when="x"), "f3", "ingen skillnad"),
    "default after a split": (Drawn().start().node("parallelGateway", "p", default="f3").end().end("s2").flow("start", "p", "s2").flow("p", "slut"), "p", "standardflöde"),
    "shared id": (line("a").user("a", "a"), "a", "samma id"),
    "flow with a step's id": (Drawn().start().user("a").end().flow("start", "a").flow("a", "slut", flow_id="a"), "a", "samma id"),
    "circle without rest": (line("x", "y").xor("x").service("b").xor("y", default="f3").flow("y", "b", "x", when="n > 1"), "x", "cirkel"),
    "not executable": (Drawn(attributes='isExecutable="false"').start().end().flow("start", "slut"), "prov", "körbar"),
}  # fmt: skip
TRAPS = KINDS | EVENTS | PARTS | TIMES | ARROWS


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_refused_on_its_own_element(trap):
    drawn, element, said = TRAPS[trap]
    found = refusals_in(files_of(drawn), "prov")
    assert element in {refusal.element for refusal in found}
    assert said in " ".join(refusal.message for refusal in found if refusal.element == element)
    with pytest.raises(DiagramRefused):
        parse_bundle("prov", files_of(drawn))


@pytest.mark.parametrize("trap", TRAPS)
def test_a_refusal_is_a_swedish_sentence_and_never_the_text_of_the_library(trap):
    for refusal in refusals_in(files_of(TRAPS[trap][0]), "prov"):
        assert refusal.message[-1] in ".", refusal
        assert not {"Error", "Exception", "bpmn:", "None", "Traceback"} & set(refusal.message.split()), (
            refusal
        )


def test_what_is_allowed_is_not_refused():
    for drawn in (
        waiting(),
        bordered(),
        line("a", "b").user("a").service("b", "note", text="'x' if a else 'y'"),
    ):
        assert refusals_in(files_of(drawn), "prov") == []
    called = Drawn("anropad").start("s1").user("c").end("e1").flow("s1", "c", "e1")
    assert refusals_in(files_of(line("a").call("a", "anropad"), called), "prov") == []


def test_processes_that_call_each_other_in_a_circle_are_refused():
    one = Drawn("ett").start("s1").call("c1", "tva").end("e1").flow("s1", "c1", "e1")
    two = Drawn("tva").start("s2").user("u").call("c2", "ett").end("e2").flow("s2", "u", "c2", "e2")
    assert [refusal.element for refusal in refusals_in(files_of(one, two), "ett")] == ["c1", "c2"]


def test_a_circle_around_a_call_in_which_nothing_waits_is_refused():
    top = Drawn().start().xor("x").call("c", "snabb").xor("y", default="f4").end()
    top.flow("start", "x", "c", "y").flow("y", "x", flow_id="f4").flow("y", "slut", when="n > 1")
    quick = Drawn("snabb").start("s1").service("b").end("e1").flow("s1", "b", "e1")
    assert {refusal.element for refusal in refusals_in(files_of(top, quick), "prov")} == {"c"}
    resting = (
        Drawn("snabb")
        .start("s1")
        .par("p", "q")
        .service("b")
        .user("u")
        .end("e1")
        .flow("s1", "p", "b", "q", "e1")
        .flow("p", "u", "q")
    )
    assert refusals_in(files_of(top, resting), "prov") == []


def test_a_watch_without_an_end_may_be_called_but_not_run_by_itself():
    watch = Drawn("vakt").start("s1").xor("x").user("u").flow("s1", "x", "u", "x")
    top = (
        Drawn()
        .start()
        .call("c", "vakt")
        .end()
        .message("m", "klart", on="c")
        .end("s2")
        .flow("start", "c", "slut")
        .flow("m", "s2")
    )
    assert refusals_in(files_of(top, watch), "prov") == []
    assert [refusal.element for refusal in refusals_in(files_of(watch), "vakt")] == ["vakt"]


def test_two_diagrams_may_not_use_the_same_step_id():
    top = line("a").call("a", "inre")
    inner = Drawn("inre").start("start").user("b").end("e1").flow("start", "b", "e1")
    assert {refusal.element for refusal in refusals_in(files_of(top, inner), "prov")} == {"start"}


def test_a_process_must_have_the_name_of_its_file():
    files = {"annat/annat.bpmn": line("a").user("a").xml()}
    assert "mappens och filens namn" in refusals_in(files, "prov")[0].message


def test_a_diagram_of_a_hundred_and_fifty_steps_runs_and_a_larger_one_is_refused():
    steps = [f"a{number}" for number in range(148)]
    assert len(bundle_of(line(*steps).user(*steps)).steps) == 150
    more = [f"a{number}" for number in range(149)]
    assert "fler än 150 steg" in refusals_in(files_of(line(*more).user(*more)), "prov")[0].message


def test_the_place_of_a_box_does_not_change_what_the_diagram_means():
    def drawn(first: int, second: int) -> Drawn:
        choice = line("a", "x").user("a", "b", "c").xor("x", default="f3")
        choice.flow("x", "b", "slut", when="svar == 1").flow("x", "c", "slut", when="svar == 2")
        return choice.shape("b", first).shape("c", second)

    orders = [
        [name for _condition, name in bundle_of(drawn(*places)).process.task_specs["x"].cond_task_specs]
        for places in [(100, 200), (200, 100)]
    ]
    assert orders == [["slut", "b", "c"], ["slut", "b", "c"]]


def test_the_data_object_on_which_the_library_hangs_is_refused_before_it_is_read():
    inner = (
        '<bpmn:subProcess id="s1"><bpmn:subProcess id="s2"><bpmn:userTask id="u"><bpmn:dataInputAssociation>'
    )
    inner += "<bpmn:sourceRef>ref</bpmn:sourceRef></bpmn:dataInputAssociation></bpmn:userTask></bpmn:subProcess></bpmn:subProcess>"
    drawn = (
        line("s1")
        .raw('<bpmn:dataObject id="d"/><bpmn:dataObjectReference id="ref" dataObjectRef="d"/>')
        .raw(inner)
    )
    assert {refusal.element for refusal in refusals_in(files_of(drawn), "prov")} == {"d", "ref", "s1"}
