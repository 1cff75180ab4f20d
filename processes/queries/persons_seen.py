"""Shows the persons of a case as one viewer may see them, and keeps back the rest wherever it was written down.

A protected person's number and address stand in more places than the row about the person: in what was typed when a
notice came in, in events, in the text of letters, in notes. A `Sight` is what one viewer may see in one case; pages ask
it for every such value. While anybody is protected, a number or an address is shown to others than the circle only if
it is known to belong to somebody who is not (fail-closed).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.clock import swedish_day
from processes.forms import Field, Kind
from processes.models import Case, Caseworker, Dwelling, Letter, Person, Task
from processes.queries.access import stands_in_for
from processes.rules.consent import age_on
from processes.rules.policy import Policy
from processes.rules.protection import (
    ADDRESS_FIELDS,
    IDENTITY_FIELDS,
    MARK,
    CaseTies,
    Detail,
    details_shown,
    is_in_circle,
    is_protected,
    may_show_home,
    ties_of,
)
from processes.rules.traces import finder_of, plain, traces_of

KEPT_BACK = ADDRESS_FIELDS | IDENTITY_FIELDS
READ_AS_A_WHOLE = frozenset({Kind.DATE, Kind.DATE_TIME, Kind.MONEY})
"""Kinds of answers that a page writes in words of its own: with a mark inside, they could not be read any more. The day
of an event may be the day on which a protected child was born."""


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person of the case as far as one viewer may see; what is kept back is None."""

    id: int
    name: str
    roles: tuple[str, ...]
    protection: str
    is_protected: bool
    """The mark stands beside the name."""
    is_kept_back: bool
    """This viewer does not see number, birth date and address."""
    age: int | None
    born_on: date | None
    id_number: str | None
    own_address: str | None
    language: str
    needs_interpreter: bool
    died_on: date | None


