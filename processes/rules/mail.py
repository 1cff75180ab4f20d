"""What may stand in a mail to the staff: the number of a case and the way to it, and never anything about it.

A mail lies on servers and telephones that nobody here watches over, so it names no person, no step and no date: "an
investigation of a child" would already say too much (OSL 26:1).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)
GIVEN_UP_AFTER = timedelta(days=3)
"""What could not be delivered for so long is no news any more; it has stood in Kvarboende all the while."""
LONGEST_ADDRESS = 254
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])",
    re.ASCII,
)
ALARM, REMINDER, ESCALATION, DIGEST, HANDOVER = "alarm", "reminder", "escalation", "digest", "handover"
STUCK, BROKEN_PROCESS = "finding", "broken_process"


@dataclass(frozen=True, slots=True)
class MailKind:
    """A reason to write to somebody, which each person can switch off or on."""

    name: str
    label: str
    """Swedish, beside the box to tick."""
    wanted: bool
    """For who has said nothing."""
    subject: str
    first_line: str
    verb: str = ""
    """What somebody must be allowed to do to be written to; empty = everybody."""


KINDS: dict[str, MailKind] = {
    kind.name: kind
    for kind in (
        MailKind(
            REMINDER,
            "Påminnelser om mina och enhetens uppgifter",
            True,
            "Påminnelse i ärende {number}",
            "Något i ärende {number} väntar på dig eller din enhet.",
        ),
        MailKind(
            ESCALATION,
            "När något inte har blivit gjort trots påminnelse",
            True,
            "Ärende {number} har blivit liggande",
            "Något i ärende {number} har inte blivit gjort trots påminnelse.",
        ),
        MailKind(
            ALARM,
            "Larm till min enhet",
            True,
            "Ärende {number} behöver uppmärksamhet",
            "Din enhet har fått ett larm i ärende {number}.",
        ),
        MailKind(
            STUCK,
            "När ett ärende har fastnat eller snart gör det",
            True,
            "Ärende {number} har fastnat",
            "Systemet har funnit något i ärende {number} som en chef behöver se i dag.",
            verb="supervise",
        ),
        MailKind(
            BROKEN_PROCESS,
            "När en process har stannat av ett fel",
            True,
            "En process har stannat av ett fel",
            "En process har stannat av ett fel som processägaren behöver se.",
            verb="edit_diagrams",
        ),
        MailKind(
            HANDOVER,
            "När en kollega lämnar över en uppgift till mig",
            True,
            "Överlämnat till dig i ärende {number}",
            "En kollega har lämnat över något i ärende {number} till dig.",
        ),
        MailKind(
            DIGEST,
            "En sammanfattning varje arbetsdag",
            False,
            "Dagens ärenden: {late} försenade, {today} för i dag",
            "Det här väntar i Kvarboende.",
        ),
    )
}
"""Every kind by name."""
COUNTED = {
    "late": "Försenat",
    "today": "Ska vara klart i dag",
    "unit": "Otilldelat i enheten, till och med i dag",
}
"""What a digest counts, in its order; Swedish."""
_GOODBYE = "Av sekretesskäl står det inte mer här. Vill du inte ha sådan e-post kan du ändra det på sidan Ditt konto."


def is_address(text: str) -> bool:
    """Whether the text is one plain mail address, and nothing that could become a header or a second recipient."""
    local, _, _ = text.partition("@")
    return len(text) <= LONGEST_ADDRESS and len(local) <= 64 and _ADDRESS.fullmatch(text) is not None


def is_of(address: str, domains: Collection[str]) -> bool:
    """Whether the address is in one of the domains; any will do when none are named."""
    return not domains or address.rpartition("@")[2].lower() in {one.lower() for one in domains}


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: ever longer, but never so long that a mended server waits."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 10)), LONGEST_PAUSE)


def words_of(kind: str, *, number: str, link: str, counted: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """Subject and text of a mail; KeyError for an unknown kind."""
    rule = KINDS[kind]
    values = {"number": number, **{what: len(counted.get(what, ())) for what in COUNTED}}
    lists = [
        f"{label}: {len(numbers)}\n" + "\n".join(f"  {one}" for one in numbers)
        for what, label in COUNTED.items()
        if (numbers := counted.get(what))
    ]
    parts = [rule.first_line.format(**values), *lists, link, _GOODBYE]
    return rule.subject.format(**values), "\n\n".join(parts) + "\n"
