"""The English of the pages about who can sign in, who leaves, and who was not let in."""

from __future__ import annotations

STAFF: dict[str, str] = {
    "Personal": "Staff",
    (
        "De som kan logga in. När någon slutar stängs kontot här: uppgifterna går tillbaka till enheten, och "
        "samordningen får veta vilka ärenden som behöver en ny ansvarig."
    ): (
        "Those who can sign in. When somebody leaves, the account is closed here: the tasks go back to the unit, and "
        "coordination is told which cases need somebody new."
    ),
    "Roll": "Role",
    "Tagna uppgifter": "Claimed tasks",
    "Ansvarar för ärenden": "Answers for cases",
    "Stäng kontot": "Close the account",
    "Stäng kontot för {name}": "Close the account of {name}",
    "Gör det när någon slutar. Vid semester eller sjukdom anmäler du frånvaro i stället.": (
        "Do it when somebody leaves. For a holiday or illness, report an absence instead."
    ),
    "Uppgifter som går tillbaka till enheten": "Tasks that go back to the unit",
    "Ärenden som behöver ny ansvarig": "Cases that need somebody new",
    "Personen loggas ut överallt och kan inte logga in igen. Det som personen har gjort står kvar i journalen.": (
        "The person is signed out everywhere and cannot sign in again. What the person has done stays in the journal."
    ),
    "Det kontot stänger någon annan än du.": "Somebody else than you closes that account.",
    (
        "{name} kan inte längre logga in. Uppgifter åter hos enheten: {tasks}. "
        "Ärenden som behöver ny ansvarig: {cases}."
    ): (
        "{name} can no longer sign in. Tasks back with the unit: {tasks}. Cases that need somebody new: {cases}."
    ),
    "Nekade inloggningar": "Refused sign-ins",
    (
        "Den som inte kom in, de senaste först. Många rader från en adress, eller om ett konto, kan betyda att "
        "någon gissar."
    ): (
        "Who did not get in, the latest first. Many rows from one address, or about one account, may mean that "
        "somebody is guessing."
    ),
    "Konto": "Account",
    "Hur": "How",
    "Varför nekad": "Why refused",
    "Varifrån": "From where",
    "Okänt namn": "Unknown name",
    "Ingen har nekats.": "Nobody has been refused.",
    "Äldre": "Older",
    "Ersätter en frånvarande": "Stands in for somebody absent",
    "Loggarnas kontroll": "The check of the logs",
    "Loggarna har inte kontrollerats än.": "The logs have not been checked yet.",
    "{count} rader stämmer inte. Den första: {flaw}": "{count} rows do not add up. The first: {flaw}",
    "Inget i loggarna har ändrats i efterhand.": "Nothing in the logs has been changed afterwards.",
    "Någon har ändrat i loggarna.": "Somebody has changed the logs.",
    "Se var": "See where",
    "Lösenordet igen, på kontosidan": "The password again, on the account page",
    "Kommunens inloggning": "The municipality's sign-in",
    "Fel lösenord eller kod": "Wrong password or code",
    "Namnet finns inte": "No such name",
    "Kontot är stängt": "The account is closed",
    "Ingen grupp ger tillgång": "No group gives access",
    "Namnet tillhör ett annat konto": "The name is another account's",
    "Svaret gick inte att lita på": "The answer could not be trusted",
    "Jävet är rättat. Uppgifter och ansvar får fördelas på nytt.": (
        "The conflict of interest is taken back. Tasks and responsibility may be given out anew."
    ),
    "{name} är jävig": "{name} has a conflict of interest",
    "Anmält": "Declared",
    "Anmält av misstag?": "Declared by mistake?",
    "Varför var anmälan fel?": "Why was the declaration wrong?",
    "Tillgången öppnas igen. Anmälan och rättelsen står kvar i journalen.": (
        "Access opens again. The declaration and the correction stay in the journal."
    ),
    "Rätta jävet": "Take it back",
    "Rättade ett jäv": "Took back a conflict of interest",
    "Du är utloggad": "You are signed out",
    "Nu loggas du ut hos kommunen också, så att ingen annan kommer in från den här datorn.": (
        "You are now signed out at the municipality too, so that nobody else gets in from this computer."
    ),
    "Logga ut hos kommunen": "Sign out at the municipality",
}
