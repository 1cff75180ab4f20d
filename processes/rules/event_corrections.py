"""Which events may be taken back when they were recorded by mistake, and what to do instead about the others.

An event that is taken back stays where it is, marked as corrected, and counts no longer: facts, deadlines and gates are
worked out as if it had not happened. That is sound only where everything that followed can be worked out anew, so the
list is short. What a person has decided or sent since stands, and is corrected by a note beside it (SoL 14:6).
"""

from __future__ import annotations

from dataclasses import dataclass

CORRECTION = "handelse.rattad"
"""The event that marks another as corrected."""


@dataclass(frozen=True, slots=True)
class Correctable:
    """An event that may be taken back."""

    name: str
    undone: str
    """What goes with it, in Swedish for who is about to do it."""
    tells: tuple[str, ...] = ()
    """Messages that let the processes that wait look at the facts again."""
    restarts: str = ""
    """Key of the process that begins anew if the event ended it, about what the event is about."""
    restarts_if: str = ""
    """What the event says, if anything, that makes a running such process pass a step it does not ask for again."""
    with_it: frozenset[str] = frozenset()
    """What that process recorded by itself as it ended, and that is taken back too."""
    stays: frozenset[str] = frozenset()
    """Tasks that may have come of the event and stay: a person looks at the matter as it is now."""


CORRECTABLE: dict[str, Correctable] = {
    one.name: one
    for one in (
        Correctable("anteckning", "Anteckningen räknas inte längre. Inget annat ändras."),
        Correctable(
            "kontaktforsok.gjort", "Kontaktförsöket försvinner ur listan, och spärrar om kontakt prövas om."
        ),
        Correctable("besok.bokat", "Bokningen försvinner ur kalendern."),
        Correctable(
            "samtycke.givet",
            "Samtycket försvinner ur listan, och spärrar som det öppnade stängs.",
            tells=("samtycke.andrat",),
        ),
        Correctable(
            "hyra.betald",
            "Betalningen räknas inte längre. Frister och påminnelser räknas om, och bevakningen av "
            "återvinningsfristen börjar om ifall betalningen avslutade den. En uppgift att bedöma utfallet står kvar.",
            tells=("hyra.betald",),
            restarts="bevaka-atervinningsfrist",
            with_it=frozenset({"frist.avgjord"}),
            stays=frozenset({"bedom_utfall"}),
        ),
        Correctable(
            "underlag.andrat",
            "Underrättelsen får tillbaka de uppgifter den hade, och frister och påminnelser räknas om.",
            tells=("underlag.andrat",),
            restarts="bevaka-atervinningsfrist",
            restarts_if="served_confirmed",
        ),
    )
}
"""By the event's name."""

WAYS_OUT: dict[str, str] = {
    "samtycke.givet": "Anteckna att samtycket är återkallat, och skriv en rättelse bredvid.",
    "samtycke.aterkallat": "Anteckna ett nytt samtycke om personen fortfarande samtycker.",
    "kfm.nyTid": "Anteckna rätt dag som ny tid.",
    "handlaggare.utsedd": "Utse rätt handläggare; det senaste gäller.",
    "barn.uteslutet": "Lägg in barnet som upptäckt; då börjar arbetet för barnet genast.",
    "skydd.andrat": "Ändra skyddet igen; det senaste gäller.",
    "besok.avbokat": "Boka besöket igen.",
    "bevakning.skapad": "Avsluta bevakningen.",
    "bevakning.flyttad": "Flytta bevakningen till rätt dag.",
    CORRECTION: "Anteckna händelsen på nytt om den ändå har hänt.",
}
"""What puts another event right, by its name."""
BESIDE = "Anteckna en rättelse bredvid händelsen, och ta upp med din chef om något behöver göras om."
"""What can always be done."""


def way_out(name: str) -> str:
    """What to do about an event of this name that cannot be taken back."""
    return WAYS_OUT.get(name, BESIDE)
