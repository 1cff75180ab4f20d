"""The English of the pages on which a head of unit steps into the course of a case."""

from __future__ import annotations

INTERVENTIONS: dict[str, str] = {
    "Det går inte att göra": "It cannot be done",
    "Ärendet har ändrats": "The case has changed",
    "Ärendet har ändrats sedan förhandsvisningen. Inget är gjort. Läs vad som händer nu och bekräfta igen.": (
        "The case has changed since the preview. Nothing has been done. Read what will happen now and confirm again."
    ),
    "Ärendet är pausat": "The case is suspended",
    "Ärendet är pausat till {until}. Be enhetschefen häva pausen. Det som har en dag i lagen går att göra ändå.": (
        "The case is suspended until {until}. Ask the head of unit to resume it. What the law sets a day for can be "
        "done all the same."
    ),
}
