"""Diagrams of other tools: explained element by element in Swedish, translated where safe, and never a crash."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processes.diagrams.archives import ArchiveRefused, open_archive, pack_archive
from processes.diagrams.foreign import as_utf_8, explain, read_foreign, suggested_key, translate
from processes.diagrams.foreign.conditions import our_condition
from processes.diagrams.names import known_names
from processes.engine.drawing import read_drawings
from processes.engine.xml_input import FileRefused
from processes.operations import OPERATIONS
from tests.city import DIAGRAMS
from tests.diagrams.foreign_files import BPMN_IO, CAMUNDA_7, CAMUNDA_8, SPIFF_ARENA, STYLES, between, file

NAMES = known_names(OPERATIONS)
PATH = "prov/prov.bpmn"
OURS = (DIAGRAMS / "mottagning" / "mottagning.bpmn").read_bytes()
RAW = re.compile(r"Traceback|Error\b|Exception|lxml|SpiffWorkflow|xmlns|\bline \d|object at 0x|None\b")
"""What a parser says, and no person should read."""


def told(content: bytes) -> dict[str | None, list[str]]:
    """The sentences about each element."""
    found: dict[str | None, list[str]] = {}
    for remark in explain({}, PATH, content, NAMES).remarks:
        found.setdefault(remark.element, []).append(remark.message)
    return found


def says(content: bytes, element: str | None, words: str) -> bool:
    return any(words in sentence for sentence in told(content).get(element, []))


@pytest.mark.parametrize(
    ("inside", "element", "words"),
    [
        pytest.param(
            between('<bpmn:exclusiveGateway id="Task_1" name="Betalt?"/>')
            + '<bpmn:sequenceFlow id="F3" name="Nej" sourceRef="Task_1" targetRef="End_1"/>',
            "F3",
            "Flödet ”Nej” från valet ”Betalt?” saknar villkor.",
            id="choice without a condition",
        ),
        pytest.param(
            between(
                '<bpmn:intermediateCatchEvent id="Task_1"><bpmn:timerEventDefinition/></bpmn:intermediateCatchEvent>'
            ),
            "Task_1",
            "Tidshändelsen saknar tid.",
            id="timer without a time",
        ),
        pytest.param('<bpmn:userTask id="Task_1"/>', "Process_1", "Processen har ingen start", id="no start"),
        pytest.param(
            between('<bpmn:userTask id="Task_1"/><bpmn:userTask id="Task_1"/>'),
            "Task_1",
            "2 element har samma id",
            id="one id twice",
        ),
        pytest.param(
            between('<bpmn:userTask id="Task_1" name="Ring"/>')
            + '<bpmn:sequenceFlow id="F3" sourceRef="Task_1" targetRef="End_1"/>',
            "Task_1",
            "Flera flöden lämnar ”Ring”; använd en gateway",
            id="a split without a gateway",
        ),
        pytest.param(
            between('<bpmn:userTask id="Task_1"/>') + '<bpmn:dataStoreReference id="D" name="Treserva"/>',
            "D",
            "Datalagret ”Treserva” körs inte.",
            id="data store",
        ),
        pytest.param(
            between(
                '<bpmn:userTask id="Task_1"><bpmn:dataInputAssociation id="A"><bpmn:sourceRef>x</bpmn:sourceRef>'
                "</bpmn:dataInputAssociation></bpmn:userTask>"
            ),
            "Task_1",
            "Pilen till eller från data körs inte.",
            id="arrow to data",
        ),
        pytest.param(
            between('<bpmn:subProcess id="Task_1"><bpmn:userTask id="Inne"/></bpmn:subProcess>'),
            "Task_1",
            "Den saknar också start och slut.",
            id="sub-process without start and end",
        ),
    ],
)
def test_each_cause_for_which_most_are_refused_is_told_at_its_element(
    inside: str, element: str, words: str
) -> None:
    assert says(file(inside), element, words), told(file(inside))


@pytest.mark.parametrize("style", STYLES)
def test_every_tools_file_is_explained_without_a_word_of_a_parser(style: str) -> None:
    explained = explain({}, PATH, STYLES[style], NAMES)
    assert explained.refused is None
    assert explained.remarks
    assert not explained.can_run
    for remark in explained.remarks:
        assert not RAW.search(remark.message), remark
        assert remark.message[0].isupper() or remark.message[0] in "”1234567890" or remark.element


@pytest.mark.parametrize(
    ("style", "tool"),
    [
        ("Camunda 7", "Camunda Modeler (Camunda 7)"),
        ("Camunda 8", "Camunda Web Modeler (Camunda 8)"),
        ("bpmn.io", "bpmn-js (https://demo.bpmn.io)"),
        ("Bizagi", "Bizagi"),
        ("SpiffArena", None),
    ],
)
def test_the_tool_is_recognised(style: str, tool: str | None) -> None:
    assert explain({}, PATH, STYLES[style], NAMES).tool == tool


def test_what_only_camunda_would_have_done_is_said() -> None:
    assert says(CAMUNDA_7, "Task_1", "Vem som gör steget (demo) bestäms här av simbanan.")
    assert says(CAMUNDA_7, "Task_1", "En lyssnare körs inte här.")
    assert says(CAMUNDA_7, "Task_1", "Förfallotiden (${frist}) skrivs inte i diagrammet här.")
    assert says(CAMUNDA_8, "Task_1", "Steget anropar kod i ett annat system (skicka-brev).")
    assert says(SPIFF_ARENA, "Task_1", "Skript körs inte här.")


@pytest.mark.parametrize("style", STYLES)
def test_a_translated_file_has_our_names_and_nothing_of_the_tool(style: str) -> None:
    translated = translate(STYLES[style], "hyreskoll")
    content = translated.files["hyreskoll/hyreskoll.bpmn"]
    [drawing] = read_drawings(translated.path, content)
    assert (drawing.key, drawing.executable) == ("hyreskoll", True)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", node.id) for node in drawing.nodes)
    assert not re.search(rb"camunda:|zeebe:|signavio:|bizagi:|dataStore", content)
    assert b'bpmnElement="hyreskoll"' in content
    again = translate(content, "hyreskoll")
    assert again.done == ()
    assert again.files == {translated.path: content}


def test_arrows_lanes_and_shapes_follow_a_step_that_gets_a_new_name() -> None:
    content = translate(BPMN_IO, "hyreskoll").files["hyreskoll/hyreskoll.bpmn"]
    [drawing] = read_drawings(PATH, content)
    assert [(flow.source, flow.target) for flow in drawing.flows] == [
        ("start", "packa_parmen"),
        ("packa_parmen", "slut"),
    ]
    assert drawing.by_id["packa_parmen"].kind == "userTask"
    assert b'bpmnElement="packa_parmen"' in content


def test_a_step_never_takes_the_name_of_a_step_in_another_diagram() -> None:
    content = translate(BPMN_IO, "hyreskoll", frozenset({"packa_parmen", "slut"})).files[
        "hyreskoll/hyreskoll.bpmn"
    ]
    [drawing] = read_drawings(PATH, content)
    assert sorted(node.id for node in drawing.nodes) == ["packa_parmen_2", "slut_2", "start"]


def test_questions_inside_a_step_become_a_form() -> None:
    form = json.loads(translate(CAMUNDA_7, "hyreskoll").files["hyreskoll/forms/kontrollera_hyran.json"])
    assert form == {
        "title": "Kontrollera hyran",
        "type": "object",
        "properties": {
            "hyran_betald": {"type": "boolean", "title": "Är hyran betald?"},
            "grund": {"type": "string", "oneOf": [{"const": "a", "title": "Avtal"}], "title": "Grund"},
        },
        "required": ["hyran_betald"],
    }


def test_a_question_of_an_unknown_kind_is_not_guessed_at() -> None:
    odd = CAMUNDA_7.replace(b'type="boolean"', b'type="money"')
    assert set(translate(odd, "hyreskoll").files) == {"hyreskoll/hyreskoll.bpmn"}


def test_calls_tables_and_instructions_are_carried_over() -> None:
    [drawing] = read_drawings(PATH, translate(CAMUNDA_8, "prov").files[PATH])
    assert {node.called for node in drawing.nodes} == {None, "mottagning"}
    assert {node.decision for node in drawing.nodes} == {None, "bradska"}
    [read] = read_drawings(PATH, translate(SPIFF_ARENA, "prov").files[PATH])
    assert read.by_id["las_avtalet"].documentation == "Läs hela avtalet."


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("${approved == true}", "approved == True"),
        ("#{amount gt 5 && !late}", "amount > 5 and not late"),
        ('${kind == "a && b"}', 'kind == "a && b"'),
        ('= status = "klar" or paid', 'status == "klar" or paid'),
        ("${!a == b}", None),
        ("${bean.call()}", None),
        ("${empty list}", None),
        ("= rent - paid > 0", None),
        ("approved", None),
        ("${${x}}", None),
    ],
)
def test_a_condition_is_rewritten_only_where_it_means_the_same(theirs: str, ours: str | None) -> None:
    assert our_condition(theirs) == ours


def test_a_date_that_names_one_thing_is_named_alike_here() -> None:
    event = (
        '<bpmn:intermediateCatchEvent id="Task_1"><bpmn:timerEventDefinition><bpmn:timeDate>${frist}</bpmn:timeDate>'
        "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
    )
    [drawing] = read_drawings(PATH, translate(file(between(event)), "prov").files[PATH])
    assert [node.timer for node in drawing.nodes if node.timer] == [("timeDate", "frist")]


def test_a_diagram_of_our_own_comes_back_as_it_was() -> None:
    translated = translate(OURS, "mottagning")
    assert translated.done == ()
    assert translated.files == {"mottagning/mottagning.bpmn": OURS}


@pytest.mark.parametrize(
    ("content", "name", "key"),
    [
        (OURS, "kopia (2).bpmn", "mottagning"),
        (CAMUNDA_7, "x.bpmn", "hyreskoll"),
        (BPMN_IO, "Ärende om hyra.bpmn", "arende-om-hyra"),
        (BPMN_IO, "???.bpmn", "nytt-diagram"),
    ],
)
def test_a_new_process_is_named_after_its_diagram(content: bytes, name: str, key: str) -> None:
    assert suggested_key(content, name) == key


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_any_encoding_that_a_file_names_is_read_and_written_as_utf_8(encoding: str) -> None:
    text = CAMUNDA_7.decode().replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    content = text.encode(encoding)
    [drawing] = read_drawings(PATH, translate(content, "prov").files[PATH])
    assert drawing.by_id["kontrollera_hyran"].name == "Kontrollera hyran"
    assert "Är hyran betald?" in as_utf_8(content).decode()
    assert read_foreign(as_utf_8(content)) is not None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "tom"),
        (b"{}", "JSON"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "bild"),
        (b"PK\x03\x04", "paket"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"<mxfile/>", "draw.io"),
        (b"<Package xmlns='http://www.wfmc.org/2009/XPDL2.2'/>", "XPDL"),
        (b"<definitions xmlns='http://www.omg.org/spec/CMMN/20151109/MODEL'/>", "CMMN"),
        (b"<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/'/>", "beslutstabell"),
        (b"<a>" * 70 + b"</a>" * 70, "djupt"),
        (b"<a>" + b"<b/>" * 30_000 + b"</a>", "många"),
        (b"<a>" + b" " * 2_000_001, "större"),
        (b'<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><a>&c;</a>', "DOCTYPE"),
        (b"<a", "inte läsbar XML"),
        (b"\xff\xfe<\x00a", "inte läsbar XML"),
    ],
)
def test_what_is_no_diagram_is_told_what_it_is(content: bytes, words: str) -> None:
    explained = explain({}, PATH, content, NAMES)
    assert explained.refused is not None
    assert words in explained.refused
    assert not RAW.search(explained.refused)
    assert not explained.remarks


def test_a_file_without_a_process_or_with_several_is_told_so() -> None:
    assert says(CAMUNDA_7.replace(b"bpmn:process", b"bpmn:category"), None, "ingen process att köra")
    two = CAMUNDA_7.replace(b"</bpmn:process>", b'</bpmn:process><bpmn:process id="P2"/>')
    assert says(two, None, "Filen har 2 processer.")


def test_a_file_with_thousands_of_faults_is_told_a_bounded_number() -> None:
    many = "".join(f'<bpmn:manualTask id="T_{number}"/>' for number in range(140))
    assert len(explain({}, PATH, file(between(many)), NAMES).remarks) <= 201


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A valid file of some tool after a few accidents."""
    content = draw(st.sampled_from([*STYLES.values(), OURS]))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 60))
        accident = draw(st.sampled_from(["lose", "double", "noise", "attribute", "element"]))
        if accident == "lose":
            content = content[:place] + content[place + length :]
        elif accident == "double":
            content = content[: place + length] + content[place:]
        elif accident == "noise":
            content = content[:place] + draw(st.binary(max_size=8)) + content[place:]
        else:
            content = _lose_one(
                content, place, rb' [\w:]+="[^"]*"' if accident == "attribute" else rb"<[^<>]*/>"
            )
    return content


