"""The English of the auditor's pages, by the Swedish sentence."""

from __future__ import annotations

AUDIT: dict[str, str] = {
    # Tabs and filters
    "Granskning": "Audit",
    "Åtkomstlogg": "Read log",
    "Mönster": "Patterns",
    "Stickprov": "Samples",
    "Utdrag": "Extract",
    "Vem som har läst vad, de senaste först. Det som står i ärendena visas inte här.": (
        "Who has read what, the latest first. What the cases say is not shown here."
    ),
    "Alla": "All",
    "Från och med": "From",
    "Till och med": "To",
    "Rensa": "Clear",
    # Rows
    "När": "When",
    "Vad som lästes": "What was read",
    "Varför": "Why",
    "Granskat": "Audited",
    "rad {number}": "row {number}",
    "nr {id}, finns inte kvar": "no. {id}, no longer there",
    "{count} personer": "{count} persons",
    "1 person": "1 person",
    "uppgift {id}": "task {id}",
    "Inga rader": "No rows",
    "Ingen har läst det som du frågar efter.": "Nobody has read what you ask for.",
    "Ärendets sida": "The page of the case",
    "En persons akt": "The file of a person",
    "Nödåtkomst till ärendet": "Emergency access to the case",
    "Anmälan av jäv": "Report of a conflict of interest",
    "Formulär för en händelse": "Form of an event",
    "Formulär för en händelse, efter fel": "Form of an event, after a mistake",
    "Uppgiftens sida": "The page of the task",
    "Uppgiftens sida, efter fel": "The page of the task, after a mistake",
    "Ärendets brev": "The letters of the case",
    "Ett brev": "A letter",
    "Ett brev som PDF": "A letter as a PDF",
    "Ärendets brev, efter fel": "The letters of the case, after a mistake",
    "Ett brev, efter fel": "A letter, after a mistake",
    "Anmälan av jäv, efter fel": "Report of a conflict of interest, after a mistake",
    "Rättelse av jäv": "Taking back a conflict of interest",
    "Att öppna ärendet i nödfall": "Opening the case in an emergency",
    "Granskning av nödåtkomst": "Review of emergency accesses",
    "Granskning av nödåtkomst, efter fel": "Review of emergency accesses, after a mistake",
    "Utkast till en händelse": "Draft of an event",
    "Utkast i en uppgift": "Draft in a task",
    "Att ta en uppgift": "Claiming a task",
    "Att lämna en uppgift": "Releasing a task",
    "Att fördela en uppgift": "Giving a task to somebody",
    "Att låta en uppgift vila": "Letting a task rest",
    "Anteckning vid en uppgift": "Note on a task",
    "Att väcka en uppgift": "Bringing back a task that rests",
    "Att ta tillbaka ett gallringsförslag": "Taking back a proposal to destroy",
    "Registrering av underrättelse": "Registration of a notice",
    "Åtkomstloggen": "The read log",
    "Mönster i åtkomstloggen": "Patterns in the read log",
    "Stickprov ur åtkomstloggen": "Sample of the read log",
    "Utdrag ur åtkomstloggen": "Extract of the read log",
    "En uppgift, genom ett anslutet system": "A task, through a connected system",
    "Ett ärende, genom ett anslutet system": "A case, through a connected system",
    "Ett ärendes frister, genom ett anslutet system": "A case's deadlines, through a connected system",
    "Ett ärendes samtycken, genom ett anslutet system": "A case's consents, through a connected system",
    "Ett ärendes händelser, genom ett anslutet system": "A case's events, through a connected system",
    "Att ta en uppgift, genom ett anslutet system": "Claiming a task, through a connected system",
    "Att lämna en uppgift, genom ett anslutet system": "Releasing a task, through a connected system",
    "Att slutföra en uppgift, genom ett anslutet system": "Completing a task, through a connected system",
    "Att anteckna en händelse, genom ett anslutet system": "Recording an event, through a connected system",
    "Att registrera en underrättelse, genom ett anslutet system": (
        "Registering a notice, through a connected system"
    ),
    "Egen uppgift": "Own task",
    "Ansvarig eller ersättare": "Responsible or substitute",
    "Enhetens uppgift": "Task of the unit",
    "Arbetsledning": "Supervision",
    "Utan uppgift": "Without a task",
    "Nekad": "Refused",
    # Patterns
    "Ett mönster är en anledning att fråga, inte ett svar.": "A pattern is a reason to ask, not an answer.",
    "Läsaren finns själv i ärendet, eller någon med samma namn": (
        "The reader is a person in the case, or has the same name as one"
    ),
    "Ärendet gäller läsarens egen adress": "The case is about the reader's own address",
    "Samma efternamn som någon i ärendet": "The same surname as somebody in the case",
    "Många ärenden utan uppgift samma dag": "Many cases without a task on one day",
    "De 20 senaste visas.": "The 20 latest are shown.",
    "Visa alla i loggen": "Show all in the log",
    "Inga mönster": "No patterns",
    "Ingen läsning under perioden sticker ut.": "No read in the period stands out.",
    # Samples
    "Ett stickprov tas med jämna mellanrum ur perioden. Ingen kan välja vilka rader det blir, och det kan dras om.": (
        "A sample takes rows at even distances from the period. Nobody can choose which, and it can be drawn again."
    ),
    "Antal rader": "Number of rows",
    "Dra stickprov": "Draw a sample",
    "Draget": "Drawn",
    "Period": "Period",
    "Av": "By",
    "Inga stickprov än": "No samples yet",
    "Dra ett för den senaste månaden.": "Draw one for the last month.",
    "Draget {when} av {who}.": "Drawn {when} by {who}.",
    "Frö: fingeravtrycket på loggens rad {number}, den sista när stickprovet drogs:": (
        "Seed: the fingerprint of the log's row {number}, the last one when the sample was drawn:"
    ),
    "Ingen läsning finns i perioden.": "There is no read in the period.",
    "Bedöm": "Judge",
    "Bedömning": "Finding",
    "Anteckning": "Note",
    "Behörig": "Justified",
    "Ska frågas": "To be asked",
    "Obehörig": "Unjustified",
    "Bedömningen är antecknad.": "The finding is noted.",
    # Extract
    "Utdrag till den som vill veta vem som har läst om hen.": (
        "An extract for whoever wants to know who has read about them."
    ),
    "Filen säger när, vem, i vilket ärende, vad och varför, och ingenting av det som står i ärendet."
    " Kontrollera först vem som frågar.": (
        "The file says when, who, in which case, what and why, and nothing of what the case says."
        " Check first who is asking."
    ),
    "Personnummer eller personens nummer i systemet": "Personal identity number or the person's number in the system",
    "Hämta utdrag": "Download the extract",
    "Datum": "Date",
    "Tid": "Time",
}
