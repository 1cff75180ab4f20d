"""A form file is changed field by field, and everything else in it stays as it was written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from processes.forms import FormRefused, load_form
from processes.forms.editing import EditedForm
from processes.forms.editing_fields import EditedField, EditedOption
from processes.forms.editing_kinds import codes
from processes.settings import DIAGRAMS

FILES = sorted(DIAGRAMS.glob("*/forms/*.json"))
FORM = {
    "title": "Ta ställning",
    "type": "object",
    "properties": {
        "decision": {
            "type": "string",
            "title": "Beslut",
            "oneOf": [{"const": "open", "title": "Inleda"}, {"const": "wait", "title": "Vänta"}],
        },
        "motive": {
            "type": "string",
            "title": "Motivering",
            "x-when": {"decision": ["open"]},
            "x-krav": "R-001",
        },
        "is_urgent": {"type": "boolean", "title": "Brådskar det?"},
        "persons": {
            "type": "array",
            "title": "Personer",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string", "title": "Namn"}},
                "required": ["name"],
            },
        },
    },
    "required": ["decision", "motive"],
    "x-sections": [
        {"title": "Beslutet", "fields": ["decision", "motive"]},
        {"title": "Mer", "fields": ["is_urgent", "persons"]},
    ],
    "x-events": [
        {
            "name": "anteckning",
            "when": {"decision": ["open"]},
            "fields": ["motive"],
            "map": {"why": "decision"},
        }
    ],
}


@pytest.fixture
def form() -> EditedForm:
    return EditedForm.read(json.dumps(FORM).encode())


def paths_of(form: EditedForm) -> list[str]:
    fields = [one for section in form.sections for one in section.fields]
    return [path for one in fields for path in (one.path, *(column.path for column in one.columns))]


def written(form: EditedForm) -> dict[str, Any]:
    """The file as it would be saved, which is still a form."""
    load_form(form.to_bytes())
    said: dict[str, Any] = json.loads(form.to_bytes())
    return said


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_field_that_is_saved_unchanged_leaves_the_file_as_it_is(file: Path):
    form = EditedForm.read(file.read_bytes())
    for path in paths_of(form):
        assert form.change(path, form.field(path)) == path
    assert json.loads(form.to_bytes()) == json.loads(file.read_bytes())
    assert list(form.spec["properties"]) == list(json.loads(file.read_bytes())["properties"])


def test_the_files_are_written_as_they_are_kept():
    # One file is written in another way by hand; its content is the same.
    same = [file for file in FILES if EditedForm.read(file.read_bytes()).to_bytes() == file.read_bytes()]
    assert len(FILES) - len(same) <= 1


def test_words_help_and_requiredness_are_changed(form):
    form.change(
        "is_urgent", replace(form.field("is_urgent"), label="Är det bråttom?", help="Hm.", required=True)
    )
    said = written(form)
    assert said["properties"]["is_urgent"] == {
        "type": "boolean",
        "title": "Är det bråttom?",
        "description": "Hm.",
    }
    assert said["required"] == ["decision", "motive", "is_urgent"]
    form.change("is_urgent", replace(form.field("is_urgent"), required=False))
    assert written(form)["required"] == ["decision", "motive"]


def test_a_field_is_renamed_everywhere_and_its_event_says_the_same_as_before(form):
    before = load_form(form.to_bytes()).events({"decision": "open", "motive": "För att"})
    assert form.change("decision", replace(form.field("decision"), name="stance")) == "stance"
    assert form.change("motive", replace(form.field("motive"), name="reason")) == "reason"
    after = load_form(form.to_bytes()).events({"stance": "open", "reason": "För att"})
    assert before == after == [("anteckning", {"motive": "För att", "why": "open"})]
    said = written(form)
    assert list(said["properties"])[:2] == ["stance", "reason"]
    assert said["properties"]["reason"]["x-when"] == {"stance": ["open"]}
    assert said["x-sections"][0]["fields"] == ["stance", "reason"]
    assert said["required"] == ["stance", "reason"]


def test_two_fields_never_get_the_same_name(form):
    assert form.change("motive", replace(form.field("motive"), name="decision")) == "motive"
    assert form.add("Beslut", "text", section=0) == "beslut"
    assert form.add("Beslut", "text", section=0) == "beslut_2"


def test_a_field_that_is_taken_away_is_not_named_any_more(form):
    form.remove("decision")
    said = written(form)
    assert "decision" not in json.dumps(said)
    assert said["x-events"] == [{"name": "anteckning", "when": {}, "fields": ["motive"], "map": {}}]


def test_a_field_moves_within_its_section_and_into_the_next(form):
    form.move("decision", 1)
    assert form.spec["x-sections"][0]["fields"] == ["motive", "decision"]
    form.move("decision", 1)
    assert [one["fields"] for one in form.spec["x-sections"]] == [
        ["motive"],
        ["decision", "is_urgent", "persons"],
    ]
    form.move("decision", -1)
    assert form.spec["x-sections"][0]["fields"] == ["motive", "decision"]
    form.move("motive", -1)
    assert form.spec["x-sections"][0]["fields"] == ["motive", "decision"], "the first stays first"


def test_without_sections_the_fields_themselves_change_places(form):
    del form.spec["x-sections"]
    form.move("persons", -1)
    assert list(form.spec["properties"]) == ["decision", "motive", "persons", "is_urgent"]
    assert [one.title for one in form.sections] == [""]


def test_a_column_of_a_table_is_changed_like_any_field(form):
    assert form.add("Roll", "choice", table="persons") == "persons.roll"
    role = replace(form.field("persons.roll"), options=(EditedOption("", "Hyresgäst"),), required=True)
    assert form.change("persons.roll", replace(role, name="role")) == "persons.role"
    form.move("persons.role", -1)
    rows = written(form)["properties"]["persons"]["items"]
    assert list(rows["properties"]) == ["role", "name"]
    assert rows["properties"]["role"]["oneOf"] == [{"const": "hyresgast", "title": "Hyresgäst"}]
    assert rows["required"] == ["name", "role"]


def test_a_section_is_added_renamed_and_taken_away_without_its_fields(form):
    form.add_section("Sist")
    form.rename_section(2, "Allra sist")
    assert form.add("En till", "date", section=2) == "en_till"
    assert written(form)["x-sections"][2] == {"title": "Allra sist", "fields": ["en_till"]}
    form.remove_section(2)
    assert form.spec["x-sections"][1]["fields"] == ["is_urgent", "persons", "en_till"]
    form.remove_section(0)
    form.remove_section(0)
    assert "x-sections" not in form.spec
    form.add_section("Nytt")
    assert form.spec["x-sections"][0]["fields"] == ["decision", "motive", "is_urgent", "persons", "en_till"]


def test_conditions_are_lists_for_choices_and_yes_or_no_for_yes_and_no(form):
    motive = replace(form.field("motive"), when=(("decision", ("open", "wait")), ("is_urgent", ("true",))))
    form.change("motive", motive)
    assert written(form)["properties"]["motive"]["x-when"] == {
        "decision": ["open", "wait"],
        "is_urgent": True,
    }
    assert form.field("motive").when == motive.when


@pytest.mark.parametrize("code", codes())
def test_a_field_can_become_of_every_kind_and_nothing_of_the_old_kind_is_left(form, code):
    options = (EditedOption("a", "A"),) if code in ("choice", "choices") else ()
    form.change("motive", EditedField("motive", "Motivering", code, options=options))
    assert form.field("motive").kind == code
    if code != "rows":  # a table needs its columns
        load_form(form.to_bytes())
    form.change("motive", EditedField("motive", "Motivering", "text"))
    assert form.spec["properties"]["motive"] == {"type": "string", "title": "Motivering", "x-krav": "R-001"}


def test_a_choice_keeps_its_answers_when_several_may_be_chosen(form):
    form.change("decision", replace(form.field("decision"), kind="choices"))
    assert [one.value for one in form.field("decision").options] == ["open", "wait"]


def test_bounds_are_numbers_and_what_is_no_number_is_no_bound(form):
    form.change("motive", EditedField("motive", "Belopp", "money", minimum="0", maximum="1 000,5"))
    assert {key: form.spec["properties"]["motive"][key] for key in ("minimum", "maximum")} == {
        "minimum": 0,
        "maximum": 1000.5,
    }
    form.change("motive", replace(form.field("motive"), maximum="många"))
    assert "maximum" not in form.spec["properties"]["motive"]


def test_an_unknown_kind_or_field_is_refused(form):
    with pytest.raises(KeyError):
        form.change("motive", EditedField("motive", "Motivering", "hologram"))
    with pytest.raises(KeyError):
        form.field("inte_har")


def test_a_file_that_is_no_form_is_refused():
    with pytest.raises(FormRefused):
        EditedForm.read(b"[1, 2]")
