"""The calendar in English."""

CALENDARS: dict[str, str] = {
    "Kalender": "Calendar",
    "Vecka {number}": "Week {number}",
    "Veckor": "Weeks",
    "Min": "Mine",
    "Veckan före": "Week before",
    "Den här veckan": "This week",
    "Veckan efter": "Week after",
    "Dag för dag": "Day by day",
    "Hela dagen": "All day",
    "Klar senast": "Due",
    "preliminärt": "provisional",
    "Ingenting den här veckan.": "Nothing this week.",
    "Visa i Outlook eller telefonen": "Show in Outlook or on the phone",
    "Kalender i andra program": "The calendar in other programs",
    (
        "Följ dina datum i Outlook eller telefonen. "
        "Där står bara ärendenummer och vad det är, aldrig namn eller adresser."
    ): (
        "Follow your dates in Outlook or on the phone. They show only case numbers and what it is, "
        "never names or addresses."
    ),
    "Din adress": "Your address",
    (
        "Kopiera den nu och lägg in den som internetkalender. Den visas inte igen. "
        "Den som har adressen kan läsa kalendern, så ge den inte till någon."
    ): (
        "Copy it now and add it as an internet calendar. It is not shown again. "
        "Whoever has the address can read the calendar, so give it to nobody."
    ),
    "Kalenderns adress": "The calendar's address",
    "Adresser du har": "Addresses that you have",
    "med uppgifter": "with tasks",
    "Senast hämtad": "Last fetched",
    "Aldrig": "Never",
    "Du har ingen adress.": "You have no address.",
    "Gör en adress": "Make an address",
    "Har kalendern redan en adress slutar den gamla att gälla.": (
        "If the calendar has an address already, the old one ends."
    ),
    "Vilken kalender?": "Which calendar?",
    "Min: ärenden jag ansvarar för eller har uppgifter i": "Mine: cases I answer for or have tasks in",
    "Ta med när uppgifter ska vara klara": "Include when tasks are due",
    "Adressen är avslutad. Program som har den får inget mer.": (
        "The address has ended. Programs that have it get nothing more."
    ),
    # What stands in the calendar
    "Sista dag återvinning": "Last day to recover the lease",
    "Sista dag åtagande": "Last day for a commitment",
    "Bekräfta till Kronofogden": "Confirm to the Enforcement Authority",
    "Inleda utredning": "Open an investigation",
    "Aktualiseringens längd": "Length of the intake",
    "Senast begära anstånd": "Latest day to ask for a deferral",
    "Uppföljning": "Follow-up",
    "Uppgift": "Task",
    "Frist": "Deadline",
    "Vi möts inför avhysningen": "We meet before the eviction",
    "Besök": "Visit",
    "Möte": "Meeting",
    "Gemensamt besök": "Joint visit",
}
