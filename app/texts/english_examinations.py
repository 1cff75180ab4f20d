"""The English of the pages about the checks, by the Swedish sentence."""

from __future__ import annotations

EXAMINATIONS: dict[str, str] = {
    "Allt som kan sägas om förslaget innan någon använder det: fel i filerna, lagens krav på varje väg, och "
    "scenarierna.": (
        "Everything that can be said of the proposal before anybody uses it: errors in the files, what the law demands "
        "on every way, and the scenarios."
    ),
    "Förslaget kontrolleras.": "The proposal is being checked.",
    "fel": "errors",
    "och {count} varningar": "and {count} warnings",
    "av {count} lagregler bevisade": "of {count} legal rules proven",
    "av {count} scenarier gick rätt": "of {count} scenarios went right",
    "Lagregler som inte är bevisade": "Legal rules that are not proven",
    "Visa vägen dit": "Show the way there",
    "Att rätta i filerna": "To put right in the files",
    "Varning": "Warning",
    "Inget. Varje steg, formulär, tabell och brev går att använda.": (
        "Nothing. Every step, form, table and letter can be used."
    ),
    "Bevisade lagregler": "Legal rules that are proven",
    "Varje regel är prövad på alla vägar genom sin process och dem som den anropar. Villkor om fakta läses inte: där "
    "ett val kan gå åt flera håll är alla prövade.": (
        "Each rule is tried on every way through its process and those that it calls. Conditions about facts are not "
        "read: where a choice can go several ways, all of them are tried."
    ),
    "Bruten": "Broken",
    "Kanske bruten": "Perhaps broken",
    "Inte bevisad": "Not proven",
    "Vägen dit": "The way there",
    "Vägen dit, steg för steg": "The way there, step by step",
    "Tillbaka": "Back",
    "Framåt": "Forward",
    "eller piltangenterna": "or the arrow keys",
    "Steg {number} av {count}": "Step {number} of {count}",
    "Ritningen kan inte visas. Vägen står som text.": "The drawing cannot be shown. The way stands as text.",
    "Ritningen, med vägen markerad; vägen står också som text": (
        "The drawing, with the way marked; the way also stands as text"
    ),
    "Ritningen behöver JavaScript. Vägen står som text.": "The drawing needs JavaScript. The way stands as text.",
    "Det felet finns inte i förslaget som det är nu.": "That fault is not in the proposal as it is now.",
    "Redigera diagrammet": "Edit the diagram",
    "Till kontrollerna": "To the checks",
    "Kontroll av ändringsförslag": "Checking of proposals",
}
