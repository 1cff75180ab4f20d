"""A decision table gives exactly one answer to every question it can be asked, or is refused before it is used."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from xml.sax.saxutils import escape

import pytest

from processes.engine import Instance, StepFailed, refusals_in
from processes.engine.dmn import DecisionFailed, DecisionTable
from processes.engine.dmn_input import read_table
from processes.engine.feel import CellRefused, read_cell
from processes.engine.operators import Value
from processes.engine.xml_input import FileRefused
from tests.engine.drawn import NOON, Case, Drawn, bundle_of, complete, files_of, open_steps

Row = tuple[str, ...]
DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table_xml(
    rows: Sequence[Row],
    *,
    inputs: tuple[str, ...] = ("days_left",),
    outputs: tuple[str, ...] = ("urgency",),
    policy: str = "UNIQUE",
    types: tuple[str, ...] = ("",),
    decision: str = "bradska",
) -> str:
    """A DMN file; a row is its input cells followed by its outputs."""
    columns = "".join(
        f'<input label="{text}"><inputExpression><text>{escape(text)}</text></inputExpression></input>'
        for text in inputs
    )
    columns += "".join(
        f'<output name="{name}" typeRef="{kind}"/>' for name, kind in zip(outputs, cycle(types))
    )
    for row in rows:
        cells = [("inputEntry", cell) for cell in row[: len(inputs)]] + [
            ("outputEntry", cell) for cell in row[len(inputs) :]
        ]
        columns += (
            "<rule>"
            + "".join(f"<{kind}><text>{escape(cell)}</text></{kind}>" for kind, cell in cells)
            + "</rule>"
        )
    return (
        f'<definitions xmlns="{DMN}" id="d" name="d" namespace="d"><decision id="{decision}" name="Brådska">'
        f'<decisionTable id="t" hitPolicy="{policy}">{columns}</decisionTable></decision></definitions>'
    )


def table(rows: Sequence[Row], **more: object) -> DecisionTable:
    return read_table(table_xml(rows, **more).encode())  # type: ignore[arg-type]


def decide(of: DecisionTable, **facts: Value) -> dict[str, Value]:
    return of.decide(facts.__getitem__)


@pytest.mark.parametrize(
    ("cell", "fitting", "others"),
    [
        ("-", [1, "a", None, True], []),
        ("", [1, "a", None, True], []),
        ('"a"', ["a"], ["b", 1, None]),
        ('"a","b"', ["a", "b"], ["c"]),
        ('"a", "b" , "c"', ["a", "c"], ["d"]),
        ('"a, b"', ["a, b"], ["a", "b"]),
        ('not("a")', ["b", None, 1], ["a"]),
        ('not("a","b")', ["c"], ["a", "b"]),
        ("10", [10, 10.0], [11, "10", True]),
        ("10, 20", [10, 20], [15]),
        ("-3", [-3], [3]),
        ("1.5", [1.5], [1]),
        ("true", [True], [False, 1, None]),
        ("false", [False, None], [True, 0]),
        ("null", [None], [False, 0, ""]),
        ("< 10", [9, 9.9], [10, "9", None]),
        ("<=10", [10], [11]),
        ("> -1", [0], [-1]),
        (">= 10", [10], [9]),
        ("[10..20]", [10, 15, 20], [9, 21]),
        ("]10..20[", [11], [10, 20]),
        ("(10..20)", [11], [10, 20]),
        ("[10..20)", [10], [20]),
        ("< 0, > 10", [-1, 11], [5]),
        ("not([10..20])", [9, 21], [10]),
    ],
)
def test_a_cell_means_what_feel_says(cell, fitting, others):
    assert [value for value in [*fitting, *others] if read_cell(cell).fits(value)] == fitting


@pytest.mark.parametrize(
    "cell",
    ["a", "'a'", "? > 3", "a or b", '"a" or "b"', "10 20", "10,", ",", "not(", 'not("a") and "b"', "[20..10]", "[1..",
     "in [1, 2]", 'date("2026-01-01")', "x.y", "__import__('os')", "1e5", "= 3", "!= 3", '"a\\"b"', "9" * 40,
     '"' + "x" * 600 + '"',
     "TRUE", "yes", '< "a"'],
)  # fmt: skip
def test_a_cell_that_we_do_not_read_is_refused_and_never_silently_false(cell):
    with pytest.raises(CellRefused):
        read_cell(cell)


def test_unique_means_that_one_rule_holds():
    overlapping = table([("< 5", '"high"'), ("< 10", '"low"'), (">= 10", '"none"')])
    assert decide(overlapping, days_left=7) == {"urgency": "low"}
    with pytest.raises(DecisionFailed, match="1 och 2"):
        decide(overlapping, days_left=3)
    assert overlapping.flaws() == ["Raderna 1 och 2 gäller samtidigt när days_left = 4."]


def test_first_means_the_first_from_the_top():
    ordered = table([("< 5", '"high"'), ("< 10", '"low"'), ("-", '"none"')], policy="FIRST")
    assert [decide(ordered, days_left=days)["urgency"] for days in (3, 7, 70)] == ["high", "low", "none"]
    assert ordered.flaws() == []


def test_any_means_that_all_rules_agree():
    agreeing = table([("< 5", '"high"'), ("< 3", '"high"'), (">= 5", '"low"')], policy="ANY")
    assert decide(agreeing, days_left=1) == {"urgency": "high"}
    assert agreeing.flaws() == []
    quarrelling = table([("< 5", '"high"'), ("< 3", '"low"'), (">= 5", '"low"')], policy="ANY")
    assert len(quarrelling.flaws()) == 1
    with pytest.raises(DecisionFailed):
        decide(quarrelling, days_left=1)


def test_collect_gives_every_answer():
    gates = table([("< 5", '"visit"'), ("< 10", '"letter"')], policy="COLLECT", outputs=("gates",))
    assert [decide(gates, days_left=days)["gates"] for days in (3, 7, 70)] == [
        ("visit", "letter"),
        ("letter",),
        (),
    ]


@pytest.mark.parametrize(("aggregation", "expected"), [("SUM", 30), ("MIN", 10), ("MAX", 20), ("COUNT", 2)])
def test_collect_can_add_up(aggregation, expected):
    xml = table_xml([("< 5", "10"), ("< 10", "20"), ("> 5", "40")], policy="COLLECT")
    xml = xml.replace('hitPolicy="COLLECT"', f'hitPolicy="COLLECT" aggregation="{aggregation}"')
    assert decide(read_table(xml.encode()), days_left=3) == {"urgency": expected}


def test_no_rule_is_an_error_and_found_before_it_happens():
    gap = table([("< 5", '"high"'), ("> 5", '"low"')])
    assert gap.flaws() == ["Ingen rad gäller när days_left = 5."]
    with pytest.raises(DecisionFailed, match="no rule"):
        decide(gap, days_left=5)


def test_texts_that_no_row_mentions_are_a_gap_unless_the_table_lists_what_may_come():
    rows = [('"A"', '"high"'), ('"B"', '"low"')]
    assert table(rows, inputs=("kind",)).flaws() == ["Ingen rad gäller när kind = något annat."]
    allowed = '</inputExpression><inputValues><text>"A","B"</text></inputValues>'
    listed = table_xml(rows, inputs=("kind",)).replace("</inputExpression>", allowed)
    assert read_table(listed.encode()).flaws() == []


def test_a_table_with_several_questions_is_checked_in_every_combination():
    rows = [("< 5", "true", '"a"'), ("< 5", "false", '"b"'), (">= 5", "-", '"c"')]
    whole = table(rows, inputs=("days_left", "child"))
    assert whole.flaws() == []
    assert whole.names == {"days_left", "child"}
    assert table(rows[1:], inputs=("days_left", "child")).flaws() == [
        "Ingen rad gäller när days_left = 4, child = ja."
    ]


@pytest.mark.parametrize("policy", ["PRIORITY", "RULE ORDER", "OUTPUT ORDER", "NONSENSE"])
def test_a_hit_policy_that_we_do_not_follow_is_refused(policy):
    with pytest.raises(FileRefused, match="Träffregeln"):
        table([("-", "1")], policy=policy)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (table_xml([("apa", "1")]), "Rad 1: ”apa”"),
        (table_xml([("-", "open('x')")]), "Uttrycket"),
        (table_xml([("-", "1/0")], types=("number",)), "räkna ut"),
        (table_xml([("-", '"x"')], types=("number",)), "typen number"),
        (table_xml([("-", "true")], types=("number",)), "typen number"),
        (table_xml([("-", "1")], types=("string",)), "typen string"),
        (table_xml([("-", "1")], inputs=("days left",)), "frågan"),
        (table_xml([("-", "1")], inputs=()), "frågor"),
        (table_xml([("-", "1")], outputs=("Brådska",)), "eget namn"),
        (table_xml([("-", "1", "2")], outputs=("a", "a")), "eget namn"),
        (table_xml([]), "rader"),
        (table_xml([("-", "1")]).replace("<outputEntry><text>1</text></outputEntry>", ""), "Rad 1"),
        (
            table_xml([("-", "1")]).replace("</decision>", "</decision><decision id='two'/>"),
            "ett enda beslut",
        ),
        (table_xml([("-", "1")]).replace("<decisionTable", "<informationRequirement/><decisionTable"), "DRD"),
        (table_xml([("-", "1")]).replace("decisionTable", "literalExpression"), "beslutstabell"),
        (table_xml([("-", "1")]).replace(DMN, "urn:other"), "ingen DMN-fil"),
    ],
)
def test_a_table_that_cannot_be_read_says_why_in_swedish(broken, said):
    with pytest.raises(FileRefused, match=said):
        read_table(broken.encode())


def test_a_comment_in_a_table_is_no_trouble():
    xml = table_xml([("-", "1")]).replace("<rule>", "<!-- note --><rule><!-- note -->")
    assert decide(read_table(xml.encode()), days_left=1) == {"urgency": 1}


def deciding() -> Drawn:
    drawn = (
        Drawn()
        .start()
        .user("a")
        .rule("besluta", "bradska")
        .xor("val", default="nej")
        .user("bratt", "lugnt")
        .end()
    )
    drawn.flow("start", "a", "besluta", "val").flow("val", "bratt", when="urgency == 'high'").flow(
        "bratt", "slut"
    )
    return drawn.flow("val", "lugnt", flow_id="nej").flow("lugnt", "slut")


def test_a_table_decides_in_a_running_process():
    tables = {"prov/bradska.dmn": table_xml([("< 5", '"high"'), (">= 5", '"low"')])}
    bundle = bundle_of(deciding(), tables=tables)
    assert bundle.names == {"days_left", "urgency"}
    for days, expected in [(3, "bratt"), (30, "lugnt")]:
        instance = Instance.start(bundle, Case({"days_left": days}), NOON)
        complete(instance, "a")
        assert open_steps(instance) == [expected]


def test_a_question_without_a_value_does_not_let_an_old_answer_stand():
    tables = {"prov/bradska.dmn": table_xml([("< 5", '"high"'), (">= 5", '"low"')])}
    instance = Instance.start(bundle_of(deciding(), tables=tables), Case({"days_left": None}), NOON)
    with pytest.raises(StepFailed, match="bradska: no rule"):
        complete(instance, "a", urgency="high")


def test_a_missing_or_faulty_table_is_refused_with_the_diagram():
    assert [refusal.element for refusal in refusals_in(files_of(deciding()), "prov")] == ["besluta"]
    gap = {"prov/bradska.dmn": table_xml([("< 5", '"high"')])}
    [refusal] = refusals_in(files_of(deciding(), tables=gap), "prov")
    assert (refusal.element, refusal.message) == ("bradska", "Ingen rad gäller när days_left = 5.")
    broken = {"prov/bradska.dmn": table_xml([("apa", '"high"')])}
    assert refusals_in(files_of(deciding(), tables=broken), "prov")[0].element == "prov/bradska.dmn"


def test_a_row_that_never_decides_anything_is_found_by_the_hit_policy():
    rows = [("< 10", '"low"'), ("< 5", '"high"'), (">= 10", '"none"')]
    assert table(rows, policy="FIRST").idle_rows() == [2]
    assert table(rows, policy="COLLECT").idle_rows() == []
    assert table([*rows, ('"text"', '"odd"')], policy="FIRST").idle_rows() == [2]
    assert table([("-", '"all"'), ("> 3", '"more"')], policy="FIRST").idle_rows() == [2]


def test_two_questions_with_the_same_label_are_two_questions():
    rows = [("< 5", "< 5", '"a"'), (">= 5", "-", '"b"'), ("< 5", ">= 5", '"c"')]
    twice = table_xml(rows, inputs=("days_left", "days_left")).replace(
        "<text>days_left", "<text>other_days", 1
    )
    assert read_table(twice.encode()).flaws() == []
    lacking = table_xml(rows[:2], inputs=("days_left", "days_left"))
    assert read_table(lacking.encode()).flaws() == [
        "Ingen rad gäller när days_left (1) = 4, days_left (2) = 5."
    ]