@dataclass(frozen=True)
class Sight:
    """What one viewer may see in one case."""

    persons: tuple[PersonShown, ...]
    home: str
    """The dwelling's address, or the mark."""
    shows_home: bool
    in_circle: bool
    _hidden: re.Pattern[str] = field(default_factory=lambda: finder_of(()))
    """Finds the numbers and addresses that this viewer must not meet in any text."""
    _open: frozenset[str] = field(default_factory=frozenset)
    """Numbers, birth dates and addresses of those who are not protected, as `plain` writes them."""

    @property
    def anybody_protected(self) -> bool:
        """Whether the page of this case carries the warning."""
        return any(person.is_protected for person in self.persons)

    @property
    def protected(self) -> tuple[PersonShown, ...]:
        """Those whom the warning is about."""
        return tuple(person for person in self.persons if person.is_protected)

    @property
    def sees_everything(self) -> bool:
        return self.in_circle or not self.anybody_protected

    def text(self, written: str) -> str:
        """The text with every number and address of a person who is kept back replaced by the mark."""
        return self._hidden.sub(f"[{MARK}]", written)

    def answer(self, asked: Field, value: Any) -> Any:
        """The answer to a question, without what this viewer may not see."""
        if self.sees_everything or value is None:
            return value
        if asked.kind is Kind.ROWS:
            columns = {column.name: column for column in asked.columns}
            return [
                {
                    key: self.answer(columns[key], cell) if key in columns else cell
                    for key, cell in row.items()
                }
                for row in value
            ]
        shown = self.value(asked.name if asked.kind is not Kind.PERSONAL_NUMBER else "id_number", value)
        return MARK if asked.kind in READ_AS_A_WHOLE and shown != value else shown

    def told(self, told: Iterable[tuple[Field, Any]]) -> list[tuple[Field, Any]]:
        """Questions with their answers; what is kept back has the mark for an answer."""
        return [(asked, self.answer(asked, value)) for asked, value in told]

    def payload(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What an event or a task says under each key, without what this viewer may not see."""
        return {key: self.value(key, value) for key, value in said.items()}

    def value(self, key: str, value: Any) -> Any:
        """What stands under a key, whatever its shape."""
        if self.sees_everything or value is None or isinstance(value, bool):
            return value
        if isinstance(value, Mapping):
            return self.payload(value)
        if isinstance(value, list | tuple):
            return [self.value(key, one) for one in value]
        if key in KEPT_BACK:
            return value if not value or plain(str(value)) in self._open else MARK
        return self.text(value) if isinstance(value, str) else value

    def letter(self, letter: Letter) -> str:
        """The text of a letter as it was written, without what this viewer may not see."""
        return self.text(letter.text)


def sight_of(session: Session, case: Case, caseworker: Caseworker, now: datetime, policy: Policy) -> Sight:
    """What the caseworker may see in the case at this instant."""
    anybody = any(is_protected(person.protection) for person in case.persons)
    in_circle = anybody and _is_in_circle(session, case, caseworker, now, policy)
    return sight_from(case, swedish_day(now), in_circle=in_circle)


def persons_seen(
    session: Session, case: Case, caseworker: Caseworker, now: datetime, policy: Policy
) -> Sequence[PersonShown]:
    """The persons of the case as the caseworker may see them."""
    return sight_of(session, case, caseworker, now, policy).persons


def _is_in_circle(
    session: Session, case: Case, caseworker: Caseworker, now: datetime, policy: Policy
) -> bool:
    if case.administration_key != caseworker.administration_key or not caseworker.is_active:
        return False
    holders = select(Task.claimed_by_id).where(
        Task.case_id == case.id, Task.status == "open", Task.claimed_by_id.is_not(None)
    )
    ties = CaseTies(
        case.responsible_id,
        case.substitute_id,
        frozenset(one for one in session.scalars(holders) if one is not None),
    )
    standing_in_for = stands_in_for(session, caseworker, now)
    return is_in_circle(
        ties_of(caseworker.id, caseworker.roles, ties, standing_in_for), policy.protected_circle
    )


def sight_from(case: Case, today: date, *, in_circle: bool) -> Sight:
    """What somebody sees who stands in the circle of the protected, or outside it."""
    household = [(person.protection, person.roles) for person in case.persons]
    shows_home = may_show_home(household, in_circle=in_circle)
    persons = tuple(_shown(person, today, in_circle=in_circle) for person in case.persons)
    kept_back = {person.id for person in persons if person.is_kept_back}
    secret, known = _sorted_out(case, lambda person: person.id in kept_back, shows_home=shows_home)
    return Sight(
        persons=persons,
        home=home_line(case.dwelling) if shows_home else MARK,
        shows_home=shows_home,
        in_circle=in_circle,
        _hidden=finder_of(traces_of(secret)),
        _open=frozenset(map(plain, known)) - frozenset(map(plain, secret)),
    )


def home_line(dwelling: Dwelling) -> str:
    """The address with the number of the flat."""
    return f"{dwelling.address}, lgh {dwelling.apartment}" if dwelling.apartment else dwelling.address


def _shown(person: Person, today: date, *, in_circle: bool) -> PersonShown:
    details = details_shown(person.protection, in_circle=in_circle)
    return PersonShown(
        id=person.id,
        name=person.name,
        roles=tuple(person.roles),
        protection=person.protection,
        is_protected=is_protected(person.protection),
        is_kept_back=Detail.ADDRESS not in details,
        age=age_on(person.born_on, person.died_on or today),
        born_on=person.born_on if Detail.BORN_ON in details else None,
        id_number=person.id_number if Detail.IDENTITY_NUMBER in details else None,
        own_address=person.own_address if Detail.ADDRESS in details else None,
        language=person.language,
        needs_interpreter=person.needs_interpreter,
        died_on=person.died_on,
    )


def _sorted_out(
    case: Case, is_kept_back: Callable[[Person], bool], *, shows_home: bool
) -> tuple[set[str], set[str]]:
    """Every number, birth date and address of the case: those to keep back, and those that anybody here may see."""
    secret: set[str] = set()
    known: set[str] = set()
    for person in case.persons:
        born_on = person.born_on.isoformat() if person.born_on else ""
        (secret if is_kept_back(person) else known).update({person.id_number, person.own_address, born_on})
    home = {case.dwelling.address, case.dwelling.apartment, home_line(case.dwelling)}
    (known if shows_home else secret).update(home)
    return secret - {""}, known - {""}
