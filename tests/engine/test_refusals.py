"""Every construct that the library would run otherwise than drawn is refused, in Swedish and on its own element."""

from __future__ import annotations

import pytest

from processes.engine import parse_bundle, refusals_in
from processes.errors import DiagramRefused
from tests.engine.drawn import Drawn, bundle_of, files_of, sketch


def line(*node_ids: str) -> Drawn:
    """A process from start to end through these steps; the steps themselves are drawn by the test."""
    return Drawn().start().end().flow("start", *node_ids, "slut")


WAITING = "wait v; message m nytt; timer t dag; start > v > m > slut; v > t > s2"
BORDERED = "user a; message m nytt on a; start > a > slut; m > s2"
SUB = '<bpmn:startEvent id="is"/><bpmn:endEvent id="ie"/><bpmn:sequenceFlow id="if" sourceRef="is" targetRef="ie"/>'
LOOP = "<bpmn:loopCardinality>3</bpmn:loopCardinality>"
LOOP = f"<bpmn:multiInstanceLoopCharacteristics>{LOOP}</bpmn:multiInstanceLoopCharacteristics>"
SPIFF = "<bpmn:extensionElements><spiffworkflow:{0}>x = 1</spiffworkflow:{0}></bpmn:extensionElements>"
LANES = '<bpmn:laneSet id="l"><bpmn:lane id="l1"><bpmn:childLaneSet/></bpmn:lane></bpmn:laneSet>'
MISSING = '<bpmn:messageEventDefinition messageRef="?"/>'
TWO = "<bpmn:messageEventDefinition/><bpmn:timerEventDefinition/>"

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


def event(kind: str, place: str) -> Drawn:
    """A process with an event of this kind, named x, in this place."""
    inside = f"<bpmn:{kind}EventDefinition/>"
    match place:
        case "catching":
            return line("x").node("intermediateCatchEvent", "x", inside)
        case "ending":
            return Drawn().start().node("endEvent", "x", inside).flow("start", "x")
        case "starting":
            return Drawn().end().node("startEvent", "x", inside).flow("x", "slut")
    return sketch(BORDERED).node("boundaryEvent", "x", inside, attachedToRef="a").flow("x", "slut")


