"""The English of the pages about access: absence, conflict of interest, emergency."""

from __future__ import annotations

ACCESS: dict[str, str] = {
    "Tillgång": "Access",
    "Frånvaro": "Absence",
    "Den som ersätter ser och gör det du har tagit. Det som inte blir gjort är ditt igen när du är tillbaka.": (
        "Your substitute sees and does what you have claimed. What is not done is yours again when you are back."
    ),
    "Nu och framöver": "Now and ahead",
    "Ersätts av": "Substitute",
    "Avsluta": "End",
    "Ingen frånvaro är anmäld.": "No absence is reported.",
    "Anmäl frånvaro": "Report an absence",
    "Vem är borta?": "Who is away?",
    "Första dagen": "First day",
    "Sista dagen": "Last day",
    "Vem ersätter?": "Who stands in?",
    "Mig själv": "Myself",
    "{who} ersätter {away} till och med {day}.": "{who} stands in for {away} until {day}.",
    "Frånvaron är avslutad. Ingen ersätter längre.": "The absence has ended. Nobody stands in any more.",
    "Skriv dagen som ÅÅÅÅ-MM-DD.": "Write the day as YYYY-MM-DD.",
    "Jäv": "Conflict of interest",
    "Anmäl jäv": "Declare a conflict of interest",
    (
        "Den som är släkt, granne, vän eller på annat sätt partisk ska inte handlägga ärendet. Tillgången upphör "
        "genast, och uppgifterna går tillbaka till enheten."
    ): (
        "Whoever is a relative, neighbour, friend or otherwise biased must not handle the case. Access ends at once, "
        "and the tasks go back to the unit."
    ),
    "Vem är jävig?": "Who has the conflict of interest?",
    "Varför?": "Why?",
    "Skriv kort vilket förhållandet är. Det står i journalen.": (
        "Say briefly what the relation is. It is written in the journal."
    ),
    "Avbryt": "Cancel",
    "{name} har inte längre tillgång till ärendet.": "{name} has no access to the case any more.",
    "Nödåtkomst": "Emergency access",
    "Nödåtkomst till {number}": "Emergency access to {number}",
    (
        "Du har inget att göra med ärendet. Behöver du det ändå genast, säg varför. Det öppnas då i {hours} timmar, "
        "skrivs i journalen och granskas av enhetschefen."
    ): (
        "You have nothing to do with the case. If you need it at once all the same, say why. It is then open for "
        "{hours} hours, written in the journal and reviewed by the head of unit."
    ),
    "Varför behöver du se ärendet nu?": "Why do you need to see the case now?",
    "Öppna ärendet": "Open the case",
    "Ärendet är öppet för dig till {when}. Enhetschefen granskar åtkomsten.": (
        "The case is open to you until {when}. The head of unit reviews the access."
    ),
    "Granska nödåtkomst": "Review emergency access",
    "Var det befogat att öppna ärendet? Ett obehörigt intrång anmäls och utreds.": (
        "Was it right to open the case? An unauthorised access is reported and investigated."
    ),
    "Öppnat": "Opened",
    "Var åtkomsten befogad?": "Was the access right?",
    "Ja, befogad": "Yes, it was right",
    "Nej, anmäl intrång": "No, report a breach",
    "Anteckning": "Note",
    "Spara granskningen": "Save the review",
    "Ingen nödåtkomst väntar på granskning.": "No emergency access waits for review.",
    "Granskade": "Reviewed",
    "Varför": "Why",
    "Befogad": "Right",
    "Anmäld": "Reported",
    "Granskningen är sparad.": "The review is saved.",
    "för {name}": "for {name}",
    "Anmälde jäv": "Declared a conflict of interest",
    "Öppnade med nödåtkomst": "Opened with emergency access",
    "Nödåtkomst befogad": "Emergency access found right",
    "Nödåtkomst anmäld som intrång": "Emergency access reported as a breach",
    "Du är jävig i ärendet": "You have a conflict of interest",
    "Ett jäv är anmält, och du har därför ingen tillgång till ärendet.": (
        "A conflict of interest is declared, and so you have no access to the case."
    ),
    "Du har inget att göra med ärendet": "You have nothing to do with the case",
    "Bara den som arbetar med ärendet ser det. Behöver du det genast finns nödåtkomst.": (
        "Only who works with the case sees it. If you need it at once there is emergency access."
    ),
    "Frånvaron finns inte": "There is no such absence",
    "Det finns ingen sådan frånvaro.": "There is no such absence.",
    "Åtkomsten finns inte": "There is no such access",
    "Det finns ingen sådan nödåtkomst att granska.": "There is no such emergency access to review.",
    "Åtkomsten är redan granskad": "The access is reviewed already",
    "Någon annan hann före. Inget har ändrats.": "Somebody else was first. Nothing has changed.",
    "Du har redan tillgång till ärendet": "You have access to the case already",
    "Öppna det som vanligt.": "Open it as usual.",
}
"""Swedish sentence to English."""
