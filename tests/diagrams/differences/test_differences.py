"""What stands between two sets of files: what is told, in which words, and what makes no difference."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from processes.diagrams.differences import differences
from tests.diagrams.differences.mutations import (
    DIAGRAM,
    DUE_TIMES,
    FORM,
    LETTER,
    MUTATIONS,
    STORY,
    TABLE,
    Mutation,
    published,
)


def test_nothing_stands_between_files_and_themselves():
    assert differences(published(), published()) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_change_is_told_once_of_its_element_with_before_and_after(mutation):
    found = differences(published(), mutation.done_to(published()))

    assert [(one.path, one.kind, one.element) for one in found] == [
        (mutation.path, mutation.kind, mutation.element)
    ]
    assert found[0].sentence.startswith(mutation.words)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_same_change_backwards_is_told_the_other_way_round(mutation):
    there = differences(published(), mutation.done_to(published()))
    back = differences(mutation.done_to(published()), published())

    assert sorted((one.before, one.after) for one in back) == sorted((one.after, one.before) for one in there)


def test_a_new_file_and_one_that_goes_are_told_as_a_whole():
    without = {path: content for path, content in published().items() if path != FORM}

    (gone,) = differences(published(), without)
    (new,) = differences(without, published())

    assert (gone.kind, gone.sentence) == ("removed", f"Formuläret {FORM} har tagits bort.")
    assert (new.kind, new.sentence) == ("added", f"Formuläret {FORM} har lagts till.")


# Ways of writing the same thing


def in_other_words(text: str) -> str:
    """The XML as another tool would write it: other prefixes, other blanks, other order of attributes, a comment."""
    root = etree.fromstring(text.encode())
    for element in root.iter():
        attributes = sorted(element.attrib.items(), reverse=True)
        element.attrib.clear()
        element.attrib.update(attributes)
    written = (
        etree.tostring(root, encoding="unicode").replace("bpmn:", "b:").replace("xmlns:bpmn=", "xmlns:b=")
    )
    return "<!-- another tool -->" + re.sub(r">\s+<", "><", written)


REWRITES: dict[str, tuple[str, Callable[[str], str]]] = {
    "other blanks and prefixes": (DIAGRAM, in_other_words),
    "other ids of definitions": (DIAGRAM, lambda text: text.replace('id="definition_', 'id="Def_')),
    "other ids of messages": (DIAGRAM, lambda text: text.replace("message_kfm", "Message_1_kfm")),
    "other ids of lanes": (DIAGRAM, lambda text: text.replace("lane_vuxenenheten", "Lane_1")),
    "other ids of flows": (DIAGRAM, lambda text: text.replace("flow_", "Flow_")),
    "who wrote it": (DIAGRAM, lambda text: text.replace("<bpmn:definitions", '<bpmn:definitions exporter="X"')),
    "numbers with a point": (DIAGRAM, lambda text: text.replace('x="850"', 'x="850.0"')),
    "other order of keys": (FORM, lambda text: json.dumps(json.loads(text), sort_keys=False, indent=1)),
    "other blanks in a form": (FORM, lambda text: re.sub(r"\n\s+", "", text)),
    "other blanks in a table": (TABLE, lambda text: re.sub(r">\s+<", "><", text)),
    "other ids of rows": (DUE_TIMES, lambda text: text.replace("forfallotider_rad_", "DecisionRule_")),
    "an empty cell instead of a dash": (TABLE, lambda text: text.replace("<text>-</text>", "<text></text>")),
    "other ends of lines": (LETTER, lambda text: text.replace("\n", "\r\n")),
    "other marks of lists": (STORY, lambda text: text.replace("[R-049, R-175]", "\n  - R-049\n  - R-175")),
}  # fmt: skip


@pytest.mark.parametrize("name", REWRITES)
def test_writing_the_same_in_another_way_makes_no_difference(name):
    path, rewrite = REWRITES[name]
    text = published()[path].decode()
    assert rewrite(text) != text

    assert differences(published(), {**published(), path: rewrite(text).encode()}) == []


BY_FILE: dict[str, list[Mutation]] = {}
for _mutation in MUTATIONS:
    BY_FILE.setdefault(_mutation.path, []).append(_mutation)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_there_is_a_difference_exactly_when_the_meaning_has_changed(data):
    """Whatever is changed, and however it is written: something is told when something was changed, and only then."""
    path = data.draw(st.sampled_from(sorted(BY_FILE)))
    chosen = data.draw(st.lists(st.sampled_from(BY_FILE[path]), unique_by=lambda one: one.name, max_size=3))
    ways = [
        rewrite for where, rewrite in REWRITES.values() if where == path and rewrite is not in_other_words
    ]
    files = dict(published())
    done: list[Mutation] = []
    for mutation in chosen:
        if mutation.fits(files):
            files, done = mutation.done_to(files), [*done, mutation]
    for rewrite in data.draw(st.lists(st.sampled_from(ways), unique=True)) if ways else []:
        files[path] = rewrite(files[path].decode()).encode()

    found = differences(published(), files)

    assert bool(found) == bool(done)
    assert {one.path for one in found} <= {path}


# Files that are not what they should be


@pytest.mark.parametrize("path", [DIAGRAM, FORM, TABLE, STORY, LETTER])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"<a", b"[1]", b"{}", b"<a/>", b"x: [", b"steps: [1]"])
def test_a_file_that_cannot_be_read_is_compared_as_text(path, content):
    found = differences(published(), {**published(), path: content})

    assert found
    assert {one.path for one in found} == {path}
    assert differences({**published(), path: content}, {**published(), path: content}) == []


def test_a_very_long_text_has_changed_as_a_whole():
    long = ("rad\n" * 5000).encode()

    (found,) = differences({"a/letters/b.md": b"kort"}, {"a/letters/b.md": long})

    assert found.sentence == "Filen a/letters/b.md har ändrats."


# What stands in an order that means something


def reordered(path: str, change: Callable[[str], str]) -> list[tuple[str, str]]:
    text = published()[path].decode()
    assert change(text) != text
    return [
        (one.kind, one.sentence)
        for one in differences(published(), {**published(), path: change(text).encode()})
    ]


def rows_swapped(text: str) -> str:
    first, second = re.findall(r" *<rule.*?</rule>\n", text, re.DOTALL)[:2]
    return text.replace(first + second, second + first)


def test_a_row_that_is_moved_changes_a_table_in_which_the_first_decides():
    (told,) = reordered(TABLE, rows_swapped)
    assert told == (
        "changed",
        "Rad 1 (”Hushållet har redan ett pågående ärende”) har flyttats bland raderna.",
    )


def test_a_row_that_is_moved_changes_nothing_where_every_row_stands_for_itself():
    table = published()[TABLE].decode().replace('hitPolicy="FIRST"', 'hitPolicy="UNIQUE"')
    (told,) = differences({TABLE: table.encode()}, {TABLE: rows_swapped(table).encode()})
    assert told.kind == "moved"


def test_the_order_of_questions_and_of_choices_is_told_of_what_stands_in_both_forms():
    def turned(text: str) -> str:
        form = json.loads(text)
        form["properties"] = dict(reversed(form["properties"].items()))
        form["properties"]["deferral_stance"]["oneOf"].reverse()
        del form["properties"]["tenant_asked_on"]
        return json.dumps(form)

    gone, fields, choices = [told for _, told in reordered(FORM, turned)]

    asked, why = "Ska anstånd begäras?", "Varför, eller varför inte?"
    board, tenant, no = "Ja, nämnden begär", "Ja, hyresgästen begär själv", "Nej"
    assert gone == "”När begärde hyresgästen?” har tagits bort (fält): ”datum”."
    assert fields.startswith("Fältens ordning i ”Ta ställning till anstånd” har ändrats:")
    assert fields.endswith(f"från ”{asked}, {why}” till ”{why}, {asked}”.")
    assert choices.startswith(f"Valens ordning i ”{asked}” har ändrats:")
    assert choices.endswith(f"från ”{board}, {tenant}, {no}” till ”{no}, {tenant}, {board}”.")


def test_the_order_in_which_conditions_are_tried_is_told():
    flows = [
        f'<bpmn:sequenceFlow id="ny_{name}" sourceRef="begar_namnden" targetRef="{name}">'
        f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression></bpmn:sequenceFlow>"
        for name, condition in (("gick_begaran", "a"), ("skriv_begaran_om_anstand", "b"))
    ]
    text = published()[DIAGRAM].decode()
    one, other = (
        text.replace("</bpmn:process>", "".join(order) + "</bpmn:process>") for order in (flows, flows[::-1])
    )

    (told,) = differences({DIAGRAM: one.encode()}, {DIAGRAM: other.encode()})

    assert told.element == "begar_namnden"
    assert told.what == "Ordningen som villkoren prövas i för ”Begär nämnden?” har ändrats."
    assert told.before.endswith("a, b")
    assert told.after.endswith("b, a")
