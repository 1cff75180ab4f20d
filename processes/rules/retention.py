"""Says whether a closed case may be destroyed (sv. gallras), must be kept, or has to wait, and why.

A household's case is destroyed as a whole, and so it waits for whoever's file must be kept longest. Destroying cannot
be undone: whatever is not known keeps the case, except a missing birthday outside a child investigation, which is told
to who approves. The day itself is D-30 (rules/deadlines/afterwards.py).

| the case | is |
| --- | --- |
| open, or closed with a hold | kept |
| in a municipality that keeps everything, such as Göteborg (SoF 13:1) | kept |
| about somebody born on a day that is chosen for research | kept |
| with a child investigation about somebody whose birthday is not known | kept |
| otherwise, until five years after its last note (SoL 16:1) | kept |
| with a child investigation from 15 January 2026 on, until the child is 30 (SoL 16:2 a) | kept |
| after that day | to be destroyed |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from processes.rules.deadlines.afterwards import retention_ends
from processes.rules.explanation import Explanation
from processes.rules.policy import Policy

RESEARCH_BIRTHDAYS = frozenset({5, 15, 25})
"""Days of the month: files of those born then are kept for research outside the municipalities that keep everything.

The municipality's own decision says whether it is so; its lawyer has to agree on the wording of SoF 13.
"""


class Ground(StrEnum):
    """What decides about a case."""

    OPEN = "open"
    HELD = "held"
    KEPT = "kept"
    RESEARCH = "research"
    CHILD_UNKNOWN = "child_unknown"
    NOT_YET = "not_yet"
    DUE = "due"


GROUNDS: dict[Ground, str] = {
    Ground.OPEN: "Ärendet är öppet.",
    Ground.HELD: "Gallringen är stoppad.",
    Ground.KEPT: "Kommunen gallrar inte (SoF 13:1).",
    Ground.RESEARCH: "Akten bevaras för forskning: någon är född en av de dagar som kommunen har bestämt (SoF 13:1).",
    Ground.CHILD_UNKNOWN: "Ett barn har utretts, och barnets födelsedag är inte känd. Akten kan behöva bevaras tills"
    " barnet är 30 år (SoL 16:2 a).",
    Ground.NOT_YET: "Tiden har inte gått ut (SoL 16:1-2 a).",
    Ground.DUE: "Tiden har gått ut: ärendet ska gallras (SoL 16:1-2 a).",
}
"""What is told about each; Swedish."""


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """What a municipality has decided about its files (sv. gallringsbeslut)."""

    municipality: str
    keeps_for_ever: bool = True
    research_birthdays: frozenset[int] = RESEARCH_BIRTHDAYS
    """Days of the month, 1 to 31; empty = nobody's file is chosen."""


@dataclass(frozen=True, slots=True)
class RecordedCase:
    """What the rule asks of a case."""

    is_closed: bool
    is_held: bool
    last_note_on: date
    """The Swedish day of the last note, or of the closing if that was later."""
    births: tuple[date | None, ...] = ()
    """The birthday of each person of the case; None where it is not known."""
    investigated: tuple[date | None, ...] = ()
    """The birthday of each child that a child investigation has been about."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a case, and why."""

    ground: Ground
    explanation: Explanation | None = None
    """D-30 with its counting; None when something else than time decides."""
    is_by_birth: bool = False
    """The day follows from a child's birthday, and so tells it."""
    unknown_births: int = 0
    """For how many persons nobody could see whether their file is chosen for research."""

    @property
    def may_be_destroyed(self) -> bool:
        return self.ground is Ground.DUE

    @property
    def why(self) -> str:
        """The sentence; Swedish."""
        return GROUNDS[self.ground]


def judge(case: RecordedCase, policy: RetentionPolicy, today: date) -> Verdict:
    """Whether the case may be destroyed on the Swedish day `today` (SoL 16:1-2 a, 16:4, SoF 13:1; D-30)."""
    if not case.is_closed:
        return Verdict(Ground.OPEN)
    if case.is_held:
        return Verdict(Ground.HELD)
    if policy.keeps_for_ever:
        return Verdict(Ground.KEPT, _ends(case, policy))
    if any(born.day in policy.research_birthdays for born in (*case.births, *case.investigated) if born):
        return Verdict(Ground.RESEARCH)
    if None in case.investigated:
        return Verdict(Ground.CHILD_UNKNOWN)
    latest, is_by_birth = _latest(case, policy)
    ground = Ground.DUE if latest.has_passed(today) else Ground.NOT_YET
    return Verdict(ground, latest, is_by_birth, unknown_births=case.births.count(None))


def _latest(case: RecordedCase, policy: RetentionPolicy) -> tuple[Explanation, bool]:
    """The rule that keeps the case longest, and whether it counts from a birthday."""
    general = _ends(case, policy)
    ends = [general, *(_ends(case, policy, born) for born in case.investigated)]
    latest = max(ends, key=lambda one: one.on or date.max)
    return latest, latest.on != general.on


def _ends(case: RecordedCase, policy: RetentionPolicy, child_born_on: date | None = None) -> Explanation:
    rules = Policy(municipality=policy.municipality, keeps_records_for_ever=policy.keeps_for_ever)
    return retention_ends(case.last_note_on, rules, child_born_on=child_born_on)
