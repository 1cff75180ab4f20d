"""The English of the pages about protected persons and personal files, by the Swedish sentence."""

from __future__ import annotations

PERSONS: dict[str, str] = {
    "Skyddade personuppgifter": "Protected identity",
    "Skyddad uppgift": "Protected",
    "Behandlas som skyddad tills folkbokföringen är kontrollerad.": (
        "Treated as protected until the population register has been checked."
    ),
    "Röj aldrig personnummer, adress eller var personen finns, varken i samtal, brev eller anteckningar om andra. "
    "Brev går genom Skatteverkets förmedlingsuppdrag.": (
        "Never reveal the identity number, the address or where the person is, neither in talks, in letters nor in "
        "notes about others. Letters go through the Tax Agency."
    ),
    "Du ser namnen. Personnummer och adress ser bara ansvarig handläggare, ersättare och enhetschef.": (
        "You see the names. Only the responsible caseworker, the substitute and the head of unit see identity "
        "numbers and addresses."
    ),
    "Om personen": "About the person",
    "Personnummer eller samordningsnummer": "Identity number",
    "Ålder i dag": "Age today",
    "{age} år": "{age} years",
    "Inte känd": "Not known",
    "Egen adress": "Own address",
    "Ingen annan än bostaden": "None other than the home",
    "Bara om personen": "About this person only",
    "Om personen och andra": "About this person and others",
    "Inget är antecknat som bara rör den här personen.": "Nothing is recorded about this person alone.",
    "Inget är antecknat om flera samtidigt.": "Nothing is recorded about several people at once.",
    "Det som gäller någon annan är borttaget här. Ett ord för någon (”mamman”, ”grannen”) ser systemet inte: läs "
    "igenom och pröva sekretessen innan något lämnas ut.": (
        "What concerns somebody else is left out here. A word for somebody (“the mother”, “the neighbour”) is seen "
        "by no system: read through and assess secrecy before anything is handed out."
    ),
    "Personen har inte lämnat något samtycke.": "The person has given no consent.",
    "Om akten": "About the file",
    "Personens akt": "The person's file",
    "Ärendet gäller ett hushåll, men sekretessen gäller också inom hushållet. Här står bara det som hör till den här "
    "personen.": (
        "The case concerns a household, but secrecy holds within it too. Here stands only what belongs to this person."
    ),
    "Det som rör andra i hushållet finns i deras akter och lämnas aldrig ut härifrån.": (
        "What concerns others of the household is in their files and is never handed out from here."
    ),
    "Andra i ärendet": "Others in the case",
    "Ingen annan.": "Nobody else.",
    "Gemensamt för hushållet": "Common to the household",
    "{count} anteckningar rör bostaden, hyran och fristerna och ingen särskild person.": (
        "{count} records concern the home, the rent and the dates, and nobody in particular."
    ),
    "Till ärendets journal": "To the journal of the case",
}
