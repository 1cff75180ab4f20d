"""The English of what is told when something cannot be done."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    "Ärendet finns inte": "There is no such case",
    "Det finns inget ärende med det numret, eller så är det inte ditt att se.": (
        "There is no case with this number, or it is not yours to see."
    ),
    "Uppgiften finns inte": "There is no such task",
    "Det finns ingen sådan uppgift, eller så är den inte din att se.": (
        "There is no such task, or it is not yours to see."
    ),
    "Personen finns inte": "There is no such person",
    "Det finns ingen handläggare med det namnet.": "There is no caseworker with this name.",
    "Processen finns inte": "There is no such process",
    "Det finns ingen publicerad process med det namnet.": "No process with this name is published.",
    "Händelsen finns inte": "There is no such event",
    "Det finns ingen sådan händelse att anteckna.": "There is no such event to record.",
    "Sidan finns inte": "There is no such page",
    "Kontrollera adressen eller gå till inkorgen.": "Check the address or go to the inbox.",
    "Någon annan har tagit uppgiften": "Somebody else has claimed the task",
    "Uppgiften är tagen av {claimed_by}. Inget har ändrats.": (
        "The task is claimed by {claimed_by}. Nothing has changed."
    ),
    "Uppgiften är redan avslutad": "The task is already finished",
    "Uppgiften slutfördes eller drogs tillbaka innan du hann. Inget har ändrats.": (
        "The task was completed or withdrawn before you. Nothing has changed."
    ),
    "Ta uppgiften först": "Claim the task first",
    "Uppgiften är inte din. Ta den och försök igen.": "The task is not yours. Claim it and try again.",
    "Ärendet ändrades samtidigt": "The case changed at the same moment",
    "Ärendet är avslutat": "The case is closed",
    "Det här behöver någon ta hand om. Registrera en underrättelse, så öppnas ett ärende.": (
        "Somebody has to act on this. Register a notice, and a case is opened."
    ),
    "Någon annan sparade i samma stund. Inget av ditt är sparat; försök igen.": (
        "Somebody else saved at the same moment. Nothing of yours is saved; try again."
    ),
    "Underrättelsen är redan registrerad": "The notice is already registered",
    "Samma underrättelse finns redan som nummer {notice_id}. Kom den en gång till, ange det numret.": (
        "The same notice exists as number {notice_id}. If it came once more, state that number."
    ),
    "Spärren är stängd": "The gate is closed",
    "{why} {way_out}": "{why} {way_out}",
    "Det gick inte": "That did not work",
    "Något annat hann före. Inget har ändrats.": "Something else was there first. Nothing has changed.",
    "Uppgiften hör till en annan enhet": "The task belongs to another unit",
    "Bara den enhet som uppgiften hör till kan öppna den.": "Only the unit that the task belongs to can open it.",
    "Du är inte inloggad": "You are not signed in",
    "Logga in och försök igen.": "Sign in and try again.",
    "Det får du inte göra": "You may not do that",
    "Din roll ger inte rätt till detta.": "Your role does not allow this.",
    "Något är inte rätt ifyllt": "Something is filled in wrongly",
    "Rätta uppgifterna och skicka igen.": "Correct it and send again.",
    "Det gick inte att förstå": "That could not be understood",
    "Kontrollera uppgifterna och försök igen.": "Check what you gave and try again.",
    "Systemet är inte klart": "The system is not ready",
    "Databasen är inte uppdaterad än. Försök snart igen.": "The database is not up to date yet. Try again soon.",
    "Det går inte som läget är nu. Inget har ändrats.": "Not possible as things stand. Nothing has changed.",
    "Så går det inte att göra": "It cannot be done that way",
    "Gå tillbaka och försök på sidan i stället.": "Go back and try on the page instead.",
    "För mycket på en gång": "Too much at once",
    "För många på kort tid": "Too many in a short time",
    "Vänta en stund och försök igen. Inget har ändrats.": "Wait a while and try again. Nothing has changed.",
    "Det du skickade är för stort.": "What you sent is too large.",
    "Något gick fel hos oss": "Something went wrong with us",
    "Det gick inte att nå databasen": "The database could not be reached",
    "Vänta en stund. Se efter om det du gjorde blev sparat, och gör det annars om.": (
        "Wait a moment. Look whether what you did was saved, and if not, do it again."
    ),
    "Det finns inte plats att spara": "There is no room to save it",
    "Inget av det du nyss gjorde är sparat. Säg till den som sköter systemet att disken är full.": (
        "Nothing of what you just did is saved. Tell whoever looks after the system that the disk is full."
    ),
    "Allt du hade fyllt i finns kvar på den här sidan.": "All that you had filled in is still on this page.",
    "Skicka igen": "Send again",
    "Felet är antecknat. Inget har ändrats; försök igen om en stund.": (
        "The fault is noted. Nothing has changed; try again in a while."
    ),
    "Det du hade skrivit": "What you had written",
    "Kopiera det du vill ha kvar innan du loggar in.": "Copy what you want to keep before you sign in.",
    "Sidan var för gammal": "The page was too old",
    "Sidan hade legat öppen för länge. Ladda om den och försök igen.": (
        "The page had been open for too long. Reload it and try again."
    ),
    "Sidan hade legat öppen för länge. Det du skrev är kvar: kontrollera och skicka igen.": (
        "The page had been open for too long. What you wrote is still here: check it and send again."
    ),
}
