"""Writes letters into the outbox: the template of the diagram's folder, filled in for one recipient at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from processes.clock import swedish_day, swedish_time
from processes.errors import DiagramRefused, GateClosed
from processes.models import Case, Letter, Notice, Person
from processes.operations.place import Place
from processes.queries.persons_seen import home_line
from processes.rules.calendar import add_years, written_out
from processes.rules.gates import may_disclose, may_show_address
from processes.rules.letters import (
    DEFENDANTS,
    GROUPS,
    LIVES_ELSEWHERE,
    OUTSIDERS,
    PLACEHOLDER,
    unknown_placeholders,
)
from processes.rules.snapshot import Scope
from processes.rules.traces import finder_of, traces_of
from processes.unit_of_work import UnitOfWork


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
    unknown = unknown_placeholders(template)
    if unknown:
        raise DiagramRefused(f"the letter has unknown placeholders: {', '.join(unknown)}")
    return PLACEHOLDER.sub(lambda match: words[match.group(1)], template)


def prepare_letter(
    work: UnitOfWork,
    place: Place,
    *,
    letter: str,
    recipient: str,
    purpose: str = "",
    contents: str = "",
    own_words: str = "",
) -> None:
    """Write the letter once per recipient; which recipients there are: processes/rules/letters.py.

    Each recipient gets a letter of their own with their own address and nothing about the others (E-08, E-31).
    A letter to an outsider says its purpose and what kinds of information it holds, separated by blanks. Raises
    GateClosed when neither a consent nor the law lets that through, DiagramRefused for a letter that is not there.
    """
    if letter not in place.letters:
        raise DiagramRefused(f"{place.process_key} has no letter {letter}")
    if recipient in OUTSIDERS:
        _must_be_allowed(work, place, recipient, purpose, contents)
    notice = work.session.get(Notice, place.scope.id) if place.scope.kind == "notice" else None
    template = place.letters[letter]
    for to in recipients(work, place, recipient, notice):
        words = words_of(work, place, to, notice) | {"egna_ord": own_words}
        row = _written(place, to, template, words)
        row.kind, row.notice_id = letter, notice.id if notice else None
        row.purpose, row.contents = purpose, contents
        work.add(row)


def _written(place: Place, to: Recipient, template: str, words: dict[str, str]) -> Letter:
    return Letter(
        case_id=place.case.id,
        recipient_kind=to.kind,
        recipient_id=to.person_id,
        recipient_name=to.name,
        address=to.address,
        via_intermediary=to.via_intermediary,
        template=template,
        words=words,
        text=fill_in(template, words),
        written_at=place.at,
    )


def _must_be_allowed(work: UnitOfWork, place: Place, recipient: str, purpose: str, contents: str) -> None:
    """Secrecy towards the outsider (R-095, R-098, R-105); raises GateClosed."""
    answer = may_disclose(work.snapshot(place.case.id), recipient, purpose, contents.split(), place.at)
    if not answer.allowed:
        raise GateClosed(f"Brev till {OUTSIDERS[recipient]}", answer.why, answer.way_out)


def recipients(work: UnitOfWork, place: Place, kind: str, notice: Notice | None) -> Sequence[Recipient]:
    """Everybody whom a letter to `kind` goes to, those who have died left out."""
    if kind == "landlord":
        landlord = place.case.dwelling.landlord
        if landlord is not None:
            return [Recipient(kind, landlord.name, landlord.registered_mail_address)]
    if (
        kind in OUTSIDERS
    ):  # a landlord whom nobody has named: whoever posts the letter must see that it lacks one
        return [Recipient(kind, OUTSIDERS[kind])]
    persons = [person for person in work.rows(Person, place.case.id) if person.died_on is None]
    named = set(notice.defendants) if notice is not None else set()
    if kind == DEFENDANTS and named:
        meant = [person for person in persons if person.id in named]
    else:
        group = "contract_holders" if kind == DEFENDANTS else kind
        meant = [person for person in persons if _is_meant(person, group, swedish_day(place.at))]
    return [_to_person(work, place, person, kind) for person in meant]


GROWN_UP_FROM = {"guardians_and_children_15": 15, "adults": 18}
"""The age on the day of the letter from which a child of the home is written to itself (SoL 23:3; E-33)."""


def _is_meant(person: Person, group: str, today: date) -> bool:
    if GROUPS[group] & set(person.roles):
        return True
    if group not in GROWN_UP_FROM or person.born_on is None or "child" not in person.roles:
        return False
    return add_years(person.born_on, GROWN_UP_FROM[group]) <= today


def _to_person(work: UnitOfWork, place: Place, person: Person, kind: str) -> Recipient:
    """A letter to one person; who lives elsewhere and has no known address gets none, never the dwelling's."""
    shown = may_show_address(
        work.snapshot(place.case.id),
        person.id,
        recipient="individual",
        now=place.at,
        recipient_person=person.id,
    )
    home = "" if LIVES_ELSEWHERE & set(person.roles) else _dwelling_line(place)
    address = (person.own_address or home) if shown.allowed else ""
    return Recipient(kind, person.name, address, person.id, via_intermediary=not shown.allowed)


