"""The English of the editors of diagrams, tables, forms and letters, by the Swedish sentence."""

from __future__ import annotations

EDITORS: dict[str, str] = {
    "Att rita kräver JavaScript. Hämta filen, ändra den i ett annat BPMN-verktyg och ladda upp den igen. "
    "Formulär och texter går att ändra här.": (
        "Drawing needs JavaScript. Download the file, change it in another BPMN tool and upload it again. "
        "Forms and texts can be changed here."
    ),
    "Att rita kräver en större skärm. Här är stegen i ord; formulär och texter går att ändra även här.": (
        "Drawing needs a larger screen. Here are the steps in words; forms and texts can be changed here too."
    ),
    "Att ändra tabellen kräver JavaScript. Under Filens historik går filens text att ändra.": (
        "Changing the table needs JavaScript. Under History of the file its text can be changed."
    ),
    "Avsnittets rubrik": "Heading of the section",
    "Beslutstabellen {title}": "The decision table {title}",
    "Bör rättas": "Should be put right",
    "Brevets text": "Text of the letter",
    "Det finns ingen annan fråga med svar att välja mellan.": (
        "There is no other question with answers to choose from."
    ),
    "Det som fylls i": "What is filled in",
    "Diagrammet kan inte ritas. Hämta filen och öppna den i ett annat BPMN-verktyg, eller ångra den "
    "senaste ändringen i förslagets historik.": (
        "The diagram cannot be drawn. Download the file and open it in another BPMN tool, or take back the "
        "last change in the history of the proposal."
    ),
    "Egenskaper": "Properties",
    "Enhet efter talet": "Unit after the number",
    "F eller G": "F or G",
    "Filens historik": "History of the file",
    "Flytta det markerade, med Skift i större steg": "Move what is selected, with Shift in larger steps",
    "Flytta ner: {question}": "Move down: {question}",
    "Flytta ritningen": "Move the drawing",
    "Flytta ritningen, markera flera, skapa utrymme, dra en pil": (
        "Move the drawing, select several, make room, draw an arrow"
    ),
    "Flytta upp: {question}": "Move up: {question}",
    "Formuläret": "The form",
    "Formuläret kan inte läsas": "The form cannot be read",
    "Formuläret kan inte visas förrän det här är rättat:": "The form cannot be shown until this is put right:",
    "Fråga": "Question",
    "Fråga i villkor {number}": "Question in condition {number}",
    "Frågan är sparad.": "The question is saved.",
    "Frågans namn i villkor och statistik": "Name of the question in conditions and statistics",
    "Frågor": "Questions",
    "Fylls i från": "Filled in from",
    "Förklaring": "Explanation",
    "Förklaring till svar {number}": "Explanation of answer {number}",
    "Gör om": "Redo",
    "Har redan hänt: får inte ligga i framtiden": "Has happened already: cannot lie in the future",
    "Hjälp under frågan": "Help under the question",
    "Hämta filen": "Download the file",
    "Händelser som formuläret antecknar": "Events that the form records",
    "Händelserna ändras i filens text, under Filens historik.": (
        "The events are changed in the text of the file, under History of the file."
    ),
    "Högst": "At most",
    "Högst så många tecken": "At most so many characters",
    "Inga fel i formuläret.": "Nothing wrong in the form.",
    "Inga frågor än.": "No questions yet.",
    "Ingenting": "Nothing",
    "Inget mer villkor": "No more conditions",
    "Inget villkor": "No condition",
    "Inledning": "Introduction",
    "Kod för svar {number}": "Code of answer {number}",
    "Kontroll": "Check",
    "Kontrollerar …": "Checking …",
    "Kopiera, klistra in det markerade": "Copy, paste what is selected",
    "Känslig: visas aldrig i listor": "Sensitive: never shown in lists",
    "Lägg till": "Add",
    "Lägg till avsnittet": "Add the section",
    "Med påhittade uppgifter.": "With made-up details.",
    "Minst": "At least",
    "Måste besvaras när den visas": "Must be answered when it is shown",
    "Måste kryssas i": "Must be ticked",
    "Ny fråga": "New question",
    "Ny kolumn i {table}": "New column in {table}",
    "Nytt avsnitt": "New section",
    "Någon annan har ändrat formuläret under tiden. Det du skrev står kvar: se efter och spara igen.": (
        "Somebody else has changed the form meanwhile. What you wrote is still here: look it over and save again."
    ),
    "Prova gärna: inget sparas. Personer och annat att välja är påhittat.": (
        "Do try it: nothing is kept. Persons and other things to choose are made up."
    ),
    "Provkör, eller sluta provköra": "Trial run, or end it",
    "Ritning av {title}; allt i den kan väljas och ändras i listan bredvid": (
        "Drawing of {title}; everything in it can be chosen and changed in the list beside it"
    ),
    "Rubrik": "Heading",
    "Rätta filens text, eller återställ en tidigare sparning, under Filens historik.": (
        "Put the text of the file right, or bring back an earlier save, under History of the file."
    ),
    "Skriv namnet på det markerade": "Write the name of what is selected",
    "Slag av svar": "Kind of answer",
    "Små bokstäver, siffror och understreck. Byter du namn följer villkor och händelser i det här "
    "formuläret med, men inte villkor i ritningen.": (
        "Small letters, digits and underscores. When you change it, conditions and events in this form "
        "follow, but not conditions in the drawing."
    ),
    "SoLPuL 7 a §": "SoLPuL section 7 a",
    "Spara rubriken": "Save the heading",
    "Stegen i ord": "The steps in words",
    "Svar att välja mellan": "Answers to choose from",
    "Svar {number}": "Answer {number}",
    "Så ser formuläret ut": "This is what the form looks like",
    "Så skrivs en cell": "How to write a cell",
    "Sök efter ett steg": "Search for a step",
    "Ta bort det markerade": "Remove what is selected",
    "Ta bort rubriken och behåll frågorna": "Remove the heading and keep the questions",
    "Ta bort: {question}": "Remove: {question}",
    "Tabellen kan inte visas. Under Filens historik går filens text att ändra.": (
        "The table cannot be shown. Under History of the file its text can be changed."
    ),
    "Tangenter": "Keys",
    "Tangenter i ritningen": "Keys in the drawing",
    "Till alla frågor": "To all questions",
    "Töm ett svar för att ta bort det. Koden står i villkor och statistik; ett nytt svar får en av sig "
    "självt. Spara för att få fler tomma rader.": (
        "Empty an answer to remove it. The code stands in conditions and statistics; a new answer gets one by "
        "itself. Save to get more empty rows."
    ),
    "Utan mus: välj ett steg i listan Valt i ritningen. Under Rita härifrån läggs nya steg och pilar till.": (
        "Without a mouse: choose a step in the list Chosen in the drawing. Under Rita härifrån new steps and "
        "arrows are added."
    ),
    "Valt i ritningen": "Chosen in the drawing",
    "Verktyg för ritningen": "Tools for the drawing",
    "Verktyg för tabellen": "Tools for the table",
    "Visas bara när": "Shown only when",
    "Välj en fråga och spara: då visas dess svar. Alla villkor ska stämma samtidigt.": (
        "Choose a question and save: then its answers are shown. All conditions must hold at the same time."
    ),
    "Zooma in": "Zoom in",
    "Zooma in, ut, vanlig storlek": "Zoom in, out, ordinary size",
    "Zooma ut": "Zoom out",
    "allt utom A": "anything but A",
    "frivillig": "optional",
    "från 3 till och med 7": "from 3 to 7, both included",
    "högst 3": "at most 3",
    "ja, nej": "yes, no",
    "kod": "code",
    "måste besvaras": "must be answered",
    "redigera": "edit",
    "texten akut": "the text akut",
    "vad som helst": "anything",
    "visas ibland": "shown sometimes",
    "Ändringar sparas av sig själva": "Changes save themselves",
    "Ångra": "Undo",
    "Ångra, gör om": "Undo, redo",
    "Överst i formuläret": "At the top of the form",
    "Överst står det som syns i kuvertets fönster, sedan rubriken efter #. ## är en mellanrubrik, - en "
    "punkt i en lista, - [ ] en ruta att kryssa i, **fetstil**, och _____ en rad att skriva på.": (
        "At the top stands what is seen through the window of the envelope, then the heading after #. ## is a "
        "smaller heading, - a point of a list, - [ ] a box to tick, **bold**, and _____ a line to write on."
    ),
    "är": "is",
}
