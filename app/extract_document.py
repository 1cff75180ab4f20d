"""Writes a person's file as it is handed out: as a PDF to read, and as JSON for another program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.display import amount, day, moment
from app.journal import Told, Words
from app.labels import label
from processes.forms import Choices, Field, Form, Kind
from processes.models import Consent, Event, Notice
from processes.queries.file_extract import Beside, Extract, ExtractEntry
from processes.rules.insight import LEFT_OUT, RECIPIENTS, WITHHELD, Recipient
from processes.typesetting import Block, Bold, Bullets, Document, Heading, Paragraph, Table, to_pdf


@dataclass(frozen=True)
class Written:
    """An extract together with what turns its codes into words."""

    extract: Extract
    words: Words
    choices: Choices
    notice_form: Form
    authority: str
    recipient: Recipient
    on: date

    def title_of(self, entry: ExtractEntry) -> str:
        """What the entry is, in words."""
        source = entry.source
        return label("event", source.name) if isinstance(source, Event) else source.title

    def told(self, entry: ExtractEntry) -> list[tuple[str, str]]:
        """The questions and answers of an entry."""
        source = entry.source
        if isinstance(source, Event):
            asked: Told = self.words.asked_in_event(source, entry.said)
        else:
            asked = self.words.asked_in_task(source.id, entry.said)
        return [(field.label, answer_text(field, value, self.choices)) for field, value in asked]

    def stated(self, notice: Notice, stated: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What was stated in a notice, as questions and answers."""
        fields = self.notice_form.given("kind", notice.kind).fields.values()
        return [
            (field.label, answer_text(field, stated[field.name], self.choices))
            for field in fields
            if field.name in stated
        ]

    @property
    def left_out(self) -> list[str]:
        """What is not in it, and why."""
        count = self.extract.withheld
        return [*LEFT_OUT, *([WITHHELD.format(count=count)] if count else [])]


