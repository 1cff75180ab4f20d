"""Changes a form file field by field, and leaves everything else in it as it was written.

Nothing is judged here beyond what the change itself needs: a form on its way to something may be wrong for a while, and
`load_form` says what is wrong with it. A field is named by its path: `decision`, or `consents.giver` in a table's rows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from processes.forms.editing_fields import (
    EditedField,
    Spec,
    answers_of,
    free_name,
    properties_of,
    put,
    read_field,
    when_of,
    write_field,
    write_when,
)
from processes.forms.editing_kinds import kind_of, set_kind
from processes.forms.editing_places import forget_in_event, move_among, rename_in_event, swap
from processes.forms.fields import Kind
from processes.forms.loading import read_form_file


@dataclass(frozen=True, slots=True)
class Outlined:
    """A field in the list of the form's fields."""

    path: str
    spec: Spec
    required: bool
    columns: tuple[Outlined, ...] = ()

    @property
    def label(self) -> str:
        return str(self.spec.get("title") or self.path)

    @property
    def kind(self) -> str:
        return kind_of(self.spec)


@dataclass(frozen=True, slots=True)
class OutlinedSection:
    """A heading with its fields."""

    title: str
    fields: tuple[Outlined, ...]


@dataclass
class EditedForm:
    """A form file that is being changed."""

    spec: Spec = field(default_factory=dict)

    @classmethod
    def read(cls, content: bytes) -> EditedForm:
        """The file to change. Raises FormRefused if it is no JSON object, or has no readable fields."""
        form = cls(read_form_file(content))
        if not isinstance(form.spec.get("properties"), dict):
            form.spec["properties"] = {}
        return form

    def to_bytes(self) -> bytes:
        """The file, written as the others are."""
        return (json.dumps(self.spec, ensure_ascii=False, indent=2) + "\n").encode()

    def describe(self, title: str, description: str) -> None:
        """Say what the form is called and what stands above its fields."""
        self.spec["title"] = title.strip()
        put(self.spec, "description", description.strip())

    @property
    def sections(self) -> list[OutlinedSection]:
        """The headings and fields in the order of the page; a form without headings is one without a title."""
        required = self.spec.get("required") or []
        outlined = {name: _outline(name, each, required) for name, each in properties_of(self.spec).items()}
        listed = [one for one in self.spec.get("x-sections") or [] if isinstance(one, dict)]
        if not listed:
            return [OutlinedSection("", tuple(outlined.values()))]
        placed = {name for one in listed for name in one.get("fields") or []}
        sections = [
            OutlinedSection(
                str(one.get("title") or ""),
                tuple(outlined[name] for name in one.get("fields") or [] if name in outlined),
            )
            for one in listed
        ]
        left = tuple(each for name, each in outlined.items() if name not in placed)
        return sections + ([OutlinedSection("", left)] if left else [])

    def field(self, path: str) -> EditedField:
        """The field as its page shows it. KeyError if there is none."""
        holder, name = self._holder(path), path.rpartition(".")[2]
        return read_field(name, properties_of(holder)[name], required=name in (holder.get("required") or []))

    def change(self, path: str, to: EditedField) -> str:
        """Let the field be as `to` says; answers its path, another one when it was renamed. KeyError without it."""
        holder, name = self._holder(path), path.rpartition(".")[2]
        write_field(properties_of(holder)[name], to, properties_of(holder))
        _set_required(holder, name, required=to.required)
        new = to.name.strip()
        if not new or new == name or new in properties_of(holder):
            return path
        self._rename(holder, name, new)
        return path[: -len(name)] + new

    def add(self, label: str, kind: str, *, section: int = -1, table: str = "") -> str:
        """Add a field last in a section, or as a column of a table; answers its path."""
        holder = self._rows(table) if table else self.spec
        name = free_name(label, properties_of(holder))
        spec: Spec = {"type": "string", "title": label.strip() or "Ny fråga"}
        set_kind(spec, kind)
        holder.setdefault("properties", {})[name] = spec
        listed = self.spec.get("x-sections")
        if not table and listed:
            listed[section].setdefault("fields", []).append(name)
        return f"{table}.{name}" if table else name

    def remove(self, path: str) -> None:
        """Take the field away, and out of what other fields and events say of it. KeyError if there is none."""
        holder, name = self._holder(path), path.rpartition(".")[2]
        del properties_of(holder)[name]
        _set_required(holder, name, required=False)
        for other in properties_of(holder).values():
            write_when(
                other,
                tuple((q, answers_of(a)) for q, a in when_of(other).items() if q != name),
                properties_of(holder),
            )
        if holder is self.spec:
            for section in self.spec.get("x-sections") or []:
                section["fields"] = [one for one in section.get("fields") or [] if one != name]
            for event in self.spec.get("x-events") or []:
                forget_in_event(event, name)

    def move(self, path: str, step: int) -> None:
        """Move the field one place up (-1) or down (1); out of a section into the one beside it."""
        holder, name = self._holder(path), path.rpartition(".")[2]
        sections = self.spec.get("x-sections")
        if holder is self.spec and sections:
            move_among(sections, name, step)
            return
        names = list(properties_of(holder))
        swap(names, names.index(name), step)
        holder["properties"] = {each: holder["properties"][each] for each in names}

    def add_section(self, title: str) -> None:
        """Add a heading last; the fields of a form without headings come under one of their own."""
        if not self.spec.get("x-sections"):
            names = list(properties_of(self.spec))
            self.spec["x-sections"] = [{"title": "Frågor", "fields": names}] if names else []
        self.spec["x-sections"].append({"title": title.strip() or "Nytt avsnitt", "fields": []})

    def rename_section(self, number: int, title: str) -> None:
        """Give the heading other words. IndexError if there is none."""
        self.spec["x-sections"][number]["title"] = title.strip()

    def remove_section(self, number: int) -> None:
        """Take a heading away; its fields go to the one before, or after. IndexError if there is none."""
        sections = self.spec["x-sections"]
        gone = sections.pop(number)
        if not sections:
            del self.spec["x-sections"]
            return
        heir = sections[max(number - 1, 0)]
        names = gone.get("fields") or []
        heir["fields"] = heir["fields"] + names if number else names + heir["fields"]

    def _holder(self, path: str) -> Spec:
        """What the field stands in: the form, or the rows of a table."""
        table, _, _name = path.rpartition(".")
        return self._rows(table) if table else self.spec

    def _rows(self, table: str) -> Spec:
        rows: Spec = properties_of(self.spec)[table]["items"]
        return rows

    def _rename(self, holder: Spec, old: str, new: str) -> None:
        holder["properties"] = {
            (new if name == old else name): each for name, each in holder["properties"].items()
        }
        if old in (holder.get("required") or []):
            holder["required"] = [new if name == old else name for name in holder["required"]]
        for other in properties_of(holder).values():
            if old in when_of(other):
                other["x-when"] = {(new if q == old else q): wanted for q, wanted in other["x-when"].items()}
        if holder is self.spec:
            for section in self.spec.get("x-sections") or []:
                section["fields"] = [new if one == old else one for one in section.get("fields") or []]
            for event in self.spec.get("x-events") or []:
                rename_in_event(event, old, new)


def _outline(path: str, spec: Spec, required: list[str]) -> Outlined:
    rows: Spec = spec["items"] if kind_of(spec) == Kind.ROWS else {}
    columns = tuple(
        _outline(f"{path}.{name}", each, rows.get("required") or [])
        for name, each in properties_of(rows).items()
    )
    return Outlined(path, spec, path.rpartition(".")[2] in required, columns)


def _set_required(holder: Spec, name: str, *, required: bool) -> None:
    names = list(holder.get("required") or [])
    if required and name not in names:
        holder["required"] = [*names, name]
    elif not required and name in names:
        holder["required"] = [one for one in names if one != name]
