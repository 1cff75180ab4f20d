"""The English of the pages, by the Swedish sentence."""

from __future__ import annotations

from app.texts.english_access import ACCESS
from app.texts.english_audit import AUDIT
from app.texts.english_calendars import CALENDARS
from app.texts.english_cases import CASES
from app.texts.english_checks import CHECKS, MORE_CHECKS
from app.texts.english_codes import CODES
from app.texts.english_comparison import COMPARISON
from app.texts.english_diagrams import DIAGRAMS
from app.texts.english_drafts import DRAFTS
from app.texts.english_editors import EDITORS
from app.texts.english_errors import ERRORS
from app.texts.english_examinations import EXAMINATIONS
from app.texts.english_findings import FINDINGS
from app.texts.english_handbook import HANDBOOK
from app.texts.english_inbox import INBOX
from app.texts.english_intake import INTAKE
from app.texts.english_interventions import INTERVENTIONS
from app.texts.english_letters import LETTERS
from app.texts.english_mail import MAIL
from app.texts.english_operations import OPERATIONS
from app.texts.english_persons import PERSONS
from app.texts.english_releases import RELEASES
from app.texts.english_retention import RETENTION
from app.texts.english_scenarios import SCENARIOS
from app.texts.english_sign_in import SIGN_IN
from app.texts.english_simulation import SIMULATION
from app.texts.english_staff import STAFF
from app.texts.english_supervision import SUPERVISION
from app.texts.english_systems import SYSTEMS
from app.texts.english_tasks import TASKS
from app.texts.english_time import TIME
from app.texts.english_uploads import UPLOADS
from app.texts.english_workshop import WORKSHOP