def answer_text(field: Field, value: Any, choices: Choices) -> str:
    """An answer as text, as the pages write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if field.kind is Kind.ROWS:
        rows = (
            ", ".join(
                f"{column.label}: {answer_text(column, row[column.name], choices)}"
                for column in field.columns
                if column.name in row
            )
            for row in value
        )
        return "; ".join(rows)
    if field.kind in {Kind.CHOICE, Kind.CHOICES, Kind.REFERENCE, Kind.REFERENCES}:
        titles = {option.value: option.title for option in choices.for_field(field).options}
        return ", ".join(str(titles.get(one, one)) for one in (value if isinstance(value, list) else [value]))
    if field.kind is Kind.DATE:
        return day(value, weekday=False)
    if field.kind is Kind.DATE_TIME:
        return _when(datetime.fromisoformat(value))
    return f"{amount(value)} kr" if field.kind is Kind.MONEY else str(value)


def as_json(written: Written) -> bytes:
    """The extract as JSON in UTF-8; instants in UTC, days as YYYY-MM-DD."""
    extract = written.extract
    said = {
        "arende": extract.case.number,
        "myndighet": written.authority,
        "utlamnad": written.on,
        "till": RECIPIENTS[written.recipient],
        "inte_med": written.left_out,
        "person": dict(_person(extract)),
        "rattelser": [_beside(one) for one in extract.notes],
        "anteckningar": [_entry(written, one) for one in extract.entries],
        "underrattelser": [_notice(written, notice, stated) for notice, stated in extract.notices],
        "samtycken": [_consent(one) for one in extract.consents],
        "brev": [
            {
                "skrivet": one.written_at,
                "skickat": one.sent_at,
                "slag": label("letter", one.kind),
                "text": text,
            }
            for one, text in extract.letters
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2, default=_plain).encode()


def _entry(written: Written, entry: ExtractEntry) -> dict[str, Any]:
    return {
        "nar": entry.at,
        "vad": written.title_of(entry),
        "svar": _said(written.told(entry)),
        "uppgifter": entry.said,
        "rattelser": [_beside(one) for one in entry.notes],
    }


def _notice(written: Written, notice: Notice, stated: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "inkom": notice.received_at,
        "slag": label("notice", notice.kind),
        "svar": _said(written.stated(notice, stated)),
        "uppgifter": stated,
    }


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "till": consent.recipient_name or label("recipient", consent.recipient),
        "lamnat": consent.given_at,
        "aterkallat": consent.withdrawn_at,
        "galler": [label("content", scope) for scope in consent.scopes],
    }


def as_pdf(written: Written) -> bytes:
    """The extract as a tagged PDF."""
    extract = written.extract
    document = Document(
        title=f"Akt för {extract.person.name}",
        language="sv",
        sender=written.authority,
        recipient_lines=(),
        date_line=day(written.on, weekday=False),
        blocks=tuple(_blocks(written)),
        reference=extract.case.number,
    )
    return to_pdf(document)


def _blocks(written: Written) -> Iterator[Block]:
    extract = written.extract
    yield Paragraph(f"Utlämnad till: {RECIPIENTS[written.recipient]}.")
    yield Heading("Vad som inte är med, och varför")
    yield Bullets(tuple(written.left_out))
    yield Heading("Personen")
    yield Table(("Uppgift", "Värde"), tuple((name, str(value)) for name, value in _person(extract) if value))
    yield from _notes(extract.notes)
    if extract.notices:
        yield Heading("Underrättelser")
        for notice, stated in extract.notices:
            yield Heading(f"{_when(notice.received_at)}: {label('notice', notice.kind)}", 3)
            yield from _answers(written.stated(notice, stated))
    yield Heading("Anteckningar")
    if not extract.entries:
        yield Paragraph("Det finns inga anteckningar.")
    for entry in extract.entries:
        yield Heading(f"{_when(entry.at)}: {written.title_of(entry)}", 3)
        yield from _answers(written.told(entry))
        yield from _notes(entry.notes)
    yield from _consents(extract)
    for letter, text in extract.letters:
        yield Heading(f"{_when(letter.written_at)}: {label('letter', letter.kind)}", 3)
        yield Paragraph(text)


def _answers(told: Sequence[tuple[str, str]]) -> Iterator[Block]:
    if told:
        yield Bullets(tuple((Bold(asked), f" {answer}") for asked, answer in told))


def _consents(extract: Extract) -> Iterator[Block]:
    if extract.consents:
        yield Heading("Samtycken")
        yield Table(
            ("Till", "Lämnat", "Återkallat"),
            tuple(
                (
                    one.recipient_name or label("recipient", one.recipient),
                    day(one.given_at, weekday=False),
                    day(one.withdrawn_at, weekday=False),
                )
                for one in extract.consents
            ),
        )


def _notes(notes: Sequence[Beside]) -> Iterator[Block]:
    for one in notes:
        yield Paragraph(
            (Bold(f"{label('correction', one.kind)} {_when(one.at)}:"), f" {one.text} {one.reason}")
        )


def _said(told: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"fraga": asked, "svar": answer} for asked, answer in told]


def _beside(note: Beside) -> dict[str, Any]:
    return {
        "slag": label("correction", note.kind),
        "nar": note.at,
        "text": note.text,
        "skal": note.reason,
    }


def _person(extract: Extract) -> Iterator[tuple[str, Any]]:
    person = extract.person
    yield "Namn", person.name
    yield "Personnummer eller samordningsnummer", person.id_number
    yield "Född", person.born_on
    yield "Egen adress", person.own_address if extract.shows_address else ""
    yield "Roll", ", ".join(label("person", role) for role in person.roles)
    yield "Skydd", label("protection", person.protection)
    yield "Språk", person.language
    yield "Avliden", person.died_on


def _when(instant: datetime) -> str:
    return f"{day(instant, weekday=False)} {moment(instant).rsplit(' ', 1)[-1]}"


def _plain(value: Any) -> str:
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    return str(value)
