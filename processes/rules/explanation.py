"""Why a date is what it is: the events it starts from, the rule, the counting day by day, and what is still uncertain.

Every deadline of the system is one `Explanation`. It can be kept as JSON, read out in plain Swedish, and counted again
from its own starting points: `recompute()` must give the date that it shows, so a date never stands without its proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from processes.rules.calendar import in_swedish
from processes.rules.counting import SkippedDay, Step, repeat_steps
from processes.rules.snapshot import Scope


class DeadlineKind(StrEnum):
    """What a date means to the person who reads it."""

    ACT = "act"
    """Something must be done on this day at latest."""
    LONGEST = "longest"
    """Something may go on until this day and never longer; such a day is never moved forward."""
    EARLIEST = "earliest"
    """Something may not happen before this day; it protects somebody's right to wait."""
    GUIDE = "guide"
    """A guide of the handbook or of the municipality, not of the law."""
    INFO = "info"
    """Good to know; nobody here has to act."""


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """An event from which time is counted (sv. utgångspunkt), and how we know of it."""

    what: str
    """Swedish, without a full stop: "Hyresgästen delgavs underrättelsen"."""
    on: date
    evidence: str = ""
    is_confirmed: bool = True
    """False as long as the day is somebody's estimate, or the earliest day it can have been."""
    confirmed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Another way of reading the same rule, with the date it would give (sv. alternativ tolkning)."""

    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Explanation:
    """A date of the case together with everything that makes it so (sv. förklaring till ett datum)."""

    id: str
    """D-01 to D-30."""
    title: str
    kind: DeadlineKind
    rule: str
    """The rule in one Swedish sentence."""
    source: str
    """Where the rule stands: `JB 12:44`, `handboken 6.8`."""
    on: date | None = None
    """The Swedish calendar day; None when the rule gives no day, or nothing is known to count from."""
    at: datetime | None = None
    """The instant (UTC) to work towards, when the day alone is not enough: the office closes, Kronofogden comes."""
    latest_at: datetime | None = None
    """The last instant (UTC) that the law allows, when it differs from `at`."""
    starts: tuple[StartingPoint, ...] = ()
    steps: tuple[Step, ...] = ()
    readings: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = ()
    """What the reader must know besides: doubts, exceptions, what to do first. Swedish sentences."""
    is_provisional: bool = False
    """The true day may be later: it is counted from what is known so far, and never counts as passed."""
    is_interpretation: bool = False
    """The municipality reads the rule this way; its lawyer has to agree."""
    about: Scope | None = None
    part: str = ""
    """Tells apart two dates of the same rule about the same thing: `guide` and `limit` of D-17."""

    @property
    def subject(self) -> str:
        """What the date is about, as text: `notice:17`, `case:3:limit`."""
        about = "" if self.about is None else f"{self.about.kind}:{self.about.id}"
        return ":".join(filter(None, (about, self.part)))

    @property
    def skipped(self) -> tuple[SkippedDay, ...]:
        """The days that the counting passed over, and why."""
        return tuple(skipped for step in self.steps for skipped in step.skipped)

    @property
    def confirmed_by(self) -> tuple[str, ...]:
        """Who confirmed the starting points, as far as known."""
        return tuple(start.confirmed_by for start in self.starts if start.confirmed_by)

    def has_passed(self, today: date) -> bool:
        """Whether the day lies behind `today`; a provisional or unknown day never does."""
        return self.on is not None and not self.is_provisional and self.on < today

    def recompute(self) -> date | None:
        """Count the date again from the starting points; None if there is nothing to count."""
        return repeat_steps(self.steps, [start.on for start in self.starts])

    def concerning(self, scope: Scope) -> Explanation:
        """The same explanation, said of one notice, report or other part of the case."""
        return replace(self, about=scope)

    def as_text_sv(self) -> str:
        """The answer to "Varför detta datum?" in plain Swedish, one sentence a line."""
        return "\n".join(_sentences(self))

    def to_json(self) -> dict[str, Any]:
        """The explanation as JSON values; dates as YYYY-MM-DD, instants as ISO 8601 in UTC."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind.value,
            "rule": self.rule,
            "source": self.source,
            "on": _day_out(self.on),
            "at": _instant_out(self.at),
            "latest_at": _instant_out(self.latest_at),
            "starts": [
                {
                    "what": start.what,
                    "on": start.on.isoformat(),
                    "evidence": start.evidence,
                    "is_confirmed": start.is_confirmed,
                    "confirmed_by": start.confirmed_by,
                }
                for start in self.starts
            ],
            "steps": [step.to_json() for step in self.steps],
            "readings": [{"text": reading.text, "on": reading.on.isoformat()} for reading in self.readings],
            "notes": list(self.notes),
            "is_provisional": self.is_provisional,
            "is_interpretation": self.is_interpretation,
            "about": None if self.about is None else {"kind": self.about.kind, "id": self.about.id},
            "part": self.part,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Explanation:
        """The explanation that `to_json` wrote; KeyError or ValueError if it is something else."""
        about = kept["about"]
        return cls(
            id=kept["id"],
            title=kept["title"],
            kind=DeadlineKind(kept["kind"]),
            rule=kept["rule"],
            source=kept["source"],
            on=_day_in(kept["on"]),
            at=_instant_in(kept["at"]),
            latest_at=_instant_in(kept["latest_at"]),
            starts=tuple(
                StartingPoint(
                    start["what"],
                    date.fromisoformat(start["on"]),
                    start["evidence"],
                    start["is_confirmed"],
                    start["confirmed_by"],
                )
                for start in kept["starts"]
            ),
            steps=tuple(Step.from_json(step) for step in kept["steps"]),
            readings=tuple(Reading(r["text"], date.fromisoformat(r["on"])) for r in kept["readings"]),
            notes=tuple(kept["notes"]),
            is_provisional=kept["is_provisional"],
            is_interpretation=kept["is_interpretation"],
            about=None if about is None else Scope(about["kind"], about["id"]),
            part=kept["part"],
        )


def _day_out(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_in(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _instant_out(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(UTC).isoformat()


def _instant_in(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _sentences(explanation: Explanation) -> list[str]:
    day = "Datumet är inte känt" if explanation.on is None else in_swedish(explanation.on)
    certainty = " (preliminärt, inte bekräftat)" if explanation.is_provisional else ""
    lines = [f"{explanation.title}: {day}{certainty}.", f"Regel: {explanation.rule} ({explanation.source})"]
    for start in explanation.starts:
        known = "" if start.is_confirmed else " Uppgiften är inte bekräftad."
        known += f" Bekräftad av {start.confirmed_by}." if start.confirmed_by else ""
        source = f" enligt {start.evidence}" if start.evidence else ""
        lines.append(f"{start.what} {in_swedish(start.on)}{source}.{known}")
    lines += [step.as_text_sv() for step in explanation.steps]
    if explanation.is_interpretation:
        lines.append("Detta är en tolkning som kommunens jurist ska ta ställning till.")
    lines += [
        f"Annan läsning: {reading.text} ger {in_swedish(reading.on)}." for reading in explanation.readings
    ]
    return [*lines, *explanation.notes]
