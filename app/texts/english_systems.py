"""The English of what concerns other systems: the interface, its documentation and the pages of keys."""

from __future__ import annotations

SYSTEMS: dict[str, str] = {
    # Problems
    "Nyckeln finns inte": "There is no such key",
    "Det finns ingen sådan nyckel.": "There is no such key.",
    "Inlämningen finns inte": "Nothing was handed in",
    "Systemet har inte lämnat något under den referensen.": (
        "The system has not handed in anything under this reference."
    ),
    "Begäran pågår redan": "The request is under way",
    "Samma begäran utförs just nu. Fråga igen om några sekunder.": (
        "The same request is being carried out. Ask again in some seconds."
    ),
    "Nyckeln gäller inte": "The key does not work",
    "Skicka en gällande nyckel i huvudet Authorization: Bearer <nyckel>.": (
        "Send a key that works in the header Authorization: Bearer <key>."
    ),
    "Nyckeln räcker inte": "The key is not enough",
    "Nyckeln saknar rättigheten {scope}.": "The key lacks the scope {scope}.",
    "Idempotency-Key är använd": "The Idempotency-Key is taken",
    "Nyckeln hör till en annan begäran. Välj en ny till varje begäran.": (
        "The key belongs to another request. Choose a new one for each request."
    ),
    "Fel slags innehåll": "The wrong kind of content",
    "Skicka JSON med Content-Type: application/json.": "Send JSON with Content-Type: application/json.",
    "Innehållet är inte JSON som går att läsa.": "The content is no JSON that can be read.",
    "Adressen finns inte": "There is no such address",
    "Jämför adressen med /api/v1/openapi.json.": "Compare the address with /api/v1/openapi.json.",
    "Huvudet Allow säger vilka metoder adressen tar.": "The header Allow says which methods the address takes.",
    "Fel slags värde: ska vara {wanted}.": "The wrong kind of value: must be {wanted}.",
    "text": "text",
    "true eller false": "true or false",
    "ett heltal": "a whole number",
    "ett tal": "a number",
    "en lista": "a list",
    "ett objekt": "an object",
    "Saknas.": "Is missing.",
    "Fältet finns inte.": "There is no such field.",
    "Värdet är inget av alternativen.": "The value is none of the choices.",
    "Ska skrivas som ÅÅÅÅ-MM-DD.": "Must be written as YYYY-MM-DD.",
    "Har inte rätt form.": "Does not have the right form.",
    "För långt.": "Too long.",
    "För kort.": "Too short.",
    "För många rader.": "Too many rows.",
    "För få rader.": "Too few rows.",
    "För litet.": "Too small.",
    "För stort.": "Too large.",
    "Värdet går inte att använda.": "The value cannot be used.",
    "Får bara anges en gång.": "May be given only once.",
    "Ska vara 1–200 tecken ASCII utan mellanslag.": "Must be 1–200 characters of ASCII without a space.",
    # The documentation
    "För anslutna system": "For connected systems",
    "Samma handlingar som på sidorna, med en nyckel och i JSON. För program:": (
        "The same actions as on the pages, with a key and in JSON. For programs:"
    ),
    "Så börjar du": "How to begin",
    (
        "Be den som sköter driften om en nyckel. Den följer med i varje begäran, och den gäller bara det som den är "
        "gjord för."
    ): (
        "Ask whoever keeps the system for a key. It goes with each request, and it is good only for what it was made "
        "for."
    ),
    (
        "En hyresvärds system lämnar underrättelser och får veta att de är mottagna. Det får aldrig veta något om "
        "hushållet, inte ens om det finns ett ärende."
    ): (
        "A landlord's system hands in notices and learns that they have come in. It never learns anything about the "
        "household, not even whether there is a case."
    ),
    (
        "Skicka ett eget Idempotency-Key med varje begäran som ändrar något. Kommer samma begäran en gång till utförs "
        "den inte igen, och svaret blir detsamma i två dygn."
    ): (
        "Send an Idempotency-Key of your own with each request that changes something. If the same request comes once "
        "more it is not carried out again, and for two days the answer is the same."
    ),
    "Exempel": "Example",
    "Fält": "Field",
    "Slag": "Kind",
    "Vad det är": "What it is",
    "krävs": "required",
    "Varje rad:": "Each row:",
    "I adressen och huvudet": "In the address and the header",
    "Det du skickar": "What you send",
    "Svaret": "The answer",
    "Det som svaras": "What is answered",
    "När något inte går": "When something cannot be done",
    "Svaret är då alltid application/problem+json (RFC 9457), på svenska eller engelska efter Accept-Language.": (
        "The answer is then always application/problem+json (RFC 9457), in Swedish or English after Accept-Language."
    ),
    "Status": "Status",
    "Vad det betyder": "What it means",
    "Slag av fel": "Kinds of problem",
    "type slutar på": "type ends with",
    "Underrättelser, uppgifter, ärenden och händelser för anslutna system.": (
        "Notices, tasks, cases and events for connected systems."
    ),
    "Underrättelser från anslutna system": "Notices from connected systems",
    "Underrättelser som en handläggare registrerar": "Notices that a caseworker registers",
    "Uppgifter": "Tasks",
    "Händelser": "Events",
    "Högst så många rader.": "At most so many rows.",
    "Där förra sidan slutade (next_after).": "Where the page before ended (next_after).",
    "mine: tagna av personen; unit: enhetens otilldelade; waiting: hos andra; all: alla som personen får se.": (
        "mine: claimed by the person; unit: the unit's unclaimed; waiting: with others; all: all the person may see."
    ),
    "Ett ärendenummer, dess början eller dess sista siffror.": (
        "A case number, its beginning or its last digits."
    ),
    "Lämna en underrättelse": "Hand in a notice",
    (
        "För hyresvärdars system, Störningsjouren och meddelanden från Kronofogden. Svaret är en referens och när "
        "underrättelsen kom in, aldrig något om hushållet. Skicka ett Idempotency-Key så är det ofarligt att försöka "
        "igen."
    ): (
        "For landlords' systems, the disturbance patrol and Kronofogden's messages. The answer is a reference and when "
        "the notice came in, never anything about the household. Send an Idempotency-Key to make it safe to try again."
    ),
    "Det som systemet har lämnat": "What the system has handed in",
    "Systemets egna inlämningar, de senaste först.": "What the system itself has handed in, the latest first.",
    "Ett kvitto": "A receipt",
    "Att underrättelsen är mottagen, och när. Mer än så lämnas inte ut.": (
        "That the notice has come in, and when. No more than that is given out."
    ),
    "Registrera en underrättelse": "Register a notice",
    "För ett internt system, i en handläggares namn: samma formulär och samma frågor som på sidan.": (
        "For an internal system, in a caseworker's name: the same form and the same questions as on the page."
    ),
    "Lista uppgifter": "List tasks",
    "En av inkorgens listor, den som brådskar mest först. Raderna säger inget om människorna i hushållet.": (
        "One of the inbox's lists, the most urgent first. The rows say nothing about the people of the household."
    ),
    "Läsa en uppgift": "Read a task",
    "Vad steget är till för, formuläret som JSON Schema, spärrarna och svaren om uppgiften är slutförd.": (
        "What the step is for, the form as JSON Schema, the gates, and the answers when the task is completed."
    ),
    "Ta en uppgift": "Claim a task",
    "Har någon annan tagit den blir svaret 409.": "If somebody else has claimed it the answer is 409.",
    "Lämna tillbaka en uppgift": "Give a task back",
    "Den blir enhetens igen.": "It is the unit's again.",
    "Slutföra en uppgift": "Complete a task",
    "Svaren är de som uppgiftens formulär frågar efter; vad det är står i read_task. En stängd spärr ger 409.": (
        "The answers are those that the task's form asks for; read_task says which. A closed gate gives 409."
    ),
    "Lista ärenden": "List cases",
    "De öppna ärenden som personen ser, de nyaste först.": (
        "The open cases that the person sees, the newest first."
    ),
    "Läsa ett ärende": "Read a case",
    "Hushållet, bostaden, underrättelserna och de öppna uppgifterna, så långt personen får se dem.": (
        "The household, the home, the notices and the open tasks, as far as the person may see them."
    ),
    "Läsa ett ärendes frister": "Read a case's deadlines",
    "Varje frist med svaret på frågan varför datumet är det. Ett preliminärt datum är märkt som det.": (
        "Each deadline with the answer to why the date is what it is. A provisional date is marked as one."
    ),
    "Läsa ett ärendes samtycken": "Read a case's consents",
    "Också de som är återkallade.": "Also those that were withdrawn.",
    "Läsa ett ärendes händelser": "Read a case's events",
    "I den ordning de antecknades.": "In the order in which they were recorded.",
    "Anteckna en händelse": "Record an event",
    "Samma formulär som på sidan. En händelse som en spärr vaktar ger 409 när spärren är stängd.": (
        "The same form as on the page. An event that a gate guards gives 409 when the gate is closed."
    ),
    "Ditt eget namn på begäran; kommer den igen med samma namn utförs den inte igen.": (
        "Your own name for the request; if it comes again under the same name it is not carried out again."
    ),
    "Kräver {scope}": "Needs {scope}",
    "Begäran går inte att läsa.": "The request cannot be read.",
    "Nyckeln saknas eller gäller inte.": "The key is missing or does not work.",
    "Nyckeln, eller personen som den arbetar åt, får inte göra detta.": (
        "The key, or the person in whose name it works, may not do this."
    ),
    "Det finns inte, eller är inte ditt att veta om.": "It does not exist, or is not yours to know of.",
    "Någon annan hann före, en spärr är stängd eller samma begäran pågår redan.": (
        "Somebody else was first, a gate is closed, or the same request is under way."
    ),
    "Begäran är för stor.": "The request is too large.",
    "Innehållet är inte JSON.": "The content is no JSON.",
    "Något är fel ifyllt; errors säger vad och var.": (
        "Something is filled in wrongly; errors says what and where."
    ),
    "För många begäranden; Retry-After säger hur länge du ska vänta.": (
        "Too many requests; Retry-After says how long to wait."
    ),
    # Keys
    "Lämna underrättelser": "Hand in notices",
    "Läsa uppgifter": "Read tasks",
    "Ta, lämna och slutföra uppgifter": "Claim, give back and complete tasks",
    "Läsa ärenden": "Read cases",
    "Anteckna händelser": "Record events",
    "Hyresvärd": "Landlord",
    "Störningsjouren": "Disturbance patrol",
    "Meddelanden från Kronofogden": "Messages from Kronofogden",
    "Internt system": "Internal system",
    "Systemnycklar": "System keys",
    "Med en nyckel lämnar ett annat system underrättelser hit, eller arbetar i en handläggares namn.": (
        "With a key another system hands in notices here, or works in a caseworker's name."
    ),
    "Så används gränssnittet": "How the interface is used",
    "Nycklar": "Keys",
    "System": "System",
    "Börjar med": "Begins with",
    "Får": "May",
    "Till och med": "Until",
    "Senast använd": "Last used",
    "Läge": "State",
    "Åtgärd": "Action",
    "i {name}s namn": "in the name of {name}",
    "aldrig": "never",
    "Gäller": "Works",
    "Väntar på godkännande": "Waits for approval",
    "Har gått ut": "Has expired",
    "Återkallad": "Revoked",
    "Återkalla": "Revoke",
    "Inget system är anslutet.": "No system is connected.",
    "Ny nyckel": "New key",
    "Vad heter systemet?": "What is the system called?",
    "Skriv vad systemet heter, med högst 80 tecken.": (
        "Write what the system is called, with at most 80 characters."
    ),
    "Vilket slags system är det?": "What kind of system is it?",
    "Välj vilket slags system det är.": "Choose what kind of system it is.",
    "Hyresvärdens namn": "The landlord's name",
    "bara för en hyresvärds system": "only for a landlord's system",
    "Så ska namnet stå i underrättelserna.": "The name as it is to stand in the notices.",
    "Skriv hyresvärdens namn som det ska stå i underrättelserna.": (
        "Write the landlord's name as it is to stand in the notices."
    ),
    "Bara en hyresvärds system hör till en hyresvärd.": "Only a landlord's system belongs to a landlord.",
    "Vad får systemet göra?": "What may the system do?",
    "Bara för ett internt system; de andra lämnar underrättelser och läser ingenting.": (
        "Only for an internal system; the others hand in notices and read nothing."
    ),
    "Välj minst en rättighet som den här sortens system kan ha.": (
        "Choose at least one right that this kind of system can have."
    ),
    "I vems namn?": "In whose name?",
    "bara för ett internt system": "only for an internal system",
    "Systemet får aldrig mer än personen själv får, och nyckeln gäller först när personen har godkänt den.": (
        "The system never may more than the person may, and the key works only when the person has approved it."
    ),
    "Välj vem i förvaltningen som systemet arbetar åt.": (
        "Choose for whom in the administration the system works."
    ),
    "Gäller till och med": "Works until",
    "Välj en dag från i dag och högst två år framåt.": (
        "Choose a day from today and at most two years ahead."
    ),
    "Gör nyckeln": "Make the key",
    "Nyckeln är gjord": "The key is made",
    "Kopiera nyckeln nu": "Copy the key now",
    "Den visas bara den här gången. Lämna den till den som sköter systemet på ett säkert sätt, aldrig med e-post.": (
        "It is shown only this once. Hand it to whoever keeps the system in a safe way, never by e-mail."
    ),
    "Nyckeln gäller först när {name} har godkänt den under Konto, System i ditt namn.": (
        "The key works only when {name} has approved it under Account, Systems in your name."
    ),
    "Till systemnycklarna": "To the system keys",
    "System i ditt namn": "Systems in your name",
    "Allt som ett system läser och gör med nyckeln står i loggen och journalen under ditt namn.": (
        "Whatever a system reads and does with the key stands in the log and the journal under your name."
    ),
    "Väntar på att du godkänner.": "Waits for you to approve.",
    "Gäller till och med {day}.": "Works until {day}.",
    "Godkänn": "Approve",
    "Inget system arbetar i ditt namn.": "No system works in your name.",
    "Nyckeln för {name} gäller inte längre.": "The key of {name} does not work any more.",
    "{name} får nu arbeta i ditt namn.": "{name} may now work in your name.",
}
