"""Writes letters into the outbox: the template of the diagram's folder, filled in for one recipient at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from processes.clock import swedish_day, swedish_time
from processes.errors import DiagramRefused
from processes.models import Letter, Notice, Person
from processes.operations.place import Place
from processes.rules.calendar import add_years
from processes.unit_of_work import UnitOfWork

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
PROTECTED = ("unknown", "secrecy_mark", "protected_registration")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a letter goes to; `via_intermediary` when the address is protected (E-30)."""

    kind: str
    name: str
    address: str = ""
    person_id: int | None = None
    via_intermediary: bool = False


def fill_in(template: str, words: Mapping[str, str]) -> str:
    """The template with every `{{ name }}` replaced; raises DiagramRefused for a name that nothing stands for."""
    unknown = sorted({name for name in PLACEHOLDER.findall(template) if name not in words})
    if unknown:
        raise DiagramRefused(f"the letter has unknown placeholders: {', '.join(unknown)}")
    return PLACEHOLDER.sub(lambda match: words[match.group(1)], template)


def prepare_letter(work: UnitOfWork, place: Place, *, letter: str, recipient: str) -> None:
    """Write the letter once per recipient; which recipients there are: `RECIPIENTS`.

    Each recipient gets a letter of their own with their own address and nothing about the others (E-08, E-31).
    Raises DiagramRefused when the process has no such letter.
    """
    if letter not in place.letters:
        raise DiagramRefused(f"{place.process_key} has no letter {letter}")
    notice = work.session.get(Notice, place.scope.id) if place.scope.kind == "notice" else None
    for to in recipients(place, recipient, notice):
        words = words_of(work, place, to, notice)
        work.add(
            Letter(
                case_id=place.case.id,
                notice_id=notice.id if notice else None,
                kind=letter,
                recipient_kind=to.kind,
                recipient_id=to.person_id,
                recipient_name=to.name,
                address=to.address,
                via_intermediary=to.via_intermediary,
                text=fill_in(place.letters[letter], words),
                written_at=place.at,
            )
        )


def recipients(place: Place, kind: str, notice: Notice | None) -> Sequence[Recipient]:
    """Everybody whom a letter to `kind` goes to, those who have died left out."""
    if kind == "kfm":
        return [Recipient("kfm", "Kronofogden")]
    if kind == "landlord":
        landlord = place.case.dwelling.landlord
        return [Recipient("landlord", landlord.name, landlord.registered_mail_address)] if landlord else []
    persons = [person for person in place.case.persons if person.died_on is None]
    if kind == "defendants":
        persons = [person for person in persons if notice is not None and person.id in notice.defendants]
    else:
        persons = [person for person in persons if _is_meant(person, kind, swedish_day(place.at))]
    return [_to_person(place, person, kind) for person in persons]


RECIPIENTS: dict[str, frozenset[str]] = {
    "contract_holders": frozenset({"contract_holder", "co_tenant"}),
    "adults": frozenset({"contract_holder", "co_tenant", "partner", "adult_resident"}),
    "guardians_and_children_15": frozenset({"contract_holder", "co_tenant", "partner", "guardian_elsewhere"}),
}
"""Groups of persons by the roles that belong to them; besides: kfm, landlord, and the defendants of the notice."""
OWN_LETTER_FROM = 15
"""The age from which a child gets its own information (SoL 23:3)."""


def _is_meant(person: Person, kind: str, today: date) -> bool:
    if RECIPIENTS[kind] & set(person.roles):
        return True
    if kind != "guardians_and_children_15" or person.born_on is None or "child" not in person.roles:
        return False
    return add_years(person.born_on, OWN_LETTER_FROM) <= today


def _to_person(place: Place, person: Person, kind: str) -> Recipient:
    protected = person.protection in PROTECTED
    address = "" if protected else person.own_address or _dwelling_line(place)
    return Recipient(kind, person.name, address, person.id, via_intermediary=protected)


def _dwelling_line(place: Place) -> str:
    home = place.case.dwelling
    return f"{home.address}, lgh {home.apartment}" if home.apartment else home.address


def words_of(work: UnitOfWork, place: Place, to: Recipient, notice: Notice | None) -> dict[str, str]:
    """What each placeholder stands for; nothing about other persons than the recipient."""
    case = place.case
    worker = case.responsible
    eviction = notice.eviction_at if notice and notice.eviction_at else _current_eviction(work, place)
    return {
        "mottagare": to.name,
        "adress": "via Skatteverkets förmedlingsuppdrag" if to.via_intermediary else to.address,
        "arendenummer": case.number,
        "forvaltning": worker.administration.name if worker else case.administration_key,
        "handlaggare": worker.name if worker else "Samordningsfunktionen",
        "handlaggare_telefon": worker.phone if worker else "",
        "datum": swedish_time(place.at).date().isoformat(),
        "bostadens_adress": _dwelling_line(place),
        "hyresvard": case.dwelling.landlord.name if case.dwelling.landlord else "",
        "kfm_malnummer": (notice.kfm_case_number or "") if notice else "",
        "avhysningsdatum": swedish_time(eviction).date().isoformat() if eviction else "",
        "avhysningstid": swedish_time(eviction).strftime("%H.%M") if eviction else "",
        "inkom_datum": swedish_time(notice.received_at).date().isoformat() if notice else "",
    }


def _current_eviction(work: UnitOfWork, place: Place) -> datetime | None:
    told = work.snapshot(place.case.id).latest("kfm.underrattelse", "kfm.nyTid")
    value = told.payload.get("eviction_at") if told else None
    return datetime.fromisoformat(value) if value else None
