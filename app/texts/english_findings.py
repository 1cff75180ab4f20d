"""The English of the pages on what is stuck, by the Swedish sentence."""

from __future__ import annotations

FINDINGS: dict[str, str] = {
    "Fynd": "Findings",
    "Alla fynd": "All findings",
    "Det som har fastnat eller snart gör det. Ett fynd försvinner av sig självt när allt är i ordning igen.": (
        "What is stuck or soon will be. A finding goes away by itself when all is in order again."
    ),
    "Allvarligt": "Serious",
    "Notera": "Note",
    "Tystade": "Silenced",
    "Avslutade": "Closed",
    "Fördela uppgiften": "Assign the task",
    "Se fristerna": "See the dates",
    "Se breven": "See the letters",
    "Till Driftläge": "To Operations",
    "Välj åtgärd": "Choose what to do",
    "Utse handläggare": "Appoint a caseworker",
    "inget datum": "no date",
    "Ingen": "Nobody",
    "Allvar": "Severity",
    "Allt": "Everything",
    "{since} till {until}": "{since} to {until}",
    "Gör så här": "What to do",
    "Inga.": "None.",
    "Tysta": "Silence",
    "Tystat till {day}": "Silenced to {day}",
    "Inga fynd": "No findings",
    "Inget motsvarar det du har valt.": "Nothing matches what you have chosen.",
    "Inget har fastnat just nu. Systemet letar varje minut.": (
        "Nothing is stuck at the moment. The system looks every minute."
    ),
    "Visa alla öppna": "Show all open ones",
    "Till början": "To the beginning",
    "Hur många": "How many",
    "Öppna fynd": "Open findings",
    "Öppna fynd efter enhet och allvar": "Open findings by unit and severity",
    "Vad som är fel": "What is wrong",
    "Varför det spelar roll": "Why it matters",
    "Upptäckt": "Discovered",
    "I ordning igen": "In order again",
    "Tysta fyndet": "Silence the finding",
    "Fyndet är tystat till och med {day}.": "The finding is silenced to and including {day}.",
    "Visa fyndet igen nu": "Show the finding again now",
    "Fyndet visas igen.": "The finding is shown again.",
    "Ett tystat fynd syns inte bland det som behöver dig. Det kommer tillbaka när dagen har passerat. Skälet står i "
    "ärendets journal.": (
        "A silenced finding does not show among what needs you. It comes back when the day has passed. The reason "
        "stands in the journal of the case."
    ),
    "Till och med vilken dag? Högst {days} dagar fram.": "To and including which day? At most {days} days ahead.",
    "Varför kan det vänta?": "Why can it wait?",
    "Skriv inget om personer. Skälet kan läsas av alla som ser ärendet.": (
        "Write nothing about people. Everybody who sees the case can read the reason."
    ),
    "Har varit tystat": "Has been silenced",
    "till och med {day}": "to and including {day}",
    "avbrutet {when} av {name}": "ended {when} by {name}",
    "slut {when}": "over {when}",
    "Samma sak vid andra tillfällen": "The same thing at other times",
    "Till fyndet": "To the finding",
    "Tystade fynd": "Silenced findings",
    "Fynd i ärendet": "Findings in the case",
    "Fyndet finns inte": "There is no such finding",
    "Det finns inget sådant fynd, eller så gäller det ett ärende som du inte ser.": (
        "There is no such finding, or it is about a case that you do not see."
    ),
    "Fyndet är avslutat": "The finding is closed",
    "Det som fyndet säger gäller inte längre. Ladda om listan över fynd.": (
        "What the finding says is not so any more. Reload the list of findings."
    ),
    "Tystade ett fynd": "Silenced a finding",
    "Lät ett fynd visas igen": "Let a finding be shown again",
    "Arbetsledningens fynd": "The supervisor's findings",
    "Arbetsledningens översikt": "The supervisor's overview",
    "Ett fynd": "A finding",
    "Ett fynd, efter fel": "A finding, after an error",
    "E-post som väntar": "Mail that waits",
    "E-post som gavs upp, 14 dagar": "Mail given up, 14 days",
    "Öppna fynd: {severity}": "Open findings: {severity}",
    "Processer som har stannat av ett fel": "Processes that have stopped from an error",
    "Vilken process det gäller, men inte i vilket ärende. Enhetschefen ser ärendet bland fynden.": (
        "Which process it is, but not in which case. The head of unit sees the case among the findings."
    ),
    "Skriv varför fyndet kan vänta, med minst tio tecken.": (
        "Write why the finding can wait, in at least ten characters."
    ),
}