def _lose_one(content: bytes, place: int, pattern: bytes) -> bytes:
    found = list(re.finditer(pattern, content))
    if not found:
        return content
    lost = found[place % len(found)]
    return content[: lost.start()] + content[lost.end() :]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutations())
def test_no_broken_file_makes_us_fail_or_speak_like_a_parser(content: bytes) -> None:
    explained = explain({}, PATH, content, NAMES)
    for remark in explained.remarks:
        assert not RAW.search(remark.message.replace(remark.name or "\0", "")), remark
    if explained.refused is not None:
        with pytest.raises(FileRefused, match=re.escape(explained.refused)):
            translate(content, "prov")
        return
    translated = translate(content, "prov")
    read_drawings(PATH, translated.files[PATH])
    assert explain({}, PATH, translated.files[PATH], NAMES).refused is None


def test_a_folder_comes_back_from_its_zip_file() -> None:
    files = {"a/a.bpmn": OURS, "a/forms/b.json": b"{}"}
    assert open_archive(pack_archive(files)) == files
    assert pack_archive(files) == pack_archive(dict(reversed(files.items())))


def zipped(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def test_folders_around_and_hidden_files_are_left_out() -> None:
    sent = zipped(("min mapp/a/a.bpmn", b"x"), ("__MACOSX/._a", b"y"), ("min mapp/.DS_Store", b"z"))
    assert open_archive(sent) == {"a/a.bpmn": b"x"}
    assert open_archive(zipped(("a/a.bpmn", b"x"), ("a/forms/b.json", b"y"))) == {
        "a/a.bpmn": b"x",
        "a/forms/b.json": b"y",
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04", "ingen zip-fil"),
        (b"", "ingen zip-fil"),
        (zipped(), "tom"),
        (zipped(*((f"a/{number}.md", b"") for number in range(1_001))), "fler än"),
        (zipped(("a/a.bpmn", b"\0" * 3_000_000)), "större än 2 MB"),
        (zipped(*((f"a/{number}.md", b"\0" * 1_900_000) for number in range(12))), "större än 20 MB"),
    ],
)
def test_a_zip_file_is_opened_within_bounds(content: bytes, words: str) -> None:
    with pytest.raises(ArchiveRefused, match=words):
        open_archive(content)


def test_a_zip_file_that_lies_about_its_size_is_found_out() -> None:
    honest = zipped(("a/a.bpmn", b"\0" * 3_000_000))
    lying = honest.replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(ArchiveRefused):
        open_archive(lying)
