"""The English of the pages about retention, handing out a file, and corrections."""

from __future__ import annotations

RETENTION: dict[str, str] = {
    "Utkast": "Drafts",
    "Akten bevaras för forskning: någon är född en av de dagar som kommunen har bestämt (SoF 13:1).": (
        "The file is kept for research: somebody was born on one of the days that the municipality has "
        "decided (SoF 13:1)."
    ),
    "Akten kan inte lämnas ut så": "The file cannot be handed out like this",
    "Akter om den som är född den {days} i en månad bevaras för forskning.": (
        "Files of those born on the {days} of a month are kept for research."
    ),
    "Anmälda jäv": "Conflicts of interest",
    "Antecknade en invändning": "Noted an objection",
    "Antecknade en rättelse": "Noted a correction",
    "Antecknat {when}": "Noted {when}",
    "Anteckningar": "Entries",
    "Anteckningen står nu bredvid uppgiften, som finns kvar som den skrevs.": (
        "The note now stands beside the record, which stays as it was written."
    ),
    "Att gallra": "To be destroyed",
    (
        "Avslutade ärenden som är minst fem år gamla. Ingenting gallras av sig självt: en person föreslår, "
        "en annan godkänner."
    ): (
        "Closed cases that are at least five years old. Nothing is destroyed by itself: one person proposes, "
        "another approves."
    ),
    "Avslutat": "Closed",
    "Barnets vårdnadshavare": "The child's guardian",
    "Beslut": "Decision",
    "Beslut: {reference}.": "Decision: {reference}.",
    "Bevaras": "Kept",
    "Bokade besök": "Booked visits",
    "Dagar i kalendrar": "Days in calendars",
    "Dagen följer av ett barns födelsedag.": "The day follows from a child's birthday.",
    "Den enskildes invändning": "The individual's objection",
    "Antecknades av misstag och räknas inte": "Was recorded by mistake and does not count",
    "Den som har föreslagit gallringen får inte också godkänna den. Inget har ändrats.": (
        "Who has proposed the destruction may not also approve it. Nothing has changed."
    ),
    "Det finns inga anteckningar om personen.": "There are no entries about the person.",
    "Det finns ingen sådan uppgift att rätta i ärendet.": "The case has no such record to correct.",
    "Det här försvinner för alltid": "This disappears for good",
    (
        "Det här står i början av akten, vare sig något har tagits bort eller inte. Det får inte synas om "
        "det finns en anmälan."
    ): (
        "This stands at the beginning of the file, whether anything was taken out or not. It must not show "
        "whether there is a report."
    ),
    "Det som är antecknat ändras inte. Det du skriver här visas bredvid, också i det som lämnas ut.": (
        "What was recorded does not change. What you write here is shown beside it, also in what is handed "
        "out."
    ),
    "Driftfel": "Operating failures",
    "Du har föreslagit gallringen. En enhetschef som inte är du ska godkänna den.": (
        "You have proposed the destruction. A head of unit other than you is to approve it."
    ),
    (
        "Ett barn har utretts, och barnets födelsedag är inte känd. Akten kan behöva bevaras tills barnet är "
        "30 år (SoL 16:2 a)."
    ): (
        "A child has been investigated, and the child's birthday is not known. The file may have to be kept "
        "until the child is 30 (SoL 16:2 a)."
    ),
    "Ett stopp gäller tills någon häver det, också om tiden går ut.": (
        "A hold stands until somebody lifts it, even when the time runs out."
    ),
    "Frister med äldre versioner": "Deadlines with earlier versions",
    (
        "Födelsedagen är inte känd för {count} av personerna. Kontrollera om någon av dem hör till dem vars "
        "akter bevaras för forskning."
    ): (
        "The birthday of {count} of the persons is not known. Check whether any of them belongs to those "
        "whose files are kept for research."
    ),
    "Föreslaget av": "Proposed by",
    "Föreslaget av {name} {day}": "Proposed by {name} {day}",
    "Föreslog gallring": "Proposed destruction",
    "Föreslå gallring": "Propose destruction",
    "Förslag om gallring": "Proposals to destroy",
    "Förslaget finns inte längre. Gå till Gallring och börja om.": (
        "The proposal is no longer there. Go to Retention and begin again."
    ),
    "Förslaget är taget tillbaka. Ärendet finns kvar.": "The proposal is taken back. The case stays.",
    "Gallra {number} för alltid": "Destroy {number} for good",
    "Gallrat": "Destroyed",
    "Gallring": "Retention",
    "Gallring av {number}": "Destruction of {number}",
    "Gallring av ärendet": "Destruction of the case",
    "Gallring av ärendet, efter fel": "Destruction of the case, after a mistake",
    "Gallring av ärendet, efter nej": "Destruction of the case, after a no",
    "Gallring och gallringsstopp": "Retention and legal hold",
    "Gallring är föreslagen. En annan person ska godkänna.": (
        "Destruction is proposed. Another person is to approve."
    ),
    "Gallringen går inte att ångra.": "Destruction cannot be undone.",
    "Gallringen är stoppad tills någon häver stoppet.": "The case is held until somebody lifts the hold.",
    "Gallringen är stoppad.": "There is a legal hold on the case.",
    "Gallringsjournal": "Destruction journal",
    "Gallringsstopp": "Legal holds",
    "Gallringsstopp, efter fel": "Legal hold, after a mistake",
    "Godkänt av": "Approved by",
    "Hela ärendet med alla personers akter. Åtkomstloggen, som bara innehåller nummer, finns kvar.": (
        "The whole case with everybody's file. The read log, which holds numbers only, stays."
    ),
    "Hur vet ni det, eller varför ändras inget?": "How do you know, or why does nothing change?",
    "Hämta som JSON": "Download as JSON",
    "Hämta som PDF": "Download as PDF",
    "Häv stoppet": "Lift the hold",
    "Hävde gallringsstoppet": "Lifted the legal hold",
    "Inga ärenden är gallrade": "No cases have been destroyed",
    "Ingen har föreslagit gallring": "Nobody has proposed destruction",
    "Inget så gammalt ärende bevaras.": "No case as old as that is kept.",
    "Inget är beslutat för förvaltningen, och då bevaras allt.": (
        "Nothing has been decided for the administration, so everything is kept."
    ),
    "Inget ärende ska gallras nu.": "No case is to be destroyed now.",
    "Inlämnade genom andra system": "Handed in through other systems",
    "Invändning: den enskilde anser att uppgiften är fel (SoL 14:6)": (
        "Objection: the individual says that the record is wrong (SoL 14:6)"
    ),
    "Inväntade meddelanden": "Awaited messages",
    "Jag har kontrollerat vem som får akten.": "I have checked who receives the file.",
    "Jag har läst igenom allt och prövat sekretessen (OSL 10:3, 26:1).": (
        "I have read it all through and tested the secrecy (OSL 10:3, 26:1)."
    ),
    "Journalrader": "Lines of the journal",
    "Kommunen gallrar inte (SoF 13:1).": "The municipality destroys nothing (SoF 13:1).",
    "Kommunens beslut": "The municipality's decision",
    "Listan visar de äldsta ärendena. Fler visas när dessa är avgjorda.": (
        "The list shows the oldest cases. More are shown when these are settled."
    ),
    "Lämna inte ut (OSL 10:3)": "Do not hand out (OSL 10:3)",
    "Lämna ut": "Hand out",
    "Lämna ut akten": "Hand out the file",
    "Lämna ut akten för {name}": "Hand out the file of {name}",
    "Lämnade ut en persons akt": "Handed out a person's file",
    (
        "Läs igenom allt. Det som rör andra är borttaget, men ett ord för någon (”mamman”, ”grannen”) ser "
        "systemet inte."
    ): (
        "Read it all through. What concerns others is left out, but the system does not see a word for "
        "somebody (“the mother”, “the neighbour”)."
    ),
    "Läs igenom ärendet först. Pågår en rättsprocess, eller har någon begärt ut akten: stoppa gallringen.": (
        "Read the case first. If there is a legal process, or somebody has asked for the file: place a hold."
    ),
    "Med vilken rätt får någon annan akten, eller varför hålls något tillbaka?": (
        "By what right does somebody else get the file, or why is something held back?"
    ),
    "Nej, bevara ärendet": "No, keep the case",
    "När ett ärende har gallrats står det här vilket, när, varför och av vem.": (
        "When a case has been destroyed, it stands here which, when, why and by whom."
    ),
    "Någon annan måste godkänna": "Somebody else must approve",
    "Nödåtkomster": "Emergency accesses",
    "Omfattning": "How much",
    "Personen själv": "The person",
    "Personen är skyddad: lämna akten personligen eller genom Skatteverkets förmedlingsuppdrag.": (
        "The person is protected: hand the file over in person or through the Tax Agency's intermediary."
    ),
    "Påminnelser i e-post": "Reminders by e-mail",
    "Rättelse": "Correction",
    "Rättelse eller invändning": "Correction or objection",
    "Rättelse eller invändning, efter fel": "Correction or objection, after a mistake",
    "Rättelse: uppgiften är fel": "Correction: the record is wrong",
    "Rättelser och invändningar": "Corrections and objections",
    "Sista anteckningen": "Last note",
    "Ska gallras": "To be destroyed now",
    "Skriv ärendets nummer för att bekräfta": "Type the case's number to confirm",
    "Skriv ärendets nummer, {number}, för att bekräfta.": "Type the case's number, {number}, to confirm.",
    "Spara anteckningen": "Save the note",
    "Stoppa gallringen": "Place a hold",
    "Stoppad sedan {day} av {name}.": "Held since {day} by {name}.",
    "Stoppade gallringen": "Placed a legal hold",
    "Stoppet är hävt.": "The hold is lifted.",
    "Ta tillbaka förslaget": "Take back the proposal",
    "Tiden har gått ut: ärendet ska gallras (SoL 16:1-2 a).": (
        "The time has run out: the case is to be destroyed (SoL 16:1-2 a)."
    ),
    "Tiden har inte gått ut (SoL 16:1-2 a).": "The time has not run out (SoL 16:1-2 a).",
    "Tidsbevakningar": "Timers",
    "Till exempel ett överklagande, en tvist om ersättning eller en begäran om att få läsa akten.": (
        "For example an appeal, a dispute about damages or a request to read the file."
    ),
    "Tog tillbaka förslaget om gallring": "Took back the proposal to destroy",
    "Utlämnande av en persons akt": "Handing out of a person's file",
    "Utlämnande av en persons akt, granskning": "Handing out of a person's file, reading through",
    "Vad som inte är med": "What is not in it",
    "Vad är det?": "What is it?",
    "Vad är rätt, eller vad säger den enskilde?": "What is right, or what does the individual say?",
    "Varför behövs stoppet inte längre?": "Why is the hold no longer needed?",
    "Varför ska ärendet finnas kvar?": "Why must the case stay?",
    "Vem i ärendet?": "Who in the case?",
    "Vem invänder?": "Who objects?",
    "Vem ska få akten?": "Who is to have the file?",
    "Visa brevet": "Show the letter",
    "Visa vad som lämnas ut": "Show what is handed out",
    "Väntande meddelanden": "Kept messages",
    "bara vid invändning": "only for an objection",
    "{count} rader": "{count} rows",
    (
        "{municipality} gallrar fem år efter sista anteckningen. Ärenden med en barnutredning bevaras tills "
        "barnet är 30 år (SoL 16:1-2 a)."
    ): (
        "{municipality} destroys files five years after the last note. Cases with a child investigation are "
        "kept until the child is 30 (SoL 16:1-2 a)."
    ),
    "{municipality} gallrar inte (SoF 13:1).": "{municipality} destroys nothing (SoF 13:1).",
    "{name} föreslog gallring {day}.": "{name} proposed destruction on {day}.",
    "{number} är gallrat. Det som finns kvar är raden i gallringsjournalen.": (
        "{number} is destroyed. What remains is the row in the destruction journal."
    ),
    "{why} Inget har ändrats.": "{why} Nothing has changed.",
    "Ärenden som är gallrade, de senaste först. Ingenting om människorna i dem finns kvar.": (
        "Cases that have been destroyed, the latest first. Nothing of the people in them remains."
    ),
    "Ärendet": "The case",
    "Ärendet ska bevaras": "The case must be kept",
    "Ärendet är öppet.": "The case is open.",
}
"""Swedish sentence to English."""
