"""What the statistics measure: each measure with the definition that stands on the page, word for word.

What is counted belongs to the month that the definition names, by Swedish calendar. Months are counted anew for two
years (actions/month_figures.py); after that they stand as they are, also when cases are destroyed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure (sv. mått)."""

    name: str
    title: str
    """Swedish."""
    definition: str
    """Swedish: what is counted, when, and what is left out."""
    of_tasks: bool = False
    """It counts tasks, and so can be narrowed to a unit and a process."""


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure(
            "notices",
            "Underrättelser",
            "Underrättelser som kom in under månaden. Samma underrättelse på nytt räknas en gång. Efter typ är "
            "underrättelsens egen typ.",
        ),
        Measure(
            "landlords",
            "Underrättelser efter hyresvärd",
            "Samma underrättelser efter hyresvärd. Privatpersoner och hyresvärdar utan angivet slag räknas var för sig "
            "som en grupp och nämns aldrig vid namn.",
        ),
        Measure(
            "outcomes",
            "Utfall",
            "Ärenden som avslutades under månaden, efter sitt utfall. Avvärjd är varje utfall där hushållet bor kvar. "
            "Ett ärende som öppnas igen räknas när det avslutas på nytt.",
        ),
        Measure(
            "lead_times",
            "Ledtid per steg",
            "Uppgifter som slutfördes under månaden: hela dagar från dagen då uppgiften kom upp till dagen då den "
            "slutfördes. Medianen är den tid som hälften klarade, p90 den som nio av tio klarade. Långa tider anges i "
            "spann. Uppgifter som föll bort räknas inte.",
            of_tasks=True,
        ),
        Measure(
            "due_times",
            "Tider som hölls",
            "Uppgifter med en tid att vara klara till som slutfördes under månaden. Hållen är den som slutfördes "
            "senast på den tid som gällde då.",
            of_tasks=True,
        ),
        Measure(
            "households",
            "Ärenden där barn berörs",
            "Ärenden som öppnades under månaden, efter om något barn eller umgängesbarn hör till hushållet, som det är "
            "känt nu.",
        ),
        Measure(
            "children",
            "Berörda barn",
            "Barn och umgängesbarn i de ärenden som öppnades under månaden, som det är känt nu.",
        ),
        Measure(
            "confirmations",
            "Bekräftat samma dag",
            "Underrättelser från Kronofogden om avhysning, ändrat datum eller avlägsnande som kom in under månaden, "
            "också upprepade. Samma dag är samma kalenderdag som den kom in (SoF 11:3).",
        ),
        Measure(
            "reached",
            "Nådda hyresgäster",
            "Ärenden som öppnades under månaden och inte är ren rådgivning eller för någon annan, efter om någon i "
            "hushållet som avses har nåtts personligen hittills. Enbart brev räknas inte (handboken 5.3).",
        ),
    )
}
"""Every measure by name, in the order in which the page shows them."""

ALL = "*"
"""Stands where a district or a type of notice could: all of them together."""
NO_OUTCOME = "none"
"""The outcome of a case that was closed without one."""
UNKNOWN = ""
"""The district of a home for which none was registered."""
