"""Whatever hostile text somebody writes in a diagram, a decision table or a form file, it is refused and never run."""

from __future__ import annotations

import json
import re

import pytest

from processes.engine import refusals_in
from processes.engine.assignments import read_assignments
from processes.engine.dmn_input import read_table
from processes.engine.expressions import ExpressionFailed, Value, compile_expression
from processes.engine.feel import CellRefused, read_cell
from processes.engine.xml_input import FileRefused, read_xml
from processes.errors import AnswersRefused, ExpressionRefused
from processes.forms import Choices, load_form
from processes.forms.loading import FormRefused
from tests.engine.drawn import Drawn, files_of
from tests.engine.test_expressions import ATTACKS

IMPORTS = [
    "__import__('os').system('id')",
    "importlib.import_module('os')",
    "import os",
    "from os import system",
    "exec('import os')",
    "eval('1')",
    "compile('1', 'x', 'eval')",
    "open('/etc/passwd').read()",
    "breakpoint()",
    "globals()",
    "vars()",
]
DUNDER_WALKS = [
    "''.__class__.__mro__[1].__subclasses__()",
    "().__class__.__base__.__subclasses__()[0]",
    "amount.__init__.__globals__",
    "getattr(amount, '__class__')",
    "'{0.__class__}'.format(amount)",
    "'{0.__class__.__init__.__globals__}'.format_map(amount)",
    "f'{amount.__class__}'",
    "type(amount)",
    "amount.__class__.__class__('x', (), {})",
    "ａmount.__class__",
    "__builtins__",
    "__debug__",
    "(x := amount).__class__",
]
RESOURCE_BOMBS = [
    "9**9**9",
    "10**10**10",
    "'a' * 10**10",
    "[0] * 10**10",
    "sum(range(10**12))",
    "1 << 10**10",
    "'{:999999999}'.format(1)",
    "f'{1:999999999}'",
    "[x for x in range(10**10)]",
    "while True: pass",
    "(" * 400 + "1" + ")" * 400,
    "not " * 240 + "x",
    "1" * 1_000,
    "a" * 5_000_000,
    "1+" * 2_000_000 + "1",
    "x in [" + "1," * 490 + "1]",
    "\U0001d41a" * 1_000,
]


@pytest.mark.parametrize(
    "text", [*IMPORTS, *DUNDER_WALKS, *RESOURCE_BOMBS, *ATTACKS], ids=lambda text: text[:40]
)
def test_an_attack_in_a_condition_is_refused(text, a_second):
    with a_second, pytest.raises(ExpressionRefused) as refused:
        compile_expression(text)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("text", [*IMPORTS, *DUNDER_WALKS, *RESOURCE_BOMBS], ids=lambda text: text[:40])
def test_an_attack_in_a_script_is_refused(text, a_second):
    with a_second, pytest.raises(ExpressionRefused):
        read_assignments(f"answer = {text}")


@pytest.mark.parametrize(
    "text", [*IMPORTS[:3], *DUNDER_WALKS[:4], *RESOURCE_BOMBS[:4]], ids=lambda text: text[:40]
)
def test_an_attack_on_a_drawn_flow_or_timer_is_told_of_the_whole_diagram(text, a_second):
    drawn = Drawn().start().user("a").timer("t", text).end().flow("start", "a", "t", "slut")
    with a_second:
        found = refusals_in(files_of(drawn), "prov")
    assert found
    assert all(refusal.message.endswith(".") for refusal in found)


@pytest.mark.parametrize(
    "text",
    [
        "big * big * big * big",
        "text + text",
        "amount / 0",
        "amount % 0",
        "big // 0",
        "'%999999999d' % 1",
    ],
)
def test_a_calculation_that_would_grow_without_end_fails_early(text, a_second):
    facts: dict[str, Value] = {"big": 10**9, "text": "x" * 1_900, "amount": 1}
    with a_second, pytest.raises(ExpressionFailed):
        compile_expression(text).evaluate(facts.__getitem__)


CELLS = [
    '= __import__("os")',
    'not(open("/etc/passwd"))',
    "[1..9999999999999999]",
    '"a"*10**10',
    '"{0.__class__}".format(x)',
    "for i in [1..1000000000] return i",
    'function() external {java: {class: "java.lang.Runtime", method signature: "exec(java.lang.String)"}}',
    "x.__class__",
    "{a: 1}.a",
    "> 9**9**9",
    'string length("a")',
    'not("a"',
    "(" * 5_000 + ")" * 5_000,
    '"' + "x" * 5_000 + '"',
    "1," * 100_000 + "1",
    '""" + x + """',
    "every x in y satisfies x",
    '@"2020-01-01"',
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell[:40])
def test_an_attack_in_a_cell_of_a_decision_table_is_refused(cell, a_second):
    with a_second, pytest.raises(CellRefused):
        read_cell(cell)


def test_a_decision_table_with_more_rows_than_anybody_reads_is_refused(a_second):
    row = b"<rule><inputEntry><text>1</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"
    head = (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d"><decisionTable>'
    )
    columns = b'<input><inputExpression><text>x</text></inputExpression></input><output name="y"/>'
    content = head + columns + row * 500 + b"</decisionTable></decision></definitions>"
    with a_second, pytest.raises(FileRefused, match="200 rader"):
        read_table(content)


def entities(levels: int, times: int) -> str:
    """A document type in which each entity is the one before, many times over."""
    told = [f'<!ENTITY a{number} "{f"&a{number - 1};" * times}">' for number in range(1, levels)]
    return f'<!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">{"".join(told)}]>'


