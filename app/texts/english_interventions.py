"""The English of the pages on which a head of unit steps into the course of a case."""

from __future__ import annotations

INTERVENTIONS: dict[str, str] = {
    "Det går inte att göra": "It cannot be done",
    "Ärendet har ändrats": "The case has changed",
    (
        "Ärendet har ändrats sedan förhandsvisningen. Inget är gjort. Läs vad som händer nu och bekräfta "
        "igen."
    ): (
        "The case has changed since the preview. Nothing has been done. Read what will happen now and "
        "confirm again."
    ),
    "Ärendet är pausat": "The case is suspended",
    (
        "Ärendet är pausat till {until}. Be enhetschefen häva pausen. Det som har en dag i lagen går att "
        "göra ändå."
    ): (
        "The case is suspended until {until}. Ask the head of unit to resume it. What the law sets a day for "
        "can be done all the same."
    ),
    "1, lägst": "1, lowest",
    "5, högst": "5, highest",
    "Antecknar en händelse som ärendet väntar på, eller påminner processen om en som redan är antecknad.": (
        "Records an event that the case waits for, or reminds the process of one that is recorded already."
    ),
    "Avbryta en process eller hela ärendet": "Call off a process or the whole case",
    "Avbröt": "Called off",
    "Aviseringar som inte gäller längre": "Notifications that no longer apply",
    "Aviseringar till": "Notifications to",
    "Behövs så länge en dag löper.": "Needed as long as a day is open.",
    "Bekräfta och gör det": "Confirm and do it",
    "Brev som skrivs": "Letters that are written",
    "Brev som ändras": "Letters that change",
    "Dagar i lagen som löper": "Days of the law that are open",
    "De här dagarna pausas inte": "These days are not suspended",
    "Den vilar till dess. Lämna tomt om den inte ska vila.": (
        "It rests until then. Leave empty if it is not to rest."
    ),
    "Det finns inget att välja i ärendet just nu.": "There is nothing to choose in the case at present.",
    "Det här går inte": "This cannot be done",
    "Det som pågår avslutas utan att göras klart. Uppgifter och tidsbevakningar i det faller bort.": (
        "What is under way is ended without being finished. Its tasks and timers fall away."
    ),
    "Det som ärendet väntar på": "What the case waits for",
    "Din motivering": "Your reason",
    (
        "Du ser vad som händer innan något görs. Varje åtgärd får en motivering och en rad i journalen: vem, "
        "varför, före och efter."
    ): (
        "You see what will happen before anything is done. Each intervention has a reason and a line in the "
        "journal: who, why, before and after."
    ),
    "E-post som skickas": "E-mail that is sent",
    "E-post som ändras": "E-mail that changes",
    "Enhetschefens grund för att avbryta ändå": "The head of unit's ground for calling it off all the same",
    "Fel som antecknas": "Errors that are noted",
    "Fel som försöks igen": "Errors that are tried again",
    "Fel som är avhjälpta": "Errors that are put right",
    "Frister som börjar löpa": "Deadlines that begin to run",
    "Frister som slutar löpa": "Deadlines that stop running",
    "Frister som ändras": "Deadlines that change",
    "Före och efter": "Before and after",
    "Försökte igen": "Tried again",
    "Ger en eller flera uppgifter till en kollega, eller lämnar dem tillbaka till enheten.": (
        "Gives one or more tasks to a colleague, or back to the unit."
    ),
    "Gick tillbaka till ett steg": "Went back to a step",
    "Gjort: {what}. Det står i journalen med din motivering.": (
        "Done: {what}. It stands in the journal with your reason."
    ),
    "Grund: {ground}": "Ground: {ground}",
    "Gå tillbaka till ett steg": "Go back to a step",
    "Gör det som systemet inte klarade, nu och här. Misslyckas det igen händer ingenting.": (
        "Does what the system could not do, here and now. If it fails again, nothing happens."
    ),
    "Hela ärendet": "The whole case",
    "Hoppa över ett steg": "Skip a step",
    "Hoppade över ett steg": "Skipped a step",
    "Hur gick det för hushållet?": "How did it go for the household?",
    "Händelser som antecknas": "Events that are recorded",
    "Händelser som inte räknas längre": "Events that no longer count",
    "Häver pausen. Det som skulle ha hänt under pausen händer nu, i den ordning det förföll.": (
        "Ends the suspension. What should have happened meanwhile happens now, in the order in which it fell "
        "due."
    ),
    "Ingen har ingripit i ärendet.": "Nobody has stepped into the case.",
    "Ingen: tillbaka till enheten": "Nobody: back to the unit",
    "Inget att välja just nu": "Nothing to choose at present",
    "Inget är gjort": "Nothing has been done",
    "Inget är gjort än. Så här blir det om du bekräftar.": (
        "Nothing has been done yet. This is how it will be if you confirm."
    ),
    "Ingrip": "Step in",
    "Inte gjort med ”{title}”: {trouble}": "Not done with “{title}”: {trouble}",
    "Inte gjort med: {what}": "Not done with: {what}",
    "Lagens dagar kan göra den högre än du väljer, aldrig tvärtom.": (
        "The days of the law can make it higher than you choose, never the other way round."
    ),
    (
        "Lagens och Kronofogdens dagar är inte pausade. De räknas, bevakas och påminns om, och det som de "
        "kräver går att göra."
    ): (
        "The days of the law and of the Enforcement Authority are not suspended. They are counted, watched "
        "and reminded of, and what they call for can be done."
    ),
    "Lämna ett meddelande": "Give a message",
    "Lämnade ett meddelande": "Gave a message",
    (
        "Läser datumet igen ur det som är känt nu. Datum räknas ur ärendets uppgifter och väljs aldrig fritt."
    ): (
        "Reads the date again from what is known now. Dates are worked out from the facts of the case and "
        "never chosen freely."
    ),
    (
        "Låter processen gå vidare utan att steget görs. Beslut, spärrar i lagen och steg som lagen sätter "
        "en dag för hoppas inte över."
    ): (
        "Lets the process go on without the step. Decisions, gates of the law and steps that the law sets a "
        "day for are not skipped."
    ),
    "Meddelanden som sparas": "Messages that are kept",
    "Omfördela uppgifter": "Reassign tasks",
    "Omfördelade uppgifter": "Reassigned tasks",
    "Pausa ärendet": "Suspend the case",
    "Pausade ärendet": "Suspended the case",
    "Pausat": "Suspended",
    "Pausen slutar av sig själv den dagen, högst tre månader fram.": (
        "The suspension ends by itself on that day, three months ahead at most."
    ),
    "Pausen var slut": "The suspension was over",
    "Prioritet": "Priority",
    "Processer som avslutas": "Processes that end",
    "Processer som börjar": "Processes that begin",
    "Räknas ut av systemet": "Worked out by the system",
    "Se vad som händer": "See what will happen",
    "Skicka om brev eller e-post": "Resend letters or e-mail",
    "Skickade om": "Resent",
    (
        "Skriver ett brev i retur på nytt med det som är känt nu, eller lägger ett misslyckat "
        "e-postmeddelande i utkorgen igen."
    ): (
        "Writes a returned letter anew with what is known now, or puts a failed e-mail into the outbox again."
    ),
    "Som den är": "As it is",
    "Sparade meddelanden som lämnas": "Kept messages that are given",
    "Steget har inga svar som processen väljer väg efter.": (
        "The step has no answers by which the process chooses its way."
    ),
    "Ställ om en tidsbevakning": "Reset a timer",
    "Ställde om en tidsbevakning": "Reset a timer",
    "Står i journalen. Skriv inget om enskilda som inte behövs.": (
        "Stands in the journal. Write nothing about individuals that is not needed."
    ),
    (
        "Sätter prioritet för hand, och väljer dag då en uppgift ska tas upp igen. Lagens dagar väger alltid "
        "tyngst."
    ): (
        "Sets a priority by hand, and chooses the day on which a task is taken up again. The days of the law "
        "always weigh most."
    ),
    "Ta upp den genast, om den vilar": "Take it up at once if it rests",
    "Ta upp uppgiften igen": "Take the task up again",
    "Tidigare åtgärder": "Earlier interventions",
    "Tidsbevakningar som börjar": "Timers that begin",
    "Tidsbevakningar som upphör": "Timers that end",
    "Tidsbevakningar som ändras": "Timers that change",
    "Till vilken dag?": "Until which day?",
    "Tillbaka till åtgärderna": "Back to the interventions",
    "Tog bort utkast till brev": "Removed a draft letter",
    "Uppgifter och steg": "Tasks and steps",
    (
        "Uppgifter och tidsbevakningar väntar. Lagens och Kronofogdens dagar pausas aldrig: de räknas, "
        "bevakas och påminns om som vanligt, och det som de kräver går att göra."
    ): (
        "Tasks and timers wait. The days of the law and of the Enforcement Authority are never suspended: "
        "they are counted, watched and reminded of as usual, and what they call for can be done."
    ),
    "Uppgifter som faller bort": "Tasks that fall away",
    "Uppgifter som ändras": "Tasks that change",
    "Uppgifter som öppnas": "Tasks that open",
    "Utkast till brev som tas bort": "Draft letters that are removed",
    "Vad gäller det?": "What is it about?",
    "Vem ska ha uppgifterna?": "Who is to have the tasks?",
    "Välj något annat": "Choose something else",
    "Välj vad det gäller": "Choose what it is about",
    "avslutat": "closed",
    "bara när hela ärendet avbryts": "only when the whole case is called off",
    "dag": "day",
    "enhet": "unit",
    "fas": "phase",
    "försök": "attempts",
    "har uppgiften": "has the task",
    "inte längre: {what}": "no longer: {what}",
    "till": "to",
    "inget": "nothing",
    "ja": "yes",
    "nej": "no",
    "klar senast": "to be done by",
    "pausat till": "suspended until",
    "preliminär": "provisional",
    "prioritet": "priority",
    "prioritet satt för hand": "priority set by hand",
    "skickat": "sent",
    "tas upp igen": "taken up again",
    "tid": "time",
    "uppgivet": "given up",
    "utfall": "outcome",
    "väntar tills pausen hävs": "waits until the case is resumed",
    "{count} att se, men inget går att välja": "{count} to see, but none can be chosen",
    "{count} att välja": "{count} to choose from",
    "{name}: från {was} till {becomes}": "{name}: from {was} to {becomes}",
    "Ändra": "Change",
    "Ändra prioritet eller uppföljning": "Change priority or follow-up",
    "Ändrade prioritet eller uppföljning": "Changed priority or follow-up",
    "Ändras ärendet innan du bekräftar görs ingenting, och du får se hur det blir i stället.": (
        "If the case changes before you confirm, nothing is done, and you are shown how it will be instead."
    ),
    "Ärendet börjar vänta på": "The case begins to wait for",
    "Ärendet slutar vänta på": "The case stops waiting for",
    "Ärendet är avslutat. Bara brev och e-post kan skickas om.": (
        "The case is closed. Only letters and e-mail can be resent."
    ),
    "Ärendet är pausat till {day}": "The case is suspended until {day}",
    "Återuppta ärendet": "Resume the case",
    "Återupptog ärendet": "Resumed the case",
    "Åtgärder": "Interventions",
    "Åtgärder i ärendet": "Interventions in the case",
    "En åtgärd i ärendet": "An intervention in the case",
    "En åtgärd i ärendet, förhandsvisad eller efter fel": "An intervention in the case, looked at or after an error",
    (
        "Öppnar ett steg igen när svaret blev fel. Det som svaret ledde till rättas. Det som är beslutat "
        "eller har lämnat huset går inte att ta tillbaka så."
    ): (
        "Opens a step again when the answer was wrong. What the answer led to is corrected. What has been "
        "decided or has left the house cannot be taken back in this way."
    ),
    "Omfördela en kollegas uppgifter": "Reassign a colleague's tasks",
    "Du ser vad som händer med varje uppgift innan något görs.": (
        "You see what will happen to each task before anything is done."
    ),
    "Vems uppgifter?": "Whose tasks?",
    "Visa uppgifterna": "Show the tasks",
    "Vilka uppgifter?": "Which tasks?",
    "Har inga uppgifter som du kan fördela.": "Has no tasks that you can reassign.",
    "Så här gick det.": "This is how it went.",
    "Till {name}": "To {name}",
    "Tillbaka till enheten": "Back to the unit",
    "Byter handläggare": "Changes hands",
    "Gjort": "Done",
    "Fler uppgifter": "More tasks",
}
