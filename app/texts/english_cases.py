"""The English of the page of a case, its journal, and putting an event right."""

from __future__ import annotations

CASES: dict[str, str] = {
    # What happens now
    "Vad händer nu?": "What happens now?",
    "Vems tur är det?": "Whose turn is it?",
    "Närmaste frist": "Nearest deadline",
    "Senaste frist, som har passerat": "Latest deadline, which has passed",
    "Går vidare av sig självt": "Moves by itself",
    "Vi väntar på besked om": "We wait to hear of",
    "Det som delar av ärendet väntar på från varandra": "What parts of the case await from each other",
    "spärrad": "barred",
    "vilar till {day}": "rests until {day}",
    "klart senast {day}": "due {day}",
    "och {count} till": "and {count} more",
    # The case
    "Bostad och hyresvärd": "Home and landlord",
    "Adress": "Address",
    "Upplåtelse": "Tenure",
    "Storlek": "Size",
    "Kontakt hos hyresvärden": "Contact at the landlord",
    "För vad": "For what",
    "Gick ut {day}": "Ran out {day}",
    "Inget är lämnat till någon utomstående.": "Nothing has been told to any outsider.",
    "Utskrift {when} av {name}. Innehåller sekretess (OSL 26:1).": (
        "Printed {when} by {name}. Contains secrets (OSL 26:1)."
    ),
    # Where the processes stand
    "pågår:": "under way:",
    "pågår nu": "under way now",
    "väntar, eller pågår i en del": "waits, or is under way in a part",
    "inget pågår här nu": "nothing is under way here now",
    "klart": "done",
    "föll bort": "fell away",
    "inte än": "not yet",
    "Här finns inga uppgifter för människor; processen sköter sig själv.": (
        "There are no tasks for people here; the process runs by itself."
    ),
    "Diagram över {title}; stegen står i listan ovanför": "Diagram of {title}; the steps are in the list above",
    "Ingen process pågår.": "No process is under way.",
    # The journal
    "Hela journalen, med urval": "The whole journal, with filters",
    "Det senaste först": "The latest first",
    "Välj vad journalen visar": "Choose what the journal shows",
    "Åtkomst och ändringar": "Access and changes",
    "Brev och utlämnat": "Letters and what was handed out",
    "Slag": "Kinds",
    "Händelser": "Events",
    "Visa allt": "Show everything",
    "Äldre": "Older",
    "Inget i journalen svarar mot det du valt.": "Nothing in the journal answers to what you have chosen.",
    "Skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2026-03-02.": "Write the day as YYYY-MM-DD, such as 2026-03-02.",
    "{name}, togs bort: {was}": "{name}, removed: {was}",
    "Varför: {reason}": "Why: {reason}",
    "Antecknat av misstag": "Recorded by mistake",
    "I stället gäller": "What holds instead",
    "Har inte hänt.": "Has not happened.",
    "Rättad": "Corrected",
    "Rättade en händelse": "Corrected an event",
    # Putting an event right
    "Ärendets journal": "The journal of the case",
    "Rättelse av en händelse": "Correction of an event",
    "Rättelse av en händelse, efter fel": "Correction of an event, after an error",
    "Antecknad av misstag? Rätta händelsen": "Recorded by mistake? Correct the event",
    "Rätta en händelse": "Correct an event",
    "Det som antecknades står kvar i journalen med vem som rättade och varför.": (
        "What was recorded stays in the journal, with who corrected it and why."
    ),
    "Händelsen kan inte rättas så": "The event cannot be corrected so",
    "Skriv en rättelse bredvid": "Write a correction beside it",
    "Tillbaka till ärendet": "Back to the case",
    "Det här händer": "What follows",
    "Det som någon redan har beslutat eller skickat ändras inte.": (
        "What somebody has decided or sent already does not change."
    ),
    "Det har inte hänt": "It has not happened",
    "Det har hänt, men på annat sätt": "It has happened, but otherwise",
    "Varför är det fel, och hur vet ni det?": "Why is it wrong, and how do you know?",
    "Ta tillbaka händelsen": "Take the event back",
    "Rätta händelsen": "Correct the event",
    "Händelsen är rättad. Den står kvar i journalen, men räknas inte längre.": (
        "The event is corrected. It stays in the journal, but no longer counts."
    ),
    "Kontakt och samtycke": "Contact and consent",
    "Hyra och hyresvärd": "Rent and landlord",
    "Hushållet": "The household",
    "Stöd och ansökningar": "Support and applications",
    "Annat": "Other",
    "Processer i ärendet": "Processes in the case",
    "avslutad {day}": "ended {day}",
    "sedan {day}": "since {day}",
    "Ingen process än.": "No process yet.",
    "Barn enligt Kronofogden, ej registrerade": "Children according to the Enforcement Authority, not entered",
    "Ärendet räknas som ett ärende med barn. Ta reda på vilka de är och lägg in dem, även om namnet saknas.": (
        "The case counts as one with children. Find out who they are and enter them, even without a name."
    ),
    "Lägg in ett barn": "Enter a child",
    "Inga barn berörs": "No child is concerned",
}
