"""The English of the table of checks, by the Swedish sentence: what is stuck, why that matters, what to do."""

from __future__ import annotations

CHECKS: dict[str, str] = {
    # Tasks
    "Ingen har tagit uppgiften": "Nobody has taken the task",
    "{task} har väntat på {unit} sedan {since_at} utan att någon har tagit den.": (
        "{task} has waited for {unit} since {since_at}, and nobody has taken it."
    ),
    "Det som ingen har åtagit sig blir inte gjort.": "What nobody has taken on does not get done.",
    "Fördela uppgiften till någon i enheten.": "Assign the task to somebody of the unit.",
    "Den som har uppgiften är borta när den ska vara klar": "Who has the task is away when it is due",
    "{person} har {task}, som ska vara klar {due_at}, men är borta till och med {away_on}. {substitute} ersätter.": (
        "{person} has {task}, due {due_at}, but is away to and including {away_on}. {substitute} stands in."
    ),
    "Ingen annan vet att uppgiften är deras.": "Nobody else knows that the task is theirs.",
    "Låt ersättaren göra den, eller fördela den till någon som är på plats.": (
        "Let the substitute do it, or assign it to somebody who is here."
    ),
    "Den som har uppgiften arbetar inte kvar": "Who has the task works here no more",
    "{person} har {task}, men kontot är stängt.": "{person} has {task}, but the account is closed.",
    "Uppgiften syns inte hos någon som kan göra den.": "Nobody who can do the task sees it.",
    "Fördela uppgiften till någon annan.": "Assign the task to somebody else.",
    "Den som har uppgiften får inte göra den": "Who has the task may not do it",
    "{person} har {task}, men hör inte längre till {unit}, eller är jävig i ärendet.": (
        "{person} has {task}, but belongs to {unit} no more, or has a conflict of interest in the case."
    ),
    "Den som har uppgiften kan inte öppna den, och ingen annan ser att den är ledig.": (
        "Who has the task cannot open it, and nobody else sees that it is free."
    ),
    "Fördela uppgiften till någon i enheten som inte är jävig.": (
        "Assign the task to somebody of the unit without a conflict of interest."
    ),
    "Uppgiften är försenad": "The task is late",
    "{task} skulle ha varit klar {due_at}. {holder} har den.": "{task} was due {due_at}. {holder} has it.",
    "Den som väntar på hjälp får den för sent.": "Who waits for help gets it too late.",
    "Fråga den som har uppgiften vad som hindrar, eller fördela om den.": (
        "Ask who has the task what stands in the way, or assign it to somebody else."
    ),
    "En spärr har varit stängd länge": "A gate has been closed for long",
    "{task} har inte kunnat göras sedan {since_at}, eftersom en spärr är stängd.": (
        "{task} could not be done since {since_at}, because a gate is closed."
    ),
    "Ärendet står still tills spärren öppnas eller steget förklaras omöjligt.": (
        "The case stands still until the gate opens or the step is declared impossible."
    ),
    "Läs på uppgiften vad som öppnar spärren. Går det inte, svara att steget inte kan genomföras.": (
        "Read in the task what opens the gate. If that cannot be, answer that the step cannot be carried out."
    ),
    "Vilan är slut men uppgiften har inte kommit tillbaka": "The rest is over but the task has not come back",
    "{task} skulle ha kommit tillbaka {due_at}.": "{task} should have come back {due_at}.",
    "Uppgiften är gömd för den som ska göra den.": "The task is hidden from who is to do it.",
    "Kontrollera i Driftläge att arbetsprocessen är igång. Öppna sedan uppgiften.": (
        "See in Operations that the worker is running. Then open the task."
    ),
    "Ärendet är avslutat men har en öppen uppgift": "The case is closed but has an open task",
    "Ärendet avslutades {since_at}, men {task} är fortfarande öppen.": (
        "The case was closed {since_at}, but {task} is still open."
    ),
    "Antingen är ärendet inte slut, eller så väntar en uppgift på ingenting.": (
        "Either the case is not over, or a task waits for nothing."
    ),
    "Ta ställning till om uppgiften ska göras eller dras tillbaka.": (
        "Decide whether the task is to be done or withdrawn."
    ),
    # Dates
    "Återvinningsfristen går mot sitt slut utan beslut": "The recovery period is ending without a decision",
    "Sista dagen att få tillbaka hyresrätten är {date_on}, och ingen har prövat hur den kan räddas.": (
        "The last day to win back the lease is {date_on}, and nobody has weighed how it can be saved."
    ),
    "Efter fristen går hyresrätten inte att få tillbaka genom att hyran betalas (JB 12:44).": (
        "After the period the lease cannot be won back by paying the rent (JB 12:44)."
    ),
    "Pröva i dag om skulden kan betalas eller nämnden ska åta sig betalningsansvaret.": (
        "Weigh today whether the debt can be paid or the board is to assume payment liability."
    ),
    "Avhysningen är nära och ingen närvaro är planerad": "The eviction is near and no presence is planned",
    "Kronofogden kommer {date_on}, och det finns ingen plan för det datumet.": (
        "Kronofogden comes {date_on}, and there is no plan for that date."
    ),
    "Socialtjänsten ska vara på plats, särskilt när barn berörs (handboken 5.5 och 7).": (
        "Social services are to be there, above all when children are concerned (handbook 5.5 and 7)."
    ),
    "Planera vem som är på plats, eller dokumentera varför ingen ska vara det.": (
        "Plan who is there, or document why nobody is to be."
    ),
    "Kronofogden har inte fått sin bekräftelse": "Kronofogden has not got its confirmation",
    "Underrättelsen skulle ha bekräftats {date_on}.": "The notice should have been confirmed {date_on}.",
    "Bekräftelsen ska skickas samma dag som underrättelsen kom in (SoF 11:3).": (
        "The confirmation is sent the same day as the notice came in (SoF 11:3)."
    ),
    "Skicka bekräftelsen nu och anteckna varför den är sen.": "Send it now and note why it is late.",
    "En frist för ett barn har gått ut": "A time limit for a child has run out",
    "{deadline} skulle ha varit gjort senast {date_on}.": "{deadline} should have been done by {date_on}.",
    "Fristerna i socialtjänstlagen 20 kap. skyddar barnet och går inte att vänta ut.": (
        "The time limits of the Social Services Act, chapter 20, protect the child and cannot be waited out."
    ),
    "Se till att beslutet fattas i dag och att skälen till förseningen antecknas.": (
        "See to it that the decision is made today and that the reasons for the delay are noted."
    ),
    "En frist för ett barn går snart ut": "A time limit for a child is running out",
    "{deadline} ska vara gjort senast {date_on}.": "{deadline} is to be done by {date_on}.",
    "Fristerna i socialtjänstlagen 20 kap. går inte att förlänga i efterhand.": (
        "The time limits of the Social Services Act, chapter 20, cannot be extended afterwards."
    ),
    "Kontrollera att någon arbetar med det och hinner.": "See that somebody works on it and will be in time.",
    "Aktualiseringen har pågått för länge": "The intake has gone on for too long",
    "Gränsen på fyra veckor passerades {date_on}, och inga särskilda skäl är prövade.": (
        "The limit of four weeks was passed {date_on}, and no special reasons have been weighed."
    ),
    "En aktualisering bör inte pågå längre än två till fyra veckor (handboken 5.2).": (
        "An intake should not go on for longer than two to four weeks (handbook 5.2)."
    ),
    "Ta ställning till om en utredning ska inledas, eller pröva särskilda skäl.": (
        "Decide whether to open an investigation, or weigh special reasons."
    ),
    "En lagstadgad dag har passerat": "A day set by law has passed",
    "Dagen står i lag och ingen har gjort det som skulle vara gjort.": (
        "The day is set by law, and nobody has done what was to be done."
    ),
    "Gör det nu och anteckna varför det är sent.": "Do it now and note why it is late.",
    "En sparad frist stämmer inte med reglerna": "A kept date does not agree with the rules",
    "{deadline}: sparat {kept_on}, uträknat på nytt {counted_on}.": (
        "{deadline}: kept {kept_on}, counted anew {counted_on}."
    ),
    "Den som läser fristen litar på fel dag.": "Who reads the date trusts the wrong day.",
    "Anteckna något i ärendet så räknas alla frister om. Händer det igen är det ett fel i systemet.": (
        "Note something in the case, and all dates are counted anew. Should it happen again, the system is at fault."
    ),
    "Ärendet har inte gåtts igenom i dag": "The case has not been gone through today",
    "Frister, spärrar och prioritet räknades senast om {date_on}.": (
        "Dates, gates and priority were last worked out {date_on}."
    ),
    "Det som har blivit bråttom sedan dess syns inte.": "What has become urgent since then does not show.",
    "Kontrollera i Driftläge att arbetsprocessen är igång.": "See in Operations that the worker is running.",
}

