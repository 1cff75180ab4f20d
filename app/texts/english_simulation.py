"""The page that moves a demo's clock, in English."""

SIMULATION: dict[str, str] = {
    "Låt tiden gå": "Let time pass",
    "Demons klocka: {day} {time}": "The demo's clock: {day} {time}",
    "{days} dygn och {hours} tim före": "{days} d and {hours} h ahead",
    "Flytta klockan framåt": "Move the clock forward",
    (
        "Processerna gör under tiden det de annars gör av sig själva. Klockan går aldrig bakåt: "
        "för att komma tillbaka till idag, ta bort demons databas och starta om."
    ): (
        "Meanwhile the processes do what they otherwise do by themselves. The clock never goes back: "
        "to come back to today, remove the demo's database and start again."
    ),
    "En timme": "An hour",
    "En dag": "A day",
    "En vecka": "A week",
    "Till nästa händelse": "To the next event",
    "Antal timmar": "Number of hours",
    "Flytta": "Move",
    "Den här databasen fylldes inte som demo, eller har andra än demons personer. Klockan står kvar.": (
        "This database was not filled with a demo, or has others than the demo's people. The clock stays."
    ),
    "Det här hände från {day} {time}": "This happened from {day} {time}",
    "Påminnelser ({count})": "Reminders ({count})",
    "Inget i de ärenden du ser.": "Nothing in the cases that you see.",
    "Klockan står kvar": "The clock stays",
    "Klockan går bara framåt, högst en månad i taget, och bara i en databas som fyllts som demo.": (
        "The clock only goes forward, at most a month at a time, and only in a database filled with a demo."
    ),
    # What happened
    "Tidsgräns": "Timer",
    "Ny uppgift": "New task",
    "Drogs tillbaka": "Withdrawn",
    "Försenad": "Late",
    "Frist passerad": "Deadline passed",
    "Påminnelse": "Reminder",
}