EVENTS = {
    f"{place} {kind}": (event(kind, place), "x", said)
    for kind, said in [
        ("signal", "signaler"),
        ("error", "fel"),
        ("escalation", "eskaleringar"),
        ("conditional", "villkor"),
        ("compensate", "kompensation"),
        ("link", "länkar"),
        ("cancel", "avbrott"),
    ]
    for place in ("catching", "ending", "starting", "bordering")
}
PARTS = {
    "repeated step": (line("x").node("userTask", "x", LOOP), "x", "upprepad"),
    "standard loop": (
        line("x").node("userTask", "x", "<bpmn:standardLoopCharacteristics/>"),
        "x",
        "upprepad",
    ),
    "step with data": (line("x").node("userTask", "x", "<bpmn:ioSpecification/>"), "x", "utdata"),
    "data object": (line("x").user("x").node("dataObject", "d"), "d", "Dataobjekt"),
    "data reference": (line("x").user("x").node("dataObjectReference", "d"), "d", "Dataobjekt"),
    "compensation": (line("x").node("userTask", "x", isForCompensation="true"), "x", "kompensation"),
    "script before": (line("x").node("userTask", "x", SPIFF.format("preScript")), "x", "dolt skript"),
    "script after": (line("x").node("userTask", "x", SPIFF.format("postScript")), "x", "dolt skript"),
    "unknown part": (line("x").node("userTask", "x", "<bpmn:potentialOwner/>"), "x", "potentialOwner"),
    "event sub-process": (
        line("a").user("a").node("subProcess", "x", SUB, triggeredByEvent="true"),
        "x",
        "händelsestyrd",
    ),
    "nested lanes": (line("x").user("x").raw(LANES), "prov", "simbanor inuti"),
    "service without operation": (line("x").node("serviceTask", "x"), "x", "ingen operation"),
    "service with code": (line("x").service("x", "os.system"), "x", "ingen operation"),
    "parameter typename": (line("x").service("x", "note", typename="1"), "x", "Parametern typename"),
    "parameter with code": (line("x").service("x", "note", text="open('x')"), "x", "går inte att använda"),
    "script with code": (line("x").script("x", "import os"), "x", "Skriptet"),
    "script without text": (line("x").node("scriptTask", "x"), "x", "Skriptet"),
    "script typename": (line("x").script("x", "typename = 1"), "x", "reserverat"),
    "rule without decision": (line("x").node("businessRuleTask", "x"), "x", "inget beslut"),
    "call without process": (line("x").node("callActivity", "x"), "x", "vilken process"),
    "call of nothing": (line("x").call("x", "saknas"), "x", "finns inte"),
    "call of itself": (line("x").call("x", "prov"), "x", "leder tillbaka"),
    "id with space": (line("x y").node("userTask", "x y"), "x y", "kan inte användas"),
    "id of the library": (line("End").node("userTask", "End"), "End", "kan inte användas"),
    "id with dot": (
        line("prov.EndJoin").node("userTask", "prov.EndJoin"),
        "prov.EndJoin",
        "kan inte användas",
    ),
    "not executable": (
        Drawn(attributes='isExecutable="false"').start().end().flow("start", "slut"),
        "prov",
        "körbar",
    ),
}
TIMES = {
    "duration": (line("x").timer("x", "PT1H", kind="timeDuration"), "x", "räknar tid"),
    "cycle": (line("x").timer("x", "R/PT1H", kind="timeCycle"), "x", "räknar tid"),
    "cycle on a border": (
        sketch(BORDERED).timer("x", "R/P1D", on="a", kind="timeCycle").flow("x", "slut"),
        "x",
        "räknar tid",
    ),
    "written date": (line("x").timer("x", "'2026-01-01'"), "x", "ett enda faktum"),
    "computed date": (line("x").timer("x", "dag + 3"), "x", "ett enda faktum"),
    "empty timer": (
        line("x").node("intermediateCatchEvent", "x", "<bpmn:timerEventDefinition/>"),
        "x",
        "räknar tid",
    ),
    "no event": (line("x").node("intermediateCatchEvent", "x"), "x", "väntar på ingenting"),
    "nameless message": (
        line("x").node("intermediateCatchEvent", "x", "<bpmn:messageEventDefinition/>"),
        "x",
        "inget meddelande",
    ),
    "missing message": (line("x").node("intermediateCatchEvent", "x", MISSING), "x", "inget meddelande"),
    "two events in one": (line("x").node("intermediateCatchEvent", "x", TWO), "x", "meddelanden och tid"),
    "two dates behind one wait": (sketch(f"{WAITING}; timer t2 dag2; v > t2 > s3"), "v", "två datum"),
    "one message twice behind a wait": (
        sketch(f"{WAITING}; message m2 nytt; v > m2 > s3"),
        "v",
        "samma meddelande",
    ),
    "step behind a wait": (sketch(f"{WAITING}; user x; v > x > s3"), "v", "till en händelse"),
    "event reached past its wait": (sketch(f"{WAITING}; xor y; start > y > m"), "v", "annat håll"),
    "wait for one thing": (sketch("wait x; message m nytt; start > x > m > slut"), "x", "minst två"),
    "one message twice on a border": (
        sketch(f"{BORDERED}; message m2 nytt on a; m2 > s3"),
        "a",
        "samma meddelande",
    ),
    "border of a service": (
        sketch("service a; message m nytt on a; start > a > slut; m > s2"),
        "m",
        "aldrig avbryts",
    ),
    "border of nothing": (
        sketch("user a; message m nytt on x; start > a > slut; m > s2"),
        "m",
        "inte på något steg",
    ),
    "border of a border": (sketch(f"{BORDERED}; message x annat on m; x > s3"), "x", "aldrig avbryts"),
}
ARROWS = {
    "no start": (sketch("user a; a > slut"), "prov", "en start"),
    "two starts": (sketch("user a; start > a > slut; start2 > a"), "prov", "har 2"),
    "no end": (sketch("user a; xor x; start > x > a > x"), "prov", "inget slut"),
    "dead end": (sketch("user a; start > a; end slut"), "a", "leder ingenstans"),
    "unreached step": (sketch("user a b; start > a > slut; b > slut"), "b", "inte att nå"),
    "circle of its own": (sketch("user a b c; start > a > slut; b > c > b"), "b", "inte att nå"),
    "no way out": (sketch("user a b c; xor x else b; start > a > x; x > slut if y; x > b > c > b"), "b", "ett slut"),
    "two arrows from a step": (sketch("user a b; start > a > slut; a > b > s2"), "a", "Flera flöden"),
    "two arrows from the start": (sketch("user a b; start > a > slut; start > b > s2"), "start", "Flera flöden"),
    "two arrows between the same": (sketch("user a; start > a > slut; start > a"), "f1", "samma steg"),
    "arrow into a start": (sketch("user a; start > a > slut; a > start"), "f3", "kan inte gå till"),
    "arrow into a border": (sketch(f"{BORDERED}; user b; b > m"), "f4", "kan inte gå till"),
    "arrow out of an end": (sketch("user a; start > a > slut; slut > a"), "slut", "lämnar slutet"),
    "arrow to itself": (sketch("user a; start > a > slut; a > a"), "f3", "sig självt"),
    "arrow to nothing": (sketch("user a; start > a > slut; a > borta"), "f3", "sitter inte fast"),
    "condition after a step": (sketch("user a; start > a; a > slut if yes"), "f2", "ingen skillnad"),
    "condition after a split": (sketch("par p; start > p > s2; p > slut if yes"), "f3", "ingen skillnad"),
    "default of a step": (line("x").node("userTask", "x", default="f2"), "x", "standardflöde"),
    "shared id": (sketch("user a a; start > a > slut"), "a", "samma id"),
    "flow with a step's id": (line("x").user("x").flow("x", "slut", flow_id="x"), "x", "samma id"),
    "circle without rest": (
        sketch("xor x; service b; xor y else slut; start > x > y > slut; y > b > x if n"), "x", "cirkel"
    ),
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
        assert refusal.message.endswith("."), refusal
        assert not {"Error", "Exception", "bpmn:", "None", "Traceback"} & set(refusal.message.split()), (
            refusal
        )


def test_what_is_allowed_is_not_refused():
    service = line("a", "b").user("a").service("b", "note", text="'x' if a else 'y'")
    for drawn in (sketch(WAITING), sketch(BORDERED), service):
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
    inner = "<bpmn:dataInputAssociation><bpmn:sourceRef>ref</bpmn:sourceRef></bpmn:dataInputAssociation>"
    inner = f'<bpmn:userTask id="u">{inner}</bpmn:userTask>'
    drawn = line("s1").raw('<bpmn:dataObject id="d"/><bpmn:dataObjectReference id="ref" dataObjectRef="d"/>')
    drawn.raw(
        f'<bpmn:subProcess id="s1"><bpmn:subProcess id="s2">{inner}</bpmn:subProcess></bpmn:subProcess>'
    )
    assert {refusal.element for refusal in refusals_in(files_of(drawn), "prov")} == {"d", "ref", "s1"}
