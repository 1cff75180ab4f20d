"""Coverage is found in the files themselves, and says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from processes.handbook import Status, coverage, coverage_rows, coverage_text
from processes.handbook.carriers import DEADLINE_REQUIREMENTS, Carrier, carriers_in, carriers_in_diagram
from processes.handbook.coverage import unknown_numbers
from processes.handbook.shown_by import Shown, shown_in
from processes.rules.deadlines import DEADLINES

ROOT = Path(__file__).parents[2]

DIAGRAM = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core">
 <process id="prov"><userTask id="svara"><extensionElements><s:properties>
  <s:property name="krav" value="R-049 R-117"/><s:property name="handbok" value="6.1"/>
 </s:properties></extensionElements></userTask></process></definitions>"""

FORM = """{"title": "Svara", "x-krav": "R-049", "properties": {
  "rows": {"type": "array", "items": {"properties": {"late": {"x-krav": "R-126"}}}}}}"""

TESTS = """
import pytest

pytestmark = [pytest.mark.requirement("R-001")]

@pytest.mark.requirement("R-049")
@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.requirement("R-117"))])
def test_it(x): ...

@pytest.mark.requirement("R-056")
class TestMore:
    @pytest.mark.requirement("R-057")
    def test_inside(self): ...
    def helper(self): ...
"""


@pytest.fixture
def a_repository(tmp_path):
    """A repository with one diagram, form, letter, table, code file, test and scenario."""
    files = {
        "bpmn-diagrams/prov/prov.bpmn": DIAGRAM,
        "bpmn-diagrams/prov/broken.bpmn": "<definitions",
        "bpmn-diagrams/prov/forms/svara.json": FORM,
        "bpmn-diagrams/prov/forms/broken.json": "{",
        "bpmn-diagrams/prov/README.md": "Sends `letters/bekraftelse.txt` (R-056).\nOwner: R-057 is no letter.\n",
        "bpmn-diagrams/prov/bradska.dmn": "<description>R-151</description>",
        "bpmn-diagrams/prov/scenarios/s-01.yaml": "id: S-01\nrequirements: [R-138, R-139]\n",
        "bpmn-diagrams/prov/scenarios/broken.yaml": "a: [",
        "processes/law.py": '"""Law (R-088)."""\ndef visit():\n    """See R-091 to R-093."""\n',
        "processes/handbook/own.py": '"""R-180."""\n',
        "tests/test_prov.py": TESTS,
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("number", "kind", "name"),
    [
        ("R-117", "steg", "prov/svara"),
        ("R-049", "formulär", "prov/svara"),
        ("R-126", "formulär", "prov/svara.rows.late"),
        ("R-056", "brev", "prov/letters/bekraftelse.txt"),
        ("R-151", "beslutstabell", "prov/bradska"),
        ("R-088", "kod", "processes.law"),
        ("R-092", "kod", "processes.law.visit"),
        ("R-030", "spärr", "closing"),
        ("R-145", "insats", "S16"),
        ("R-138", "frist", "D-01"),
        ("R-166", "dokument", "samtyckesblankett"),
    ],
)
def test_a_carrier_is_found_where_it_says_so_itself(a_repository, number, kind, name):
    assert Carrier(number, kind, name) in carriers_in(a_repository)


def test_what_says_nothing_carries_nothing(a_repository):
    names = {(carrier.requirement, carrier.kind) for carrier in carriers_in(a_repository)}
    assert ("R-057", "brev") not in names
    assert ("R-180", "kod") not in names


def test_tests_and_scenarios_show_what_they_name(a_repository):
    place = "tests/test_prov.py"
    assert shown_in(a_repository) == [
        Shown("R-001", f"{place}::TestMore::test_inside"),
        Shown("R-001", f"{place}::test_it"),
        Shown("R-049", f"{place}::test_it"),
        Shown("R-056", f"{place}::TestMore::test_inside"),
        Shown("R-057", f"{place}::TestMore::test_inside"),
        Shown("R-117", f"{place}::test_it"),
        Shown("R-138", "bpmn-diagrams/prov/scenarios/s-01.yaml"),
        Shown("R-139", "bpmn-diagrams/prov/scenarios/s-01.yaml"),
    ]


def test_a_requirement_is_covered_only_if_something_carries_it_and_something_shows_it():
    carriers = [Carrier("R-001", "steg", "a/b"), Carrier("R-002", "steg", "a/b")]
    statuses = {
        row.requirement.id: row.status
        for row in coverage(carriers, [Shown("R-001", "t"), Shown("R-003", "t")])
    }
    assert statuses["R-001"] is Status.COVERED
    assert statuses["R-002"] is statuses["R-003"] is Status.PARTLY
    assert statuses["R-004"] is Status.MISSING


def test_the_text_lists_every_requirement_and_sums_them_up(a_repository):
    rows = coverage_rows(a_repository)
    text = coverage_text(rows)
    assert text.count("bärs av:") == len(rows) == 180
    assert "R-049  täckt" in text
    assert "R-004  saknas" in text
    assert "alla krav: 180 krav" in text
    assert "och 1 till" in coverage_text(coverage([Carrier("R-001", "steg", str(n)) for n in range(5)], []))


def test_the_text_can_list_only_what_is_missing(a_repository):
    text = coverage_text(coverage_rows(a_repository), only=Status.MISSING)
    assert "R-049" not in text
    assert "R-004  saknas" in text
    assert "Inga krav att visa." in coverage_text([], only=Status.MISSING)


def test_a_number_that_the_register_does_not_have_is_pointed_out(a_repository):
    (a_repository / "processes/law.py").write_text('"""Law (R-999)."""\n', encoding="utf-8")
    assert unknown_numbers(a_repository) == [("R-999", "kod processes.law")]


def test_everything_in_this_repository_names_requirements_that_exist():
    assert unknown_numbers(ROOT) == []


def test_every_requirement_has_something_that_carries_it():
    assert [row.requirement.id for row in coverage_rows(ROOT) if not row.carriers] == []


def test_every_deadline_that_carries_a_requirement_exists():
    assert set(DEADLINE_REQUIREMENTS) <= set(DEADLINES)


def test_a_diagram_that_reaches_for_a_file_is_not_read():
    evil = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + DIAGRAM.replace("6.1", "&x;").encode()
    assert list(carriers_in_diagram(evil)) == []
    assert [carrier.requirement for carrier in carriers_in_diagram(DIAGRAM.encode())] == ["R-049", "R-117"]
