"""The English of notifications and of one's own mail, by the Swedish sentence."""

from __future__ import annotations

MAIL: dict[str, str] = {
    "Aviseringar": "Notifications",
    "Alla aviseringar": "All notifications",
    "Påminnelser och larm, de nyaste först.": "Reminders and alarms, the newest first.",
    "Välj e-post": "Choose mail",
    "Till mig": "To me",
    "Till enheten": "To the unit",
    "Eskalering": "Escalation",
    "Till uppgiften": "To the task",
    "Kvitterat av {name}": "Acknowledged by {name}",
    "Inte aktuellt längre": "No longer needed",
    "Inga aviseringar": "No notifications",
    "Här kommer påminnelser om det som du har tagit eller ersätter någon i.": (
        "Reminders of what you have claimed, or stand in for, come here."
    ),
    "Här kommer larm till enheten och påminnelser om det som ingen har tagit.": (
        "Alarms to the unit, and reminders of what nobody has claimed, come here."
    ),
    "E-post till dig": "Mail to you",
    "I ett meddelande står bara ärendenummer och en länk, aldrig vad det gäller.": (
        "A mail has only a case number and a link, never what it is about."
    ),
    "Den här installationen skickar ingen e-post. Det du väljer gäller när den börjar göra det. "
    "Allt står i Kvarboende ändå.": (
        "This installation sends no mail. What you choose holds once it does. Everything is in Kvarboende anyway."
    ),
    "Din e-postadress i tjänsten": "Your mail address at work",
    "Lämna tomt om du inte vill ha någon e-post.": "Leave it empty if you want no mail.",
    "Skicka e-post till mig": "Send mail to me",
    "klockan {time}": "at {time}",
    "Spara": "Save",
    "Sparat.": "Saved.",
    "Till ditt konto": "To your account",
    "Ingen adress": "No address",
    "Påminnelser om mina och enhetens uppgifter": "Reminders of my tasks and the unit's",
    "När något inte har blivit gjort trots påminnelse": "When something was not done in spite of a reminder",
    "Larm till min enhet": "Alarms to my unit",
    "När ett ärende har fastnat eller snart gör det": "When a case is stuck or soon will be",
    "När en process har stannat av ett fel": "When a process has stopped from an error",
    "När en kollega lämnar över en uppgift till mig": "When a colleague hands a task over to me",
    "En sammanfattning varje arbetsdag": "A digest every working day",
}
