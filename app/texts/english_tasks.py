"""The English of what surrounds the form of a task: notes, handing over, the position in the process."""

from __future__ import annotations

TASKS: dict[str, str] = {
    "Anteckning till den som tar över": "Note to whoever takes over",
    "Sparas i ärendet och står här när uppgiften öppnas.": "Kept in the case, and shown here when the task is opened.",
    "Överlämnat": "Handed over",
    "lämnade över {when}": "handed over {when}",
    "Anteckningar om uppgiften": "Notes on the task",
    "Skriv en anteckning": "Write a note",
    "Vem gäller den?": "Whom is it about?",
    "Ingen särskild": "Nobody in particular",
    "om {name}": "about {name}",
    "Hör till ärendet: den står i journalen och kan läsas av den som den handlar om.": (
        "Belongs to the case: it stands in the journal and can be read by the person it is about."
    ),
    "Anteckningen är sparad och står också i ärendets journal.": (
        "The note is saved and also stands in the journal of the case."
    ),
    "Kort om uppgiften": "The task in short",
    "Att göra": "To do",
    "Klart senast": "Done by",
    "Nästa frist i ärendet": "Next date in the case",
    "Vad som inte får göras": "What may not be done",
    "Inget är spärrat just nu": "Nothing is blocked right now",
    "Steget har inga spärrar": "The step has no gates",
    "Det satte i gång: {tasks}.": "That began: {tasks}.",
    "{count} till": "{count} more",
    "Ingen har något att göra just nu. Ärendet väntar på: {what}.": (
        "Nobody has anything to do right now. The case waits for: {what}."
    ),
    "Nästa i din inkorg:": "Next in your inbox:",
    "Var i processen": "Where in the process",
    "klart {day}": "done {day}",
    "bortföll {day}": "withdrawn {day}",
    "här är vi nu": "we are here now",
    "{count} tidigare steg": "{count} earlier steps",
    "Pågår samtidigt": "Going on at the same time",
    "Vad som kommer sedan": "What comes after",
    "Om": "If",
    "och": "and",
    "I övrigt": "Otherwise",
    "när det som pågår samtidigt är klart": "when what goes on at the same time is done",
    "När det som pågår samtidigt är klart": "When what goes on at the same time is done",
    "samma steg igen": "the same step again",
    "Ärendet väntar på:": "The case waits for:",
    "Här slutar den här delen": "This part ends here",
    "Här slutar den här delen: {how}": "This part ends here: {how}",
    "Inget mer i den här processen.": "Nothing more in this process.",
    "Visa i diagrammet": "Show in the diagram",
    "Diagrammet kan inte visas. Stegen står i listan ovanför.": (
        "The diagram cannot be shown. The steps stand in the list above."
    ),
    "Diagrammet behöver JavaScript. Stegen står i listan ovanför.": (
        "The diagram needs JavaScript. The steps stand in the list above."
    ),
    "Diagram där steget är markerat; det står också i listan ovanför": (
        "Diagram in which the step is marked; it stands in the list above too"
    ),
}