PAGES: dict[str, str] = {
    # Around every page
    "Hoppa till innehållet": "Skip to the content",
    "Huvudmeny": "Main menu",
    "Inkorg": "Inbox",
    "Ärenden": "Cases",
    "Ny underrättelse": "New notice",
    "Processer": "Processes",
    "Sök ärendenummer": "Search for a case number",
    "Ärendenummer": "Case number",
    "Konto": "Account",
    "Logga ut": "Sign out",
    "Var du är": "Where you are",
    "Sidor": "Pages",
    "Nästa sida": "Next page",
    "Första sidan": "First page",
    "Till inkorgen": "To the inbox",
    " och ": " and ",
    "Demo med påhittade personer. Skriv aldrig in riktiga uppgifter här.": (
        "Demo with fictional people. Never enter real data here."
    ),
    # Sign-in
    "Logga in": "Sign in",
    "Stöd för att människor ska få bo kvar: från första underrättelsen till avslutat ärende.": (
        "Support for people to keep their homes: from the first notice to the closed case."
    ),
    "Användarnamn": "User name",
    "Lösenord": "Password",
    "Prova som en av demons personer": "Try it as one of the demo's people",
    "Alla är påhittade. Lösenordet är kvarboende-demo för alla.": (
        "All are fictional. The password is kvarboende-demo for everybody."
    ),
    "Namnet och lösenordet stämmer inte överens.": "The name and the password do not match.",
    # Inbox
    "Att uppmärksamma": "To attend to",
    "att uppmärksamma": "to attend to",
    "Kvittera": "Acknowledge",
    "Kvitterat: {text}": "Acknowledged: {text}",
    "Visa {count} till": "Show {count} more",
    "Vyer": "Views",
    "Mina": "Mine",
    "Enhetens otilldelade": "My unit's unclaimed",
    "Alla jag får se": "All that I may see",
    "Uppgifter, grupperade efter när de ska vara klara": "Tasks, grouped by when they are due",
    "Steg": "Step",
    "Ärende": "Case",
    "Ska vara klart": "Due",
    "Vem": "Who",
    "Enhet": "Unit",
    "Åtgärd": "Action",
    "Försenade": "Overdue",
    "Idag": "Today",
    "Senare den här veckan": "Later this week",
    "Längre fram": "Later",
    "Utan datum": "Without a date",
    "Vilande": "On hold",
    "Vilar till {day}": "On hold until {day}",
    "Ingen tid satt": "No time set",
    "Försenad sedan {time}": "Overdue since {time}",
    "Försenad 1 dag": "1 day overdue",
    "Försenad {days} dagar": "{days} days overdue",
    "Idag {time}": "Today {time}",
    "Imorgon": "Tomorrow",
    "Om {days} dagar": "In {days} days",
    "preliminärt": "provisional",
    "Spärrad": "Blocked",
    "Ta uppgift": "Claim",
    "Öppna": "Open",
    "Visa": "View",
    "Ingen har tagit den": "Unclaimed",
    "Du": "You",
    "Du har inga uppgifter just nu": "You have no tasks right now",
    "Ta en av enhetens uppgifter, eller registrera en underrättelse som har kommit in.": (
        "Claim one of your unit's tasks, or register a notice that has come in."
    ),
    "Visa enhetens uppgifter": "View the unit's tasks",
    "Inget att göra här": "Nothing to do here",
    "Nya uppgifter kommer hit så snart ett ärende når ett steg för din enhet.": (
        "New tasks appear as soon as a case reaches a step of your unit."
    ),
    # Task
    "Slutförd": "Completed",
    "Bortfallen": "Withdrawn",
    "Lämna tillbaka": "Release",
    "Ta uppgiften": "Claim the task",
    "Spärrar": "Gates",
    "Slutför uppgiften": "Complete the task",
    "Det här frågar formuläret om": "What the form asks",
    "Ta uppgiften för att fylla i.": "Claim the task to fill it in.",
    "Bara den som har tagit uppgiften kan fylla i.": "Only who has claimed the task can fill it in.",
    "Svar": "Answers",
    "Inga svar.": "No answers.",
    "Om steget och ärendet": "About the step and the case",
    "Vad steget är till för": "What the step is for",
    "Handboken {chapter}": "Handbook {chapter}",
    "Öppna spärrar": "Open gates",
    "Frister i ärendet": "Deadlines in the case",
    "Det som är känt": "What is known",
    "Bostad": "Dwelling",
    "lgh": "flat",
    "Underrättelse": "Notice",
    "inkom {when}": "received {when}",
    "avhysning {when}": "eviction {when}",
    "Inga gällande": "None in force",
    "Inga än": "None yet",
    "Uppgiften ”{title}” är lämnad tillbaka till enheten.": "The task “{title}” is released to the unit.",
    "Uppgiften ”{title}” är slutförd.": "The task “{title}” is completed.",
    # Gates and deadlines
    "Spärrat": "Blocked",
    "Kräver skäl": "Needs a reason",
    "Att tänka på": "To consider",
    "Öppen": "Open",
    "Så går det vidare:": "The way on:",
    "Steget kan inte genomföras": "The step cannot be carried out",
    "Datum inte känt": "Date not known",
    "Preliminärt": "Provisional",
    "Varför detta datum?": "Why this date?",
    # Forms
    "Det gick inte att spara": "It could not be saved",
    "Inget är sparat": "Nothing is saved",
    "Fel:": "Error:",
    "frivilligt": "optional",
    "Ja": "Yes",
    "Nej": "No",
    "Välj …": "Choose …",
    "Lägg till rad": "Add a row",
    "Ärendet har inget att välja här än.": "The case has nothing to choose here yet.",
    "ÅÅÅÅ-MM-DD": "YYYY-MM-DD",
    "ÅÅÅÅ-MM-DD TT:MM": "YYYY-MM-DD HH:MM",
    "ÅÅÅÅMMDD-NNNN": "YYYYMMDD-NNNN",
    "Avbryt": "Cancel",
    # Cases
    "{count} träffar på ”{search}”": "{count} hits for “{search}”",
    "Förvaltningens öppna ärenden, de senaste först": "The administration's open cases, newest first",
    "Fas": "Phase",
    "Öppnat": "Opened",
    "Ansvarig": "Responsible",
    "Ersättare": "Substitute",
    "Ingen än": "Nobody yet",
    "Inga ärenden": "No cases",
    "Ett ärende öppnas när en underrättelse registreras.": "A case opens when a notice is registered.",
    "Avslutat {day}": "Closed {day}",
    "öppnat {day}": "opened {day}",
    "Att göra nu": "To do now",
    "Ingen har något att göra i ärendet just nu.": "Nobody has anything to do in the case right now.",
    "Frister": "Deadlines",
    "Inga frister löper.": "No deadlines are running.",
    "Personer": "Persons",
    "Namn": "Name",
    "Roll": "Role",
    "Född": "Born",
    "Skydd": "Protection",
    "Språk": "Language",
    "tolk": "interpreter",
    "avliden {day}": "died {day}",
    "Inga personer är antecknade än.": "No persons are recorded yet.",
    "Underrättelser": "Notices",
    "Nummer": "Number",
    "Inkom": "Received",
    "Från": "From",
    "Grunder": "Grounds",
    "Belopp": "Amount",
    "Postad": "Posted",
    "Delgiven": "Served",
    "Obekräftat": "Unconfirmed",
    "Inte känt": "Not known",
    "Kronofogdens nummer": "Enforcement case number",
    "Avhysning": "Eviction",
    "Ställningstagande": "Stance",
    "Samma som nummer {number}": "Same as number {number}",
    "Inte taget än": "Not taken yet",
    "Samtycken": "Consents",
    "Till": "To",
    "Gäller": "Concerns",
    "Lämnat": "Given",
    "Läge": "State",
    "Gällande": "In force",
    "Återkallat {day}": "Withdrawn {day}",
    "Till {day}": "Until {day}",
    "Inga samtycken är lämnade. Utan samtycke lämnas inget ut.": (
        "No consent is given. Without consent nothing is disclosed."
    ),
    "Kontaktförsök": "Contact attempts",
    "När": "When",
    "Hur": "How",
    "Resultat": "Result",
    "Inga kontaktförsök än.": "No contact attempts yet.",
    "Utlämnade uppgifter": "Disclosures",
    "Vad": "What",
    "Stöd": "Ground",
    "till": "to",
    "genom förmedlingstjänst": "through the forwarding service",
    "Inga brev än.": "No letters yet.",
    "Journal": "Journal",
    "Systemet": "The system",
    "Tom än så länge.": "Empty so far.",
    "Anteckna och hitta": "Record and find",
    "Anteckna något som har hänt": "Record something that has happened",
    "Anteckna": "Record",
    # Onward
    "Nästa för dig i ärendet:": "Next for you in this case:",
    "Ärendet är avslutat.": "The case is closed.",
    "Nu väntar ärendet; ingen har något att göra just nu.": "The case waits; nobody has anything to do right now.",
    "Inget mer för dig här nu. Uppgifter väntar hos: {units}.": (
        "Nothing more for you here now. Tasks wait with: {units}."
    ),
    "Ge till kollega": "Give to a colleague",
    "Kollega": "Colleague",
    "Ge uppgiften": "Give the task",
    "Uppgiften ”{title}” är nu hos {name}.": "The task “{title}” is now with {name}.",
    "Brådska": "Urgency",
    "Förslag till ställningstagande": "Suggested stance",
    "Allt som stod i underrättelsen": "Everything that the notice said",
    "Systemet: {count} följder": "The system: {count} consequences",
    "Systemet: 1 följd": "The system: 1 consequence",
    "till {name}": "to {name}",
    "Fyll i": "Fill in",
    "Genväg": "Shortcut",
    "Igår": "Yesterday",
    "Nu": "Now",
    "Antecknat: {label}.": "Recorded: {label}.",
}

ENGLISH: dict[str, str] = {
    **ACCESS,
    **AUDIT,
    **CALENDARS,
    **CASES,
    **CHECKS,
    **MORE_CHECKS,
    **CODES,
    **COMPARISON,
    **DIAGRAMS,
    **DRAFTS,
    **EDITORS,
    **ERRORS,
    **FINDINGS,
    **INTAKE,
    **INTERVENTIONS,
    **LETTERS,
    **MAIL,
    **HANDBOOK,
    **INBOX,
    **OPERATIONS,
    **PAGES,
    **PERSONS,
    **RELEASES,
    **RETENTION,
    **SCENARIOS,
    **EXAMINATIONS,
    **SIGN_IN,
    **SIMULATION,
    **STAFF,
    **UPLOADS,
    **SUPERVISION,
    **SYSTEMS,
    **TASKS,
    **TIME,
    **WORKSHOP,
}
