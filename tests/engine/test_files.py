"""Whatever file somebody uploads, the answer is a diagram or a Swedish sentence, and never a way in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.engine import parse_bundle, refusals_in
from processes.engine.xml_input import FileRefused, read_xml
from processes.errors import DiagramRefused
from tests.engine.drawn import Drawn, files_of

PLAIN = Drawn().start().user("a").wait("v").message("m", "nytt").timer("t", "dag").end().end("s2")
PLAIN.flow("start", "a", "v", "m", "slut").flow("v", "t", "s2")
LAUGHS = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"not xml",
        b"<a>",
        b"<a></b>",
        b"\xff\xfe\x00",
        b"\x00" * 100,
        b"<a>\xe5</a>",
        b"PK\x03\x04 a zip file",
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        (LAUGHS + "<a>&b;</a>").encode(),
        b"<a>&unknown;</a>",
        b"<a>" * 100 + b"</a>" * 100,
        b"<a>" + b"<b/>" * 30_000 + b"</a>",
        b"<a>" + b" " * 2_100_000 + b"</a>",
    ],
)
def test_an_unreadable_or_dangerous_file_is_refused(content):
    with pytest.raises(FileRefused) as refused:
        read_xml(content)
    assert str(refused.value).endswith(".")


def test_comments_and_instructions_are_left_out():
    root = read_xml(b"<?xml-stylesheet href='x'?><a><!-- c --><b><?php x?></b></a>")
    assert [element.tag for element in root.iter()] == ["a", "b"]


def test_a_file_with_a_doctype_is_refused_with_its_name():
    drawn = Drawn(before="<!DOCTYPE x>").start().end().flow("start", "slut")
    found = refusals_in(files_of(drawn), "prov")
    assert found[0].element == "prov/prov.bpmn"
    assert "DOCTYPE" in found[0].message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a/>",
        b"{}",
        b"<definitions/>",
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
    ],
)
def test_a_file_without_a_process_gives_sentences_and_no_failure(content):
    found = refusals_in({"prov/prov.bpmn": content}, "prov")
    assert found
    assert all(refusal.message.endswith(".") for refusal in found)
    with pytest.raises(DiagramRefused):
        parse_bundle("prov", {"prov/prov.bpmn": content})


def test_no_files_at_all_give_a_sentence():
    assert [refusal.message for refusal in refusals_in({}, "prov")] == [
        "Det finns inget diagram för processen prov."
    ]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_diagram_with_random_damage_is_refused_or_runs_as_drawn(data):
    content = bytearray(PLAIN.xml())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 60))
        content[start : start + length] = data.draw(st.binary(max_size=12))
    files = {"prov/prov.bpmn": bytes(content)}
    found = refusals_in(files, "prov")
    assert all(refusal.message and refusal.element for refusal in found)
    if not found:
        assert parse_bundle("prov", files).key == "prov"


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_diagram_with_a_missing_or_repeated_element_is_refused_or_runs(data):
    elements = list(PLAIN.elements)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(elements) - 1))
        if data.draw(st.booleans()):
            elements.insert(place, data.draw(st.sampled_from(elements)))
        else:
            del elements[place]
            elements = elements or [""]
    drawn = Drawn(elements=elements, messages=dict(PLAIN.messages))
    found = refusals_in(files_of(drawn), "prov")
    if not found:
        assert parse_bundle("prov", files_of(drawn)).steps
    assert all("Exception" not in refusal.message for refusal in found)


def test_elements_of_other_tools_beside_the_diagram_are_no_trouble():
    drawn = Drawn().start().end().flow("start", "slut").node(
        "userTask", "a", "<bpmn:extensionElements><other:thing xmlns:other='urn:other' href='file:///x'/></bpmn:extensionElements>"
        "<bpmn:incoming>f1</bpmn:incoming>"
    )  # fmt: skip
    drawn.elements[2] = drawn.elements[2].replace('targetRef="slut"', 'targetRef="a"')
    drawn.flow("a", "slut").raw(
        '<bpmn:textAnnotation id="note"><bpmn:text>x</bpmn:text></bpmn:textAnnotation>'
    )
    drawn.raw('<bpmn:association id="as" sourceRef="a" targetRef="note"/><bpmn:group id="g"/>')
    assert refusals_in(files_of(drawn), "prov") == []


def test_arrows_hidden_where_no_check_looks_are_not_followed():
    hidden = '<bpmn:sequenceFlow id="dold" sourceRef="a" targetRef="b"/>'
    hidden = f"<bpmn:extensionElements>{hidden}</bpmn:extensionElements>"
    drawn = Drawn().start().node("userTask", "a", hidden).user("b").end().flow("start", "a", "slut")
    found = refusals_in(files_of(drawn), "prov")
    assert [(refusal.element, refusal.message) for refusal in found] == [("b", "”b” leder ingenstans.")]


def test_a_file_with_thousands_of_steps_is_only_told_to_be_divided():
    drawn = Drawn().start().end().user(*[f"a{number}" for number in range(3000)])
    drawn.flow("start", *[f"a{number}" for number in range(3000)], "slut")
    [refusal] = refusals_in(files_of(drawn), "prov")
    assert refusal.message == "Diagrammet har fler än 150 steg; dela upp det med anropsaktiviteter."
