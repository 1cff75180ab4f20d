"""A form as it is shown: each field with what stands in it, what is wrong with it and when it is visible."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.display import amount, iso_local
from processes.forms import Choices, Field, Form, Kind, Section

SHORT_LINE = 44
MOST_ON_A_LINE = 5
HALF_A_LINE = 24
"""So many signs, in three options at most, stand to the right of their question."""
SHOWN_AS_RADIOS = 8
"""A choice with more options than this becomes a list to open; one among colleagues always is, as many as there are."""


@dataclass(frozen=True)
class ShownField:
    """One field on the page."""

    spec: Field
    name: str
    """The name in the posted form, `consents-0-giver` for a field in a row."""
    value: Any = None
    problem: str = ""
    rows: Sequence[Sequence[ShownField]] = ()
    is_cell: bool = False
    """Stands in a row of a table, where there is little room."""
    has_new_row: bool = False
    may_fold: bool = False
    """A table among several, which takes no room until somebody has something to write in it."""

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def text(self) -> str:
        """What stands in a text box."""
        if self.value is None or isinstance(self.value, bool):
            return ""
        if self.spec.kind is Kind.MONEY:
            return amount(self.value)
        if self.spec.kind is Kind.DATE_TIME:
            return iso_local(str(self.value))
        return str(self.value).replace(".", ",") if isinstance(self.value, float) else str(self.value)

    def has(self, value: object) -> bool:
        """Whether this option is chosen."""
        if isinstance(self.value, list):
            return value in self.value
        return self.value is not None and self.value == value and type(self.value) is type(value)

    @property
    def widget(self) -> str:
        """Name of the macro that draws it."""
        if self.spec.kind in (Kind.CHOICE, Kind.REFERENCE):
            few = len(self.spec.options) <= SHOWN_AS_RADIOS and not self.is_cell
            return "radios" if few and self.spec.reference != "caseworker" else "select"
        return {
            Kind.CHOICES: "checkboxes",
            Kind.REFERENCES: "checkboxes",
            Kind.YES_NO: "yes_no",
            Kind.TICK: "tick",
            Kind.LONG_TEXT: "long",
            Kind.ROWS: "rows",
        }.get(self.spec.kind, "line")

    @property
    def fits_a_line(self) -> bool:
        """Whether the options are so few and short that they stand beside each other."""
        titles = [option.title for option in self.spec.options]
        return (
            len(titles) <= MOST_ON_A_LINE
            and sum(map(len, titles)) <= SHORT_LINE
            and not any(o.help for o in self.spec.options)
        )

    @property
    def fits_beside(self) -> bool:
        """Whether the options are so short that they stand to the right of their question: a long form is halved."""
        if self.is_cell or self.spec.help or self.problem:
            return False
        if self.widget == "yes_no":
            return True
        titles = [option.title for option in self.spec.options]
        is_short = 1 < len(titles) <= 3 and sum(map(len, titles)) <= HALF_A_LINE
        return self.widget == "radios" and is_short and self.fits_a_line

    @property
    def is_folded(self) -> bool:
        """Whether the table is shown as one line to open."""
        wrong = self.problem or any(cell.problem for row in self.rows for cell in row)
        return self.may_fold and not self.value and not wrong and not self.has_new_row

    @property
    def is_group(self) -> bool:
        """Drawn as a fieldset with a legend, since several controls answer one question."""
        return self.widget in ("radios", "checkboxes", "yes_no", "rows")


@dataclass(frozen=True)
class FilledForm:
    """A form with what has been typed into it."""

    form: Form
    typed: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)
    extra_row: str = ""
    """The table to which an empty row was asked for."""
    left_out: Collection[str] = ()
    """Fields that have no place on the page as things stand."""

    @property
    def sections(self) -> list[tuple[Section, list[ShownField]]]:
        """The sections with their fields as they are shown."""
        shown = [
            (section, [one for one in section.fields if one.name not in self.left_out])
            for section in self.form.sections
        ]
        return [
            (section, [self._shown(one, self.typed, "") for one in fields])
            for section, fields in shown
            if fields
        ]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Id of a field and what is wrong with it, in the order of the page."""
        order = {one.name: place for place, one in enumerate(self._all_shown())}
        found = sorted(self.problems.items(), key=lambda item: order.get(item[0], len(order)))
        return [(f"f-{name}" if name in order else "", told) for name, told in found]

    @property
    def conditions(self) -> list[tuple[str, list[list[str]]]]:
        """Per field that is not always shown: its id, and selectors of which one in each list must match.

        A section in which no question is always asked is shown with any of its questions, so once for each of them.
        """
        fields = self.form.fields
        tops = [
            (f"w-{name}", _selectors(fields, name))
            for name, one in fields.items()
            if one.when and name not in self.left_out
        ]
        in_rows = [each for one in self._all_shown() for each in _conditions_in_rows(one)]
        return tops + in_rows + list(self._of_sections())

    def _of_sections(self) -> Iterator[tuple[str, list[list[str]]]]:
        fields = self.form.fields
        for number, (_, shown) in enumerate(self.sections, 1):
            if all(fields[one.name].when for one in shown):
                each = [_selectors(fields, one.name) for one in shown]
                yield from (
                    (f"section-{number}", one) for place, one in enumerate(each) if one not in each[:place]
                )

    @property
    def _has_several_tables(self) -> bool:
        return sum(one.kind is Kind.ROWS for one in self.form.fields.values()) > 1

    def _all_shown(self) -> list[ShownField]:
        top = [one for _, fields in self.sections for one in fields]
        return [each for one in top for each in (one, *(cell for row in one.rows for cell in row))]

    def _shown(self, spec: Field, values: Mapping[str, Any], prefix: str) -> ShownField:
        name = prefix + spec.name
        shown = ShownField(
            self.choices.for_field(spec),
            name,
            values.get(spec.name),
            self.problems.get(name, ""),
            is_cell=bool(prefix),
            has_new_row=self.extra_row == name,
            may_fold=spec.kind is Kind.ROWS and not spec.min_rows and self._has_several_tables,
        )
        return replace(shown, rows=self._rows(spec, name, shown.value)) if spec.kind is Kind.ROWS else shown

    def _rows(self, spec: Field, name: str, typed: Any) -> list[list[ShownField]]:
        """The rows that were typed, and one empty row to begin with or when it was asked for."""
        rows = [row for row in typed if isinstance(row, Mapping)] if isinstance(typed, list) else []
        if self.extra_row == name or not rows:
            rows = [*rows, {}]
        return [
            [self._shown(column, row, f"{name}-{number}-") for column in spec.columns]
            for number, row in enumerate(rows)
        ]