LAUGHS = entities(10, 10)
FILES = {
    "billion laughs": f"{LAUGHS}<a>&a9;</a>".encode(),
    "billion laughs in an attribute": f'{LAUGHS}<a b="&a9;"/>'.encode(),
    "billion laughs in utf-16": f'<?xml version="1.0" encoding="utf-16"?>{LAUGHS}<a>&a9;</a>'.encode(
        "utf-16"
    ),
    "quadratic blow-up": f'<!DOCTYPE a [<!ENTITY a "{"x" * 400_000}">]><a>{"&a;" * 300_000}</a>'.encode(),
    "quadratic in an attribute": f'<!DOCTYPE a [<!ENTITY a "{"x" * 400_000}">]><a b="{"&a;" * 300_000}"/>'.encode(),
    "external entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "external entity over the network": b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><a>&x;</a>',
    "parameter entity": b'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><a/>',
    "external document type": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    "document type in utf-7": b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>',
    "document type in utf-16 without mark": (
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16-le")
    ),
    "document type in utf-32": '<?xml version="1.0" encoding="utf-32"?><!DOCTYPE a><a/>'.encode("utf-32"),
    "document type in ebcdic": '<?xml version="1.0" encoding="cp037"?><!DOCTYPE a><a/>'.encode("cp037"),
    "attributes by default": b"<!DOCTYPE a [<!ATTLIST a "
    + b" ".join(b'a%d CDATA "x"' % number for number in range(50_000))
    + b"]><a/>",
    "deep": b"<a>" * 250 + b"</a>" * 250,
    "very deep": b"<a>" * 200_000 + b"</a>" * 200_000,
    "huge attribute": b'<a b="' + b"x" * 1_900_000 + b'"/>',
    "thousands of attributes": b"<a " + b" ".join(b'a%d="1"' % number for number in range(150_000)) + b"/>",
    "thousands of namespaces": (
        b"<a " + b" ".join(b'xmlns:a%d="u"' % number for number in range(80_000)) + b"/>"
    ),
    "namespaces hidden below": (
        b"<a><b " + b" ".join(b'xmlns:a%d="u"' % number for number in range(80_000)) + b' c=""/></a>'
    ),
    "huge name": b"<" + b"a" * 1_900_000 + b"/>",
    "huge file": b"<a>" + b" " * 2_100_000 + b"</a>",
    "thousands of elements": b"<a>" + b"<b/>" * 400_000 + b"</a>",
    "zip": b"PK\x03\x04" + b"\x00" * 1_000,
}


@pytest.mark.parametrize("name", FILES)
def test_an_xml_bomb_is_refused_with_a_sentence(name, a_second):
    with a_second, pytest.raises(FileRefused) as refused:
        read_xml(FILES[name])
    assert re.fullmatch(r"[A-ZÅÄÖ][^\n]{10,100}\.", str(refused.value))


def test_an_inclusion_is_left_as_it_stands(a_second):
    ours = b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>'
    with a_second:
        root = read_xml(ours)
    assert not "".join(root.itertext())


def form_with(**spec: object) -> bytes:
    """A form with one text field of this kind."""
    field = {"type": "string", "title": "Ord", **spec}
    return json.dumps({"title": "T", "type": "object", "properties": {"x": field}}).encode()


SLOW_PATTERNS = [
    "(a+)+",
    "(a|a)*b",
    "(a|aa)+",
    ".*.*.*x",
    "a?" * 30 + "a" * 30,
    "(.*)*x",
    r"(\w+\s?)*",
    "(?=(a+))a*b",
    r"(a)\1",
    "a{1,9999}",
    "[a-z",
    "^a$",
    "x" * 10_000,
]
FORMS = {
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 30_000 + b"1" + b"}" * 30_000,
    "not a number": b'{"title": NaN}',
    "a number of many digits": b'{"title": ' + b"9" * 100_000 + b"}",
    "huge": form_with(title="x" * 1_000_000),
    "zero bytes": b"\x00" * 100,
    "utf-16": "{}".encode("utf-16"),
    "a key of python's": b'{"__class__": 1}',
    "a field of python's": form_with().replace(b'"x"', b'"__class__"'),
    "a field that climbs": form_with().replace(b'"x"', b'"../x"'),
    "a field with a tag": form_with().replace(b'"x"', b'"<script>"'),
    "a file among the fields": form_with(format="file"),
    "thousands of names twice": b"{" + b'"a":1,' * 30_000 + b'"a":1}',
    "thousands of names": b"{" + b",".join(b'"a%d":1' % number for number in range(15_000)) + b"}",
} | {f"pattern {pattern[:20]}": form_with(pattern=pattern) for pattern in SLOW_PATTERNS}


@pytest.mark.parametrize("name", FORMS)
def test_an_attack_in_a_form_file_is_refused(name, a_second):
    with a_second, pytest.raises(FormRefused) as refused:
        load_form(FORMS[name])
    assert refused.value.problems


@pytest.mark.parametrize(
    "pattern", ["T-[0-9]+", r"\d{6}-\d{4}", "[A-Z]{1,3} ?[0-9]*", r".{1,20}.{1,20}.{1,20}.*x"]
)
def test_the_slowest_pattern_that_is_let_through_is_quick_on_the_longest_text(pattern, a_second):
    form = load_form(form_with(pattern=pattern))
    with a_second, pytest.raises(AnswersRefused) as refused:
        form.read({"x": "a" * form.fields["x"].max_length}, Choices())
    assert "rätt form" in refused.value.in_full
