"""The English of the page on how what happens by itself is going, by the Swedish sentence."""

from __future__ import annotations

OPERATIONS: dict[str, str] = {
    "Driftläge": "Operations",
    "Här ser du om det som ska hända av sig självt händer i tid. Sidan visar ärendens nummer men inget av det som "
    "står i dem.": (
        "This is whether what should happen by itself happens in time. The page shows the numbers of cases and nothing "
        "of what they say."
    ),
    "Allt händer i tid": "Everything happens in time",
    "Något är sent": "Something is late",
    "Ingen arbetsprocess har varit igång. Starta kvarboende worker.": (
        "No worker has been running. Start kvarboende worker."
    ),
    "Ingen arbetsprocess sköter: {jobs}. Kontrollera att kvarboende worker är igång.": (
        "No worker looks after: {jobs}. See that kvarboende worker is running."
    ),
    "Äldsta försenade tidpunkt": "Oldest overdue instant",
    "ingen": "none",
    "Väntar på arbetsprocessen": "Waiting for the worker",
    "Försöks igen av sig självt": "Tried again by itself",
    "Väntar på en människa": "Waiting for a person",
    "Det systemet inte klarade": "What the system could not do",
    "Ett fel försöks igen allt mer sällan. Efter {count} försök får en människa ta vid: rätta orsaken och låt systemet "
    "försöka igen.": (
        "A failure is tried again ever more seldom. After {count} attempts it is left to a person: mend the cause and "
        "let the system try again."
    ),
    "Fel": "Error",
    "Försök": "Attempts",
    "Nästa försök": "Next attempt",
    "Åtgärd": "Action",
    "sedan {when}": "since {when}",
    "Uppgivet {when}": "Given up {when}",
    "Försök igen": "Try again",
    "Inget fel väntar.": "No failure is waiting.",
    "Det som sköts av sig självt": "What is looked after by itself",
    "Senast klart": "Last finished",
    "Nästa gång senast": "Next time at the latest",
    "Hur det gick": "How it went",
    "Misslyckades": "Failed",
    "Sent": "Late",
    "Gick bra": "Went well",
    "Inget har körts än.": "Nothing has run yet.",
    "Nästa tidpunkter": "Next instants",
    "Inget väntar på en tidpunkt.": "Nothing waits for an instant.",
    "Systemet försöker igen. Ladda om sidan om en stund för att se hur det gick.": (
        "The system tries again. Reload the page in a while to see how it went."
    ),
    "Felet finns inte kvar": "The failure is gone",
    "Det som misslyckades kan ha lyckats sedan dess. Ladda om Driftläge.": (
        "What failed may have succeeded since then. Reload the page on operations."
    ),
    "väntar på en människa": "waiting for a person",
    "Systemet kunde inte föra ärendet vidare": "The system could not move the case on",
    "Lät systemet försöka igen": "Let the system try again",
    "Tidsbevakning": "Timers",
    "Påminnelser": "Reminders",
    "Daglig sammanställning": "Daily digest",
    "Vilande uppgifter": "Resting tasks",
    "Dagens genomgång av ärenden": "The day's look at all cases",
    "Sökning efter det som har fastnat": "Search for what is stuck",
    "Kontroll av loggarna": "Check of the logs",
    "{count} sekunder": "{count} seconds",
    "{count} minuter": "{count} minutes",
    "{count} timmar": "{count} hours",
    "{count} dygn": "{count} days",
}