def _conditions_in_rows(table: ShownField) -> list[tuple[str, list[list[str]]]]:
    """As `FilledForm.conditions`, for the cells of a table: each asks about its own row only."""
    columns = {column.name: column for column in table.spec.columns}
    return [
        (f"w-{cell.name}", _selectors(columns, cell.spec.name, cell.name.removesuffix(cell.spec.name)))
        for row in table.rows
        for cell in row
        if cell.spec.when
    ]


def _selectors(fields: Mapping[str, Field], name: str, prefix: str = "") -> list[list[str]]:
    """CSS selectors for the answers that show the field, those of the fields that show them included."""
    found: list[list[str]] = []
    for decider, wanted in fields[name].when.items():
        found += _selectors(fields, decider, prefix)
        posted = prefix + decider
        if wanted is False and fields[decider].kind is Kind.TICK:
            found.append([f'[name="{posted}"]:not(:checked)'])
            continue
        values = [str(wanted).lower()] if isinstance(wanted, bool) else sorted(map(_in_css, wanted))
        found.append(
            [f'[name="{posted}"][value="{value}"]:checked' for value in values]
            + [f'[name="{posted}"] option[value="{value}"]:checked' for value in values]
        )
    return found


def _in_css(value: str) -> str:
    """The value as it stands between quotes in a style sheet: whatever could end the quotes or the sheet is coded."""
    return "".join(sign if sign.isalnum() or sign in "_-" else f"\\{ord(sign):x} " for sign in value)
