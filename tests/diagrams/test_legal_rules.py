"""The law holds on every way through today's diagrams, and each form of rule objects to exactly what it should."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from processes.diagrams.files import read_folder
from processes.diagrams.legal_rules import LEGAL_RULES, LegalRule, prove_rules, proving
from processes.diagrams.legal_rules.happenings import carries_out, message, step
from processes.diagrams.legal_rules.patterns import (
    After,
    Before,
    EndedOnlyBy,
    Gate,
    GateOnClass,
    Lane,
    Listens,
    Never,
    OnEveryWay,
    Pattern,
)
from processes.diagrams.legal_rules.result import RuleResult
from processes.diagrams.legal_rules.rule import EVERYWHERE
from processes.diagrams.names import REQUIREMENTS, known_names
from processes.diagrams.shelf import read_shelf
from processes.operations import OPERATIONS
from processes.rules.facts import FACTS
from tests.city import DIAGRAMS
from tests.diagrams.legal_rules_document import DOCUMENT, GROUPS, document
from tests.engine.drawn import Drawn, files_of

FILES = read_folder(DIAGRAMS)
NAMES = known_names(OPERATIONS)


def test_the_law_holds_on_every_way_through_the_diagrams() -> None:
    results = prove_rules(read_shelf(FILES), NAMES, LEGAL_RULES)
    assert [(one.key, one.status, one.note) for one in results if one.status != "proven"] == []
    assert len(results) >= 20


def test_every_rule_can_be_read_and_traced_to_its_source() -> None:
    assert len({rule.key for rule in LEGAL_RULES}) == len(LEGAL_RULES)
    for rule in LEGAL_RULES:
        assert rule.sentence.endswith("."), rule.key
        requirements = set(re.findall(r"R-\d{3}", rule.source))
        assert requirements <= REQUIREMENTS, rule.key
        assert requirements or "SoL" in rule.source, rule.key
        assert rule.given.keys() <= FACTS.keys(), rule.key
        assert rule.until.keys() <= rule.given.keys(), rule.key


def test_the_document_tells_every_rule_and_every_fault() -> None:
    assert DOCUMENT.read_text("utf-8") == document(), "run python -m tests.diagrams.legal_rules_document"
    assert tuple(rule for rules in GROUPS.values() for rule in rules) == LEGAL_RULES


# The forms of rules, on small drawings


def asked(
    drawn: Drawn | list[Drawn], pattern: Pattern, *, process: str = "prov", **more: object
) -> RuleResult:
    rule = LegalRule("prov", "Så ska det vara.", "R-001", process, pattern, **more)  # type: ignore[arg-type]
    files = files_of(*drawn) if isinstance(drawn, list) else files_of(drawn)
    [result] = prove_rules(read_shelf(files), NAMES, [rule])
    return result


def told(result: RuleResult) -> list[str]:
    """The way to the fault, without the last line, which repeats the rule."""
    return [step.text for step in result.path][:-1]


def choosing() -> Drawn:
    """Either a and then b, or c alone."""
    drawn = Drawn().start().xor("val", default="f_c").user("a", "b", "c").end().end("s2")
    drawn.flow("start", "val").flow("val", "a", "b", "slut", when="case_has_child")
    return drawn.flow("val", "c", "s2", flow_id="f_c")


def test_what_must_never_happen_is_found_with_the_way_to_it() -> None:
    result = asked(choosing(), Never((step("b"),)))
    assert (result.status, result.element, result.process) == ("broken", "b", "prov")
    assert told(result) == ["Processen börjar", "”val” ”a”", "Slutför ”a”", "Slutför ”b”"]
    assert [step.element for step in result.path] == ["start", "f2", "a", "b", "b"]
    assert "”val” ”a”" in result.note


def test_the_way_ends_where_the_rule_is_broken() -> None:
    drawn = Drawn().start().user("a").service("gor").xor("val", default="f_b").user("b").end().end("s2")
    drawn.flow("start", "a", "gor", "val").flow("val", "b", "slut", flow_id="f_b")
    drawn.flow("val", "s2", when="case_has_child")
    result = asked(drawn, Never((step("gor"),)))
    assert told(result) == ["Processen börjar", "Slutför ”a”"]
    assert result.note == ""


def test_a_given_fact_closes_ways_and_an_unread_condition_leaves_them_open() -> None:
    never_b = Never((step("b"),))
    assert asked(choosing(), never_b, given={"case_has_child": False}).status == "proven"
    assert asked(choosing(), never_b, given={"case_has_child": True}).status == "broken"
    assert asked(choosing(), never_b, given={"case_has_child": (False, True)}).status == "broken"


def test_a_fact_is_given_only_until_its_step() -> None:
    drawn = Drawn().start().user("forst").xor("val", default="f_nej").user("a").end().end("s2")
    drawn.flow("start", "forst", "val").flow("val", "a", "slut", when="case_has_child")
    drawn.flow("val", "s2", flow_id="f_nej")
    given = {"case_has_child": False}
    assert asked(drawn, Never((step("a"),)), given=given).status == "proven"
    released = asked(drawn, Never((step("a"),)), given=given, until={"case_has_child": "forst"})
    assert released.status == "broken"


def test_before_is_broken_where_a_way_leads_past_what_must_come_first() -> None:
    assert asked(choosing(), Before(then=(step("b"),), first=(step("a"),))).status == "proven"
    assert asked(choosing(), Before(then=(step("c"),), first=(step("a"),))).status == "broken"


def test_before_must_be_true_anew_after_each_beginning() -> None:
    drawn = Drawn().start().xor("om").user("fraga", "godkann").xor("val", default="f_om").user("gor").end()
    drawn.flow("start", "om", "fraga", "godkann", "gor", "val").flow("val", "fraga2", flow_id="f_om")
    drawn.user("fraga2").flow("fraga2", "gor2").user("gor2").flow("gor2", "slut")
    drawn.flow("val", "slut", when="case_has_child")
    then, first = (step("gor"), step("gor2")), (step("godkann"),)
    assert asked(drawn, Before(then, first)).status == "proven"
    again = asked(drawn, Before(then, first, since=(step("fraga"), step("fraga2"))))
    assert (again.status, again.element) == ("broken", "gor2")


def test_on_every_way_means_on_every_way_that_ends() -> None:
    result = asked(choosing(), OnEveryWay((step("a"),)))
    assert (result.status, result.element) == ("broken", "s2")
    assert asked(choosing(), OnEveryWay((step("a"), step("c")))).status == "proven"
    assert asked(choosing(), OnEveryWay((step("a"),), unless=(step("c"),))).status == "proven"


def test_after_is_owed_until_it_comes_and_too_late_at_the_end_or_before_what_must_wait() -> None:
    assert asked(choosing(), After(cause=(step("a"),), effect=(step("b"),))).status == "proven"
    assert asked(choosing(), After(cause=(step("c"),), effect=(step("b"),))).element == "s2"
    late = After(cause=(step("a"),), effect=(step("slut"),), before=(step("b"),))
    assert asked(choosing(), late).element == "b"


def waiting_beside() -> Drawn:
    drawn = (
        Drawn()
        .start()
        .user("a", "b")
        .message("hor", "knack", on="a")
        .timer("dag", "d_at", on="a", interrupting=False)
    )
    drawn.end().end("s2").end("s3")
    return drawn.flow("start", "a", "slut").flow("hor", "b", "s2").flow("dag", "s3")


def test_a_step_listens_on_its_border_and_on_those_of_the_calls_around_it() -> None:
    assert asked(waiting_beside(), Listens("a", ("knack",), date=True)).status == "proven"
    assert asked(waiting_beside(), Listens("a", ("annat",))).status == "broken"
    assert asked(waiting_beside(), Listens("b", ("knack",))).status == "broken"
    assert asked(waiting_beside(), Listens("b", date=True)).status == "broken"
    inner = Drawn("inre").start("start2").user("u").end("slut2").flow("start2", "u", "slut2")
    top = Drawn().start().call("c", "inre").message("hor", "knack", on="c").end().end("s2")
    top.flow("start", "c", "slut").flow("hor", "s2")
    assert asked([top, inner], Listens("u", ("knack",))).status == "proven"


def test_a_date_that_does_not_interrupt_is_listened_for_until_it_has_come() -> None:
    result = asked(waiting_beside(), Listens("a", date=True))
    assert result.status == "proven"


def test_only_the_named_messages_may_end_a_step() -> None:
    assert asked(waiting_beside(), EndedOnlyBy("a", ("knack",))).status == "proven"
    result = asked(waiting_beside(), EndedOnlyBy("a", ("annat",)))
    assert (result.status, result.element) == ("broken", "a")
    drawn = Drawn().start().par("dela").user("a", "b").end().end("s2", terminate=True)
    drawn.flow("start", "dela", "a", "slut").flow("dela", "b", "s2")
    assert asked(drawn, EndedOnlyBy("a", ("knack",))).status == "broken"


def test_a_message_can_be_a_cause() -> None:
    owed = After(cause=(message("knack"),), effect=(step("b"),))
    assert asked(waiting_beside(), owed).status == "proven"
    assert asked(waiting_beside(), After(cause=(message("knack"),), effect=(step("a"),))).status == "broken"


def with_lane(properties: Mapping[str, str], lane: str = "Enhetschef") -> Drawn:
    inner = "".join(
        f'<spiffworkflow:property name="{name}" value="{value}"/>' for name, value in properties.items()
    )
    drawn = Drawn().start().end().flow("start", "u", "slut")
    drawn.raw(
        f'<bpmn:laneSet id="l"><bpmn:lane id="l1" name="{lane}"><bpmn:flowNodeRef>u</bpmn:flowNodeRef></bpmn:lane>'
        "</bpmn:laneSet>"
    )
    extension = f"<spiffworkflow:properties>{inner}</spiffworkflow:properties>"
    return drawn.node("userTask", "u", f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>")


def test_gates_and_lanes_are_read_off_the_drawing() -> None:
    gated = with_lane({"gate": "closing follow-up", "klass": "utredning"})
    assert asked(gated, Gate("closing", ("u",)), process=EVERYWHERE).status == "proven"
    missing = asked(gated, Gate("disclosure", ("u",)), process=EVERYWHERE)
    assert (missing.status, missing.process, missing.element) == ("broken", "prov", "u")
    assert asked(gated, GateOnClass("disclosure", ("utredning",)), process=EVERYWHERE).status == "broken"
    assert asked(gated, GateOnClass("disclosure", ("stod",)), process=EVERYWHERE).status == "proven"
    assert asked(gated, GateOnClass("disclosure", ("stod",), ("u",)), process=EVERYWHERE).status == "broken"
    assert asked(gated, Lane("Enhetschef", ("u",)), process=EVERYWHERE).status == "proven"
    wrong = asked(with_lane({}, "Vuxenenheten"), Lane("Enhetschef", ("u",)), process=EVERYWHERE)
    assert wrong.note == "”u” ligger i banan Vuxenenheten, inte Enhetschef."


# What cannot be proven


@pytest.mark.parametrize(
    ("pattern", "process", "why"),
    [
        (Never((step("borta"),)), "prov", "borta"),
        (Never((carries_out("set_outcome"),)), "prov", "set_outcome"),
        (Never((step("a"),)), "annan", "annan finns inte"),
        (Gate("closing", ("borta",)), EVERYWHERE, "borta"),
        (EndedOnlyBy("borta", ()), "prov", "borta"),
    ],
)
def test_a_rule_about_something_that_is_not_there_is_not_proven(
    pattern: Pattern, process: str, why: str
) -> None:
    result = asked(choosing(), pattern, process=process)
    assert result.status == "unproven"
    assert why in result.note


def test_a_process_that_cannot_be_run_is_not_proven() -> None:
    assert asked(Drawn().start().user("a").flow("start", "a"), Never((step("a"),))).status == "unproven"


def test_an_exhausted_budget_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "MOST_SITUATIONS", 2)
    result = asked(choosing(), Never((step("slut"),)), given={"case_has_child": (True, False)}, follow=("x",))
    assert result.status == "unproven"
    assert "för många lägen" in result.note


def test_a_rule_about_an_enormous_process_is_given_up_in_bounded_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(proving, "MOST_SITUATIONS", 500)
    drawn = Drawn().start().par("dela", "samla").end().flow("start", "dela").flow("samla", "slut")
    for number in range(12):
        steps = [f"a{number}_{place}" for place in range(3)]
        drawn.user(*steps).flow("dela", *steps, "samla")
    result = asked(drawn, Before(then=(step("slut"),), first=(step("samla"),)))
    assert result.status == "unproven"
    assert "men inte alla" in result.note


def test_an_answer_that_no_form_offers_makes_a_rule_say_nothing() -> None:
    result = asked(choosing(), After(cause=(step("a", decision="open"),), effect=(step("b"),)))
    assert result.status == "unproven"
    assert result.note == "Formuläret till ”a” har inte svaret decision som regeln handlar om."


def test_a_condition_that_cannot_be_followed_makes_the_answer_uncertain_and_says_so() -> None:
    drawn = Drawn().start().xor("val", default="f_c").user("a", "c").end().end("s2")
    drawn.flow("start", "val").flow("val", "a", "slut", when="case_has_child == other_name")
    drawn.flow("val", "c", "s2", flow_id="f_c")
    result = asked(drawn, Never((step("a"),)), given={"case_has_child": True})
    assert result.status == "approximate"
    assert "gick inte att läsa" in result.note


def test_an_unchanged_process_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked(choosing(), Never((step("b"),)), given={"case_has_child": False})
    monkeypatch.setattr(proving, "prove", None)
    assert asked(choosing(), Never((step("b"),)), given={"case_has_child": False}).status == "proven"
