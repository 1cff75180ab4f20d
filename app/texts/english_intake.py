"""The English of taking in notices: what is known about a home already, and a landlord's file."""

from __future__ import annotations

INTAKE: dict[str, str] = {
    # While typing
    "Det finns redan ett öppet ärende om den här bostaden eller målet:": (
        "There is already an open case about this dwelling or enforcement case:"
    ),
    "Det finns redan öppna ärenden om den här bostaden eller målet:": (
        "There are already open cases about this dwelling or enforcement case:"
    ),
    "(öppnas i en ny flik)": "(opens in a new tab)",
    "Gäller underrättelsen samma hushåll, välj ”Ett ärende som finns” längst ner.": (
        "If the notice concerns the same household, choose “Ett ärende som finns” at the bottom."
    ),
    "Varje slag har sin bokstav som snabbtangent.": "The letter of each kind is its access key.",
    # Sending a file
    "Importera en hyresvärds fil": "Import a landlord's file",
    "Importera en fil till": "Import another file",
    "Filen är inte mottagen": "The file is not taken",
    "Varje rad blir en egen underrättelse, som någon tar ställning till. Inget registreras förrän du har sett "
    "raderna och valt.": (
        "Every row becomes a notice of its own, on which somebody takes a position. Nothing is registered until you "
        "have seen the rows and chosen."
    ),
    "Fil": "File",
    "CSV eller JSON, högst {most} rader och 1 MB.": "CSV or JSON, at most {most} rows and 1 MB.",
    "Hämta en mall": "Get a template",
    "Gäller alla rader": "Holds for every row",
    "Används där raden själv inget säger.": "Used where the row itself says nothing.",
    "Står i filen": "Stands in the file",
    "Visa raderna": "Show the rows",
    "Väntar på dig": "Waits for you",
    "En fil som inte tas in kastas efter {days} dagar.": (
        "A file that nobody takes in is thrown away after {days} days."
    ),
    "Bortkastning av importfiler som ingen har tagit in": "Throwing away import files that nobody has taken in",
    "Rader: {count}. Skickad {when}.": "Rows: {count}. Sent {when}.",
    "Importerade filer": "Imported files",
    "{count} av {rows} rader, {when}, {name}": "{count} of {rows} rows, {when}, {name}",
    "Kolumnerna": "The columns",
    "Frågorna är intagsformulärets. Rubriken kan vara den svenska eller fältets namn; i JSON används namnen. Fler "
    "personer får egna kolumner: Person 2, Person 3. Kolumner kan saknas och stå i vilken ordning som helst.": (
        "The questions are those of the intake form. The heading may be the Swedish one or the name of the field; JSON "
        "uses the names. More people get columns of their own: Person 2, Person 3. Columns may be missing and stand in "
        "any order."
    ),
    "Visa alla kolumner": "Show every column",
    "krävs": "required",
    "Ett datum: 2026-03-09 eller 9/3 2026": "A date: 2026-03-09 or 9/3 2026",
    "Datum och klockslag: 2026-03-09 14:05": "Date and time: 2026-03-09 14:05",
    "Ett belopp: 9 450,00": "An amount: 9 450,00",
    "Ja eller Nej": "Ja or Nej",
    "Ett eller flera, med | emellan:": "One or more, with | between:",
    "Ett av:": "One of:",
    "Text": "Text",
    # Its rows
    "Rader i {name}": "Rows in {name}",
    "Rader: {count}. Går inte att läsa: {wrong}. Alla valda rader registreras på en gång, eller ingen.": (
        "Rows: {count}. Not readable: {wrong}. All the chosen rows are registered at once, or none."
    ),
    "Kolumner som inte har lästs: {names}.": "Columns that were not read: {names}.",
    "Välj": "Choose",
    "Rad": "Row",
    "Att se på": "To look at",
    "Välj rad {number}": "Choose row {number}",
    "1 person": "1 person",
    "{count} personer": "{count} people",
    "Redan registrerad som nummer {number} i {case}. Kom den en gång till, registrera den för hand.": (
        "Registered already as number {number} in {case}. If it came again, register it by hand."
    ),
    "Samma underrättelse som rad {number}.": "The same notice as row {number}.",
    "Det finns ett öppet ärende om bostaden som du inte har tillgång till. Kan raden höra dit, lämna den till "
    "Samordningsfunktionen.": (
        "There is an open case about the dwelling that you have no access to. If the row may belong there, hand it to "
        "Samordningsfunktionen."
    ),
    "Samma bostad. Vilket ärende hör rad {number} till?": "The same dwelling. Which case does row {number} belong to?",
    "Samma ärende som rad {number}": "The same case as row {number}",
    "Ett annat hushåll: nytt ärende": "Another household: a new case",
    "Registrera de valda raderna": "Register the chosen rows",
    "Kasta filen": "Throw the file away",
    "Filen {name} är kastad. Inget ur den är registrerat.": "{name} is thrown away. Nothing in it is registered.",
    "Registrerade underrättelser: {count}. Ställning ska tas till var och en.": (
        "Registered notices: {count}. A position is to be taken on each of them."
    ),
    "Rader som lämnades utanför och inte är registrerade: {count}.": "Rows left out and not registered: {count}.",
    "{count} av {rows} rader registrerades {when}. Vad som stod i filen är borttaget.": (
        "{count} of {rows} rows were registered {when}. What stood in the file is removed."
    ),
    # What stands in the way
    "Filen finns inte": "There is no such file",
    "Du har ingen sådan fil som väntar.": "No such file of yours waits.",
    "Filen är redan importerad": "The file is imported already",
    "Importerad {on} av {by}: {file_name}. Saknas rader, skicka bara dem.": (
        "Imported {on} by {by}: {file_name}. If rows are missing, send only those."
    ),
    "Inget är registrerat": "Nothing is registered",
    "Rad {number} gick inte att registrera, och därför registrerades ingen.": (
        "Row {number} could not be registered, and so none was."
    ),
    "Ingen kolumn har en rubrik som känns igen. Hämta mallen och jämför rubrikerna.": (
        "No column has a heading that is known. Get the template and compare the headings."
    ),
    "Kolumnen ”{column}” finns två gånger.": "The column “{column}” stands there twice.",
    "Filen har fler än {most} rader. Dela den i flera filer.": "The file has more than {most} rows. Divide it.",
    "Rad {number} är för lång. Är citattecknen rätt?": "Row {number} is too long. Are the quotation marks right?",
    "Filen går inte att läsa som en tabell efter rad {number}. Kontrollera citattecknen.": (
        "The file cannot be read as a table after row {number}. Check the quotation marks."
    ),
    "Rad {number} har fler celler än rubriker.": "Row {number} has more cells than headings.",
    "Filen är inte JSON som går att läsa.": "The file is not JSON that can be read.",
    "JSON-filen ska vara en lista där varje underrättelse är ett objekt.": (
        "The JSON file must be a list in which every notice is an object."
    ),
    "Filen har rubriker men inga rader.": "The file has headings but no rows.",
    "Du har redan {most} filer som väntar. Importera eller kasta någon först.": (
        "{most} files of yours wait already. Import one or throw one away first."
    ),
    "Välj minst en rad att registrera.": "Choose at least one row to register.",
    "Vad har kommit in?": "What has come in?",
    "Från hyresvärd eller någon annan": "From a landlord or somebody else",
    "Från Kronofogden": "From the Enforcement Authority",
    "Registrera underrättelsen": "Register the notice",
    "Underrättelsen är registrerad i {number}.": "The notice is registered in {number}.",
}