MORE_CHECKS: dict[str, str] = {
    # Processes
    "Systemet kan inte föra ärendet vidare": "The system cannot move the case on",
    "{job} har misslyckats {attempts} gånger och försöks inte igen.": (
        "{job} has failed {attempts} times and is not tried again."
    ),
    "Tidsgränser i ärendet går inte av så länge felet står kvar.": (
        "Timers of the case do not go off as long as the error is there."
    ),
    "Se felet i Driftläge, rätta orsaken och låt systemet försöka igen.": (
        "See the error in Operations, mend its cause and let the system try again."
    ),
    "Systemet försöker om och om igen": "The system tries again and again",
    "{job} har misslyckats {attempts} gånger sedan {since_at}.": "{job} has failed {attempts} times since {since_at}.",
    "Går det inte över av sig självt står ärendet snart still.": (
        "Unless it passes by itself the case will soon stand still."
    ),
    "Se felet i Driftläge.": "See the error in Operations.",
    "En tidsgräns har passerat utan att något hände": "A timer has passed and nothing happened",
    "{step} skulle ha gått av {due_at}.": "{step} should have gone off {due_at}.",
    "Det som skulle ha hänt av sig självt har inte hänt.": "What should have happened by itself has not.",
    "Pausen är slut men ärendet har inte återupptagits": "The suspension is over but the case has not been resumed",
    "Ärendet skulle ha återupptagits {due_at}.": "The case should have been resumed {due_at}.",
    "Tidsgränser och påminnelser vilar så länge ärendet är pausat.": (
        "Timers and reminders rest as long as the case is suspended."
    ),
    "Kontrollera i Driftläge att arbetsprocessen är igång, eller återuppta ärendet för hand.": (
        "See in Operations that the worker is running, or resume the case by hand."
    ),
    "Processen väntar på ingenting": "The process waits for nothing",
    "{process} pågår men har ingen öppen uppgift, ingen tidsgräns och inget meddelande att vänta på.": (
        "{process} is running but has no open task, no timer and no message to wait for."
    ),
    "Ärendet står still för alltid utan att något syns i någons inkorg.": (
        "The case stands still for ever, and nothing shows in anybody's inbox."
    ),
    "Gå tillbaka till ett steg eller avbryt processen.": "Go back to a step or cancel the process.",
    "Processen väntar på något som inte kan hända": "The process waits for what cannot happen",
    "{process} väntar på {message}, och inget som pågår i ärendet kan leda till det.": (
        "{process} waits for {message}, and nothing that goes on in the case can lead to it."
    ),
    "Lämna meddelandet för hand, gå tillbaka till ett steg eller avbryt processen.": (
        "Deliver the message by hand, go back to a step or cancel the process."
    ),
    "Inkorgen stämmer inte med processen": "The inbox does not agree with the process",
    "{process}: {missing} saknas och {extra} finns utan att processen frågar efter dem.": (
        "{process}: {missing} are missing and {extra} are there that the process does not ask for."
    ),
    "Någon ser en uppgift som inte går att slutföra, eller så syns en uppgift inte alls.": (
        "Somebody sees a task that cannot be completed, or a task is not seen at all."
    ),
    "Avbryt inte ärendet. Processägaren får veta felet och rättar läget.": (
        "Do not cancel the case. The process owner is told of the error and puts it right."
    ),
    "Processens läge går inte att läsa": "The state of the process cannot be read",
    "{process} har ett sparat läge som inte går att öppna.": "{process} has a kept state that cannot be opened.",
    "Ingen uppgift i processen kan slutföras och ingen tidsgräns går av.": (
        "No task of the process can be completed and no timer goes off."
    ),
    "Processägaren får veta felet. Återställ läget från en säkerhetskopia.": (
        "The process owner is told of the error. Restore the state from a backup."
    ),
    # Cases
    "Ingen är ansvarig för ärendet": "Nobody is responsible for the case",
    "Ärendet öppnades {since_at} och har ingen ansvarig handläggare.": (
        "The case was opened {since_at} and has no responsible caseworker."
    ),
    "Den enskilde ska veta vem som är ansvarig, och någon ska se helheten.": (
        "People are to know who is responsible, and somebody is to see the whole."
    ),
    "Utse en ansvarig handläggare.": "Appoint a responsible caseworker.",
    "Ärendet har ingen ersättare": "The case has no substitute",
    "Ärendet öppnades {since_at} och ingen är utsedd att ersätta {person}.": (
        "The case was opened {since_at} and nobody is appointed to stand in for {person}."
    ),
    "Är den ansvarige sjuk finns ingen som tar vid.": "If who is responsible falls ill, nobody takes over.",
    "Utse en ersättare.": "Appoint a substitute.",
    "Den som ansvarar kan inte längre ansvara": "Who is responsible can be so no more",
    "{person} står som ansvarig eller ersättare, men arbetar inte kvar eller är jävig.": (
        "{person} stands as responsible or substitute, but works here no more or has a conflict of interest."
    ),
    "Påminnelser går till någon som inte kan göra något.": "Reminders go to somebody who can do nothing.",
    "Utse en ny.": "Appoint another.",
    "Både den ansvarige och ersättaren är borta": "Both the responsible and the substitute are away",
    "{person} är borta till och med {away_on}, och ingen ersättare är på plats.": (
        "{person} is away to and including {away_on}, and no substitute is here."
    ),
    "Ingen som kan ärendet är här.": "Nobody who knows the case is here.",
    "Utse någon som är på plats.": "Appoint somebody who is here.",
    "Ingen har tagit ställning till underrättelsen": "Nobody has taken a position on the notice",
    "En underrättelse registrerades {since_at} och har inget ställningstagande.": (
        "A notice was registered {since_at}, and no position has been taken on it."
    ),
    "Fristen för hyresgästen löper även när ingen läser underrättelsen (JO 1683-2017).": (
        "The tenant's time runs also when nobody reads the notice (JO 1683-2017)."
    ),
    "Ta ställning till underrättelsen.": "Take a position on the notice.",
    "Två öppna ärenden för samma hushåll": "Two open cases for one household",
    "Ärende {other_case} gäller samma hushåll eller bostad.": (
        "Case {other_case} is about the same household or home."
    ),
    "Två handläggare arbetar utan att veta vad den andra gör, och frister räknas i fel ärende.": (
        "Two caseworkers work without knowing what the other does, and dates are counted in the wrong case."
    ),
    "Samla arbetet i det äldre ärendet och avsluta det andra.": (
        "Gather the work in the older case and close the other."
    ),
    "Ett larm är inte kvitterat": "An alarm has not been acknowledged",
    "Larmet gick till {unit} {since_at} och ingen har kvitterat det.": (
        "The alarm went to {unit} {since_at}, and nobody has acknowledged it."
    ),
    "Ett larm som ingen har sett är inget larm.": "An alarm that nobody has seen is none.",
    "Läs larmet, gör det som behövs och kvittera.": "Read the alarm, do what is needed and acknowledge it.",
    # Letters
    "Ett brev är skrivet men inte skickat": "A letter is written but not sent",
    "{letter} skrevs {since_at} och är inte antecknat som skickat.": (
        "{letter} was written {since_at} and is not noted as sent."
    ),
    "Mottagaren väntar, eller så saknas beviset på att brevet gick i väg.": (
        "The recipient is waiting, or there is no proof that the letter went off."
    ),
    "Skicka brevet och anteckna hur, eller skriv varför det inte ska skickas.": (
        "Send the letter and note how, or write why it is not to be sent."
    ),
    "Ett brev har kommit i retur": "A letter has come back",
    "{letter} kom i retur {since_at} och inget nytt brev är skickat.": (
        "{letter} came back {since_at}, and no new letter has been sent."
    ),
    "Mottagaren vet inte det som brevet säger.": "The recipient does not know what the letter says.",
    "Kontrollera adressen och skicka brevet på nytt.": "Check the address and send the letter again.",
    "E-post till personalen kom inte fram": "Mail to the staff did not arrive",
    "E-posten till {person} gavs upp {since_at}.": "The mail to {person} was given up {since_at}.",
    "Påminnelser och larm når inte fram.": "Reminders and alarms do not get through.",
    "Kontrollera personens e-postadress och e-postservern.": "Check the person's mail address and the mail server.",
}
