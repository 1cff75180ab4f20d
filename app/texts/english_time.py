"""English for dates that move, tasks that rest and the documents beside a step."""

from __future__ import annotations

TIME = {
    "Går först": "Goes first",
    "Tidigare datum:": "Earlier dates:",
    "ändrat {when}": "changed {when}",
    "av {name}": "by {name}",
    "Underrättelsen som kom in {when}": "The notice that came in {when}",
    "Tiden gick": "Time passed",
    "En ny dag började": "A new day began",
    "{name}, från {was} till {becomes}": "{name}, from {was} to {becomes}",
    "Fristen löper inte längre": "The date no longer runs",
    "Lät uppgiften vila": "Let the task rest",
    "Uppgiften är tillbaka": "The task is back",
    "Uppgiften ”{title}” vilar till {day}.": "The task “{title}” rests until {day}.",
    "Den ska vara klar {day}, innan den kommer tillbaka.": "It is due {day}, before it comes back.",
    "Uppgiften kan inte vila så länge": "The task cannot rest that long",
    "Den behöver vara tillbaka senast {back_on}, sista arbetsdagen före {on}: {what}.": (
        "It must be back by {back_on}, the last working day before {on}: {what}."
    ),
    "Vila": "Rest",
    "Vilar till {day}.": "Rests until {day}.",
    "Ta tillbaka nu": "Take it back now",
    "Låt uppgiften vila": "Let the task rest",
    "Låt vila": "Let it rest",
    "Behöver vara tillbaka senast {back}: {what} är {day}.": "Must be back by {back}: {what} is {day}.",
    "Kommer tillbaka den": "Comes back on",
    "Varför kan den vänta?": "Why can it wait?",
    "Riktlinjer och stöd": "Guidelines and support",
}
