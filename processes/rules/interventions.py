"""What a head of unit may do to step into the course of a case (sv. åtgärder), and what each of them means.

Each is done with a reason, after a look at what it leads to, and leaves a line in the journal: who, why, from what to
what. None of them is a way past the law: a gate that is hard stays hard, and a date of the law stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from processes.rules.due_dates import SET_BY_LAW
from processes.rules.gates import Gate, GateAnswer, Level
from processes.rules.going_back import DECISIONS

SHORTEST_REASON = 10
LONGEST_REASON = 2000
SHORTEST_GROUND = 20
"""Characters of the ground on which something is called off though a date of the law or of Kronofogden is open."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to step in (sv. åtgärd)."""

    key: str
    """In the address of its page."""
    journal: str
    """What the line in the journal is."""
    title: str
    told: str
    """What it does, in Swedish for who is about to do it."""
    of_many: bool = False
    """Several things can be chosen at once."""
    in_closed: bool = False
    """It can be done in a closed case too."""


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "omfordela",
            "reassigned",
            "Omfördela uppgifter",
            "Ger en eller flera uppgifter till en kollega, eller lämnar dem tillbaka till enheten.",
            of_many=True,
        ),
        Kind(
            "prioritet",
            "priority",
            "Ändra prioritet eller uppföljning",
            "Sätter prioritet för hand, och väljer dag då en uppgift ska tas upp igen. Lagens dagar väger alltid "
            "tyngst.",
            of_many=True,
        ),
        Kind(
            "ga-tillbaka",
            "went_back",
            "Gå tillbaka till ett steg",
            "Öppnar ett steg igen när svaret blev fel. Det som svaret ledde till rättas. Det som är beslutat eller har "
            "lämnat huset går inte att ta tillbaka så.",
        ),
        Kind(
            "hoppa-over",
            "skipped",
            "Hoppa över ett steg",
            "Låter processen gå vidare utan att steget görs. Beslut, spärrar i lagen och steg som lagen sätter en dag "
            "för hoppas inte över.",
        ),
        Kind(
            "meddelande",
            "delivered",
            "Lämna ett meddelande",
            "Antecknar en händelse som ärendet väntar på, eller påminner processen om en som redan är antecknad.",
        ),
        Kind(
            "tidsbevakning",
            "rearmed",
            "Ställ om en tidsbevakning",
            "Läser datumet igen ur det som är känt nu. Datum räknas ur ärendets uppgifter och väljs aldrig fritt.",
        ),
        Kind(
            "forsok-igen",
            "retried",
            "Försök igen",
            "Gör det som systemet inte klarade, nu och här. Misslyckas det igen händer ingenting.",
        ),
        Kind(
            "skicka-om",
            "resent",
            "Skicka om brev eller e-post",
            "Skriver ett brev i retur på nytt med det som är känt nu, eller lägger ett misslyckat e-postmeddelande i "
            "utkorgen igen.",
            in_closed=True,
        ),
        Kind(
            "pausa",
            "suspended",
            "Pausa ärendet",
            "Uppgifter och tidsbevakningar väntar. Lagens och Kronofogdens dagar pausas aldrig: de räknas, bevakas och "
            "påminns om som vanligt, och det som de kräver går att göra.",
        ),
        Kind(
            "ateruppta",
            "resumed",
            "Återuppta ärendet",
            "Häver pausen. Det som skulle ha hänt under pausen händer nu, i den ordning det förföll.",
        ),
        Kind(
            "avbryt",
            "cancelled",
            "Avbryta en process eller hela ärendet",
            "Det som pågår avslutas utan att göras klart. Uppgifter och tidsbevakningar i det faller bort.",
        ),
    )
}
"""Every way to step in, by its key, in the order in which they are shown."""

NO_CONTENT = frozenset({"forhandling.klar", "kontaktOchStod.klar", "samtycke.andrat"})
"""Events of a process itself that say nothing and decide nothing: they may be given in its place."""

OWN_STEP = "Det antecknas i det steg som det hör till: gör steget, eller gå tillbaka till det."


def why_not_skipped(
    properties: Mapping[str, str], events: Iterable[str], hard: Sequence[tuple[Gate, GateAnswer]]
) -> str:
    """Why the step may not be skipped, in Swedish; empty when it may.

    `events` are what its form records, `hard` its hard gates with their answers as things stand.
    """
    law = properties.get("lagrum") or properties.get("handbok", "")
    named = f" ({law})" if law else ""
    if DECISIONS & set(events):
        return f"I steget fattas ett beslut{named}. Det fattas eller avstås i steget, av den som får besluta."
    if properties.get("due") in SET_BY_LAW:
        return f"Lagen eller handboken sätter en dag för steget{named}. Det ska göras."
    for gate, answer in hard:
        if gate.asks_who_acts or not has_own_way_out(hard):
            closed = "" if answer.allowed else f" {answer.why} {answer.way_out}"
            return f"Steget har en spärr i lagen: {gate.title} ({gate.source}).{closed}"
    return ""


def has_own_way_out(hard: Sequence[tuple[Gate, GateAnswer]]) -> bool:
    """Whether the step itself can say that it cannot be done: a hard gate has that way out unless it asks who acts."""
    return bool(hard) and all(gate.level is Level.HARD and not gate.asks_who_acts for gate, _answer in hard)