INTERMEDIARY = "via Skatteverkets förmedlingsuppdrag"


def write_anew(work: UnitOfWork, case: Case, letter: Letter, **instead: str) -> None:
    """Let a letter that has not been sent say what is known now: address, protection, who is in charge (E-30).

    `instead` puts other words for placeholders. Its date stays.
    """
    place = Place(case, Scope("case", case.id), "", work.at, {})
    notice = work.session.get(Notice, letter.notice_id) if letter.notice_id else None
    to = _recipient_now(work, place, letter)
    kept = {name: letter.words[name] for name in ("datum", "egna_ord") if name in letter.words}
    letter.recipient_name, letter.address = to.name, to.address
    letter.via_intermediary = to.via_intermediary
    letter.words = words_of(work, place, to, notice) | kept | instead
    letter.text = fill_in(letter.template, letter.words)


def _recipient_now(work: UnitOfWork, place: Place, letter: Letter) -> Recipient:
    person = work.session.get(Person, letter.recipient_id) if letter.recipient_id else None
    if person is not None:
        return _to_person(work, place, person, letter.recipient_kind)
    return next(iter(recipients(work, place, letter.recipient_kind, None)))


def redirect_unsent(work: UnitOfWork, case: Case, person: Person) -> None:
    """Take the address off the letters to somebody who became protected before they were sent (E-30)."""
    where = finder_of(traces_of({person.own_address, home_line(case.dwelling), case.dwelling.address}))
    for letter in work.rows(Letter, case.id):
        if letter.recipient_id == person.id and letter.sent_at is None:
            letter.address, letter.via_intermediary = "", True
            letter.text = where.sub(INTERMEDIARY, letter.text)
            letter.words = {key: where.sub(INTERMEDIARY, word) for key, word in letter.words.items()}


def _dwelling_line(place: Place) -> str:
    return home_line(place.case.dwelling)


def words_of(work: UnitOfWork, place: Place, to: Recipient, notice: Notice | None) -> dict[str, str]:
    """What each placeholder stands for; nothing about other persons than the recipient."""
    case = place.case
    worker = case.responsible
    eviction = notice.eviction_at if notice and notice.eviction_at else _current_eviction(work, place)
    return {
        "mottagare": to.name,
        "adress": INTERMEDIARY if to.via_intermediary else to.address,
        "arendenummer": case.number,
        "forvaltning": worker.administration.name if worker else case.administration_key,
        "handlaggare": worker.name if worker else "Samordningsfunktionen",
        "handlaggare_telefon": worker.phone if worker else "",
        "datum": written_out(swedish_day(place.at)),
        "bostadens_adress": _dwelling_line(place) if to.person_id is None else "",
        "hyresvard": case.dwelling.landlord.name if case.dwelling.landlord else OUTSIDERS["landlord"],
        "kfm_malnummer": (notice.kfm_case_number or "") if notice else "",
        "avhysningsdatum": written_out(swedish_day(eviction)) if eviction else "",
        "avhysningstid": _clock_time(notice, eviction),
        "egna_ord": "",
        "inkom_datum": written_out(swedish_day(notice.received_at)) if notice else "",
    }


def _clock_time(notice: Notice | None, eviction: datetime | None) -> str:
    """Nothing when Kronofogden has named only a day."""
    if eviction is None or (notice is not None and notice.eviction_at and not notice.eviction_has_time):
        return ""
    return f"klockan {swedish_time(eviction):%H.%M}"


def _current_eviction(work: UnitOfWork, place: Place) -> datetime | None:
    told = work.snapshot(place.case.id).latest("kfm.underrattelse", "kfm.nyTid")
    value = told.payload.get("eviction_at") if told else None
    return datetime.fromisoformat(value) if value else None
