"""What a document names is there: files, settings, addresses of pages, and the words that stand on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from app import create_app
from app.labels import LABELS
from app.texts import LANGUAGES
from app.texts.english import ENGLISH
from processes.actions.demo import CAST
from processes.engine.xml_input import read_xml
from processes.forms.loading import read_form_file
from processes.rules.gates import GATES
from processes.rules.units import LANE_NAMES
from processes.runtime import Runtime
from processes.settings import Settings, explained
from tests.docs.conftest import DOCUMENTS, ROOT
from tests.docs.markdown import blocks, codes, labels, prose

ENDINGS = "bpmn|dmn|json|md|mjs|py|toml|txt|yaml|yml|lock|db|svg|html|css"
FILE = re.compile(rf"^(?:[\w.*-]+/)*[\w.*-]+\.(?:{ENDINGS})$|^(?:[\w.*-]+/)+[\w.*-]*$")
ADDRESS = re.compile(r"^/[\w./-]+$")
SETTING = re.compile(r"\bKVARBOENDE_[A-Z_]+\b")
MADE_LATER = ("var/", "app/static/dist", ".env")
"""What only a running system, a build or an operator makes."""
WITH_LABELS = [
    ROOT / "README.md",
    *(ROOT / "docs" / f"{name}.md" for name in ("handlaggare", "arbetsledning", "processagare")),
    *(ROOT / "docs" / f"{name}.md" for name in ("tillganglighet", "settings", "retention")),
]
"""The documents whose italics are words of the pages."""


@cache
def names_of_tests() -> frozenset[str]:
    """What the files of the tests are called, wherever they lie."""
    return frozenset(path.name for path in (ROOT / "tests").rglob("*.py"))


def is_there(named: str, document: Path) -> bool:
    """Whether the path leads somewhere from the root, from the document or from some folder of processes."""
    folders = (ROOT, document.parent, ROOT / "processes", ROOT / "bpmn-diagrams")
    return (
        named.startswith(MADE_LATER)
        or named in names_of_tests()
        or any(next(folder.glob(named), None) for folder in folders)
    )


def test_every_file_that_is_named_is_there(document):
    named = [code.partition("::")[0] for code in codes(document.read_text("utf-8"))]
    assert [code for code in named if FILE.match(code) and not is_there(code, document)] == []


def test_every_setting_that_is_named_can_be_set(document):
    text = document.read_text("utf-8")
    said = prose(text) + "".join(block.text for block in blocks(text) if block.language != "diff")
    assert set(SETTING.findall(said)) - {name for name, _, _ in explained()} == set()


def test_every_address_that_is_named_is_answered():
    runtime = Runtime.open(Settings.from_environment({"KVARBOENDE_SECRET_KEY": "x" * 40}))
    known = {rule.rule.rstrip("/") for rule in create_app(runtime).url_map.iter_rules()}
    named = {
        code for document in DOCUMENTS for code in codes(document.read_text("utf-8")) if ADDRESS.match(code)
    }
    assert len(named) > 3
    assert {address for address in named if address.rstrip("/") not in known | {"/api/v1"}} == set()


def titles_in(form: object) -> Iterator[str]:
    """Every title in a form: of the form, its sections, its questions and their answers."""
    if isinstance(form, Mapping):
        for name, value in form.items():
            if name == "title":
                yield str(value)
            yield from titles_in(value)
    elif isinstance(form, list):
        for value in form:
            yield from titles_in(value)


@cache
def words_of_the_pages() -> frozenset[str]:
    """Everything short that stands on a page: sentences, labels, steps, questions, answers, gates, units and people."""
    found = {*ENGLISH, *LANGUAGES.values(), *LANE_NAMES, *(person.name for person in CAST)}
    found |= {word for family in LABELS.values() for word in family.values()}
    found |= {gate.title for gate in GATES.values()}
    for path in ROOT.glob("bpmn-diagrams/*/*.bpmn"):
        found |= {
            element.get("name") for element in read_xml(path.read_bytes()).iter() if element.get("name")
        }
    for path in ROOT.glob("bpmn-diagrams/*/forms/*.json"):
        found |= set(titles_in(read_form_file(path.read_bytes())))
    return frozenset(found)


@pytest.mark.parametrize("document", WITH_LABELS, ids=lambda path: path.name)
def test_every_word_of_the_pages_that_is_quoted_stands_there(document):
    quoted = labels(document.read_text("utf-8"))
    assert sorted(quoted - words_of_the_pages()) == []


def test_the_guide_for_caseworkers_quotes_what_they_press():
    assert len(labels((ROOT / "docs/handlaggare.md").read_text("utf-8"))) > 40
    assert {"Slutför uppgiften", "Ta uppgift"} <= words_of_the_pages()
