"""The supervisor's overview, heat map and statistics in English."""

SUPERVISION: dict[str, str] = {
    "1 dag": "1 day",
    "1–3 månader": "1–3 months",
    "1–4 veckor": "1–4 weeks",
    "Alla enheter": "All units",
    "Alla försenade": "All that are late",
    "Alla med lagdatum inom en vecka": "All with a legal date within a week",
    "Alla processer": "All processes",
    "Alla som ingen har tagit": "All that nobody has taken",
    "Alla versioner": "All versions",
    "Allt är taget.": "Everything is taken.",
    "Antal": "Number",
    "Avslutade ärenden per månad": "Closed cases by month",
    "Barn och umgängesbarn i de ärenden som öppnades under månaden, som det är känt nu.": (
        "Children who live there or visit, in the cases that were opened in the month, as known now."
    ),
    "Bekräftat samma dag": "Confirmed the same day",
    "Berörda barn": "Children concerned",
    "Borta till {day}": "Away until {day}",
    "Del": "Part",
    "Del med eget diagram": "A part with its own diagram",
    "Det finns fler än de som står här.": "There are more than are listed here.",
    (
        "Det område som angavs när underrättelsen registrerades. Typen är ärendets första "
        "underrättelse, utom där själva underrättelsen räknas."
    ): (
        "The district that was given when the notice was registered. The type is that of the case’s "
        "first notice, except where the notices themselves are counted."
    ),
    "Diagram över {title} med antal öppna uppgifter per steg; samma siffror står i tabellen": (
        "Diagram of {title} with the number of open tasks at each step; the table has the same numbers"
    ),
    "Diagrammet behöver JavaScript. Siffrorna står i tabellen.": (
        "The diagram needs JavaScript. The table has the numbers."
    ),
    "Diagrammet kan inte visas. Siffrorna står i tabellen.": (
        "The diagram cannot be shown. The table has the numbers."
    ),
    "Efter hyresvärd": "By landlord",
    "Efter stadsområde": "By district",
    "Efter typ": "By type",
    "Enhet och process gäller ledtider och tider som hölls. Övriga mått gäller hela ärenden.": (
        "Unit and process concern lead times and due times. The other measures are of whole cases."
    ),
    "Enheter och handläggare": "Units and caseworkers",
    (
        "Ett tal från 1 till 4 skrivs ”färre än 5”. I samma tabell döljs då ett tal till, så att det "
        "lilla inte går att räkna ut ur summan. Räcker inte det visas bara summan. Andelar räknas "
        "bara på det som visas. Den som jämför flera urval kan ändå komma närmare: lämna inte ut "
        "flera urval av samma tabell tillsammans."
    ): (
        "A number from 1 to 4 is written “fewer than 5”. One more number of the same table is then "
        "hidden, so that the small one cannot be worked out from the total. Where that is not enough "
        "only the total is shown. Shares are worked out of what is shown. Whoever compares several "
        "selections can still come closer: do not hand out several selections of the same table "
        "together."
    ),
    "Finns inte i den version som visas": "Not in the version that is shown",
    "För få för att delas upp utan att någon kan kännas igen.": (
        "Too few to be divided without somebody being recognised."
    ),
    "För sent": "Late",
    "Hämta som CSV": "Download as CSV",
    "Hölls": "Kept",
    "I tid": "In time",
    "Inga avhysningar och inga återvinningsfrister de närmaste sex veckorna.": (
        "No evictions and no recovery periods end in the next six weeks."
    ),
    "Inga barn kända": "No children known",
    "Inga öppna uppgifter.": "No open tasks.",
    "Ingen har tagit": "Nobody has taken",
    "Ingen har tagit dem": "Nobody has taken them",
    "Ingen har tagit dem, snart ska de vara klara": "Nobody has taken them and they are due soon",
    "Ingenting är försenat.": "Nothing is late.",
    "Inget lagdatum inom en vecka.": "No legal date within a week.",
    "Inget under perioden.": "Nothing in the period.",
    "Inte angivet": "Not given",
    "Inte bekräftad": "Not confirmed",
    "Inte nådda": "Not reached",
    "Inte räknat än: systemet räknar inom en minut när arbetsprocessen är igång.": (
        "Not counted yet: the system counts within a minute when the worker is running."
    ),
    "Kom upp": "Came up",
    "Kritiska fynd": "Critical findings",
    "Kritiskt": "Critical",
    "Lagdatum inom en vecka": "Legal date within a week",
    "Ledtid per steg": "Lead time by step",
    "Läget i siffror": "The situation in numbers",
    "Median": "Median",
    "Månad": "Month",
    "När som helst": "At any time",
    "Nästa uppgift:": "Next task:",
    "Nådda": "Reached",
    "Nådda hyresgäster": "Tenants reached",
    "Privatpersoner": "Private persons",
    (
        "Räknas som alla andra men syns bara i summor. Inget ärende, ingen adress och ingen person "
        "finns bland siffrorna."
    ): (
        "Counted like everybody else but seen only in totals. There is no case, no address and no "
        "person among the numbers."
    ),
    "Räknat {time}": "Counted {time}",
    "Räkning av öppna uppgifter": "Counting of open tasks",
    "Räkning för statistiken": "Counting for the statistics",
    "Samma dag": "The same day",
    (
        "Samma underrättelser efter hyresvärd. Privatpersoner och hyresvärdar utan angivet slag "
        "räknas var för sig som en grupp och nämns aldrig vid namn."
    ): (
        "The same notices by landlord. Private persons, and landlords of whom no kind is given, each "
        "count as one group and are never named."
    ),
    "Senare": "Later",
    "Senaste 30 dagarna": "In the last 30 days",
    "Senaste 90 dagarna": "In the last 90 days",
    "Senaste veckan": "In the last week",
    "Sex veckor framåt": "Six weeks ahead",
    "Skyddade personer": "Protected persons",
    "Slag inte angivet": "Kind not given",
    "Små tal": "Small numbers",
    "Stadsområde": "District",
    "Startad i": "Started in",
    "Statistik": "Statistics",
    "Steg för steg": "Step by step",
    "Så räknas det": "How it is counted",
    "Tider som hölls": "Due times kept",
    "Tryck på en siffra för att se uppgifterna.": "Press a number to see the tasks.",
    "Typ av underrättelse": "Type of notice",
    "Under en vecka": "Under a week",
    "Underrättelser efter hyresvärd": "Notices by landlord",
    (
        "Underrättelser från Kronofogden om avhysning, ändrat datum eller avlägsnande som kom in "
        "under månaden, också upprepade. Samma dag är samma kalenderdag som den kom in (SoF 11:3)."
    ): (
        "Notices from the Enforcement Authority of an eviction, a changed date or a removal that came"
        " in during the month, repeated ones too. The same day is the calendar day on which it came "
        "in (SoF 11:3)."
    ),
    "Underrättelser per månad": "Notices by month",
    (
        "Underrättelser som kom in under månaden. Samma underrättelse på nytt räknas en gång. Efter "
        "typ är underrättelsens egen typ."
    ): (
        "Notices that came in during the month. The same notice coming again counts once. By type is "
        "the notice’s own type."
    ),
    (
        "Uppgifter med en tid att vara klara till som slutfördes under månaden. Hållen är den som "
        "slutfördes senast på den tid som gällde då."
    ): (
        "Tasks with a due time that were completed in the month. It was kept when the task was "
        "completed no later than the time that held then."
    ),
    (
        "Uppgifter som slutfördes under månaden: hela dagar från dagen då uppgiften kom upp till "
        "dagen då den slutfördes. Medianen är den tid som hälften klarade, p90 den som nio av tio "
        "klarade. Långa tider anges i spann. Uppgifter som föll bort räknas inte."
    ): (
        "Tasks that were completed in the month: whole days from the day on which the task came up to"
        " the day on which it was completed. The median is the time that half of them kept, p90 the "
        "one that nine in ten kept. Long times are given as spans. Tasks that fell away do not count."
    ),
    "Utan utfall, till exempel råd": "Without outcome, such as advice",
    "Utfall": "Outcomes",
    "Vad behöver mig nu?": "What needs me now?",
    "Var arbetet står just nu, process för process.": "Where the work stands now, process by process.",
    "Visa som tabell": "Show as a table",
    "Väntan": "Waiting",
    "Väntar på tid": "Waits for a time",
    "Värmekarta": "Heat map",
    "att bekräfta": "to confirm",
    "av {count} {words}": "of {count} {words}",
    "avhysningar inom sex veckor": "evictions within six weeks",
    "avslutade ärenden": "closed cases",
    "avvärjda": "averted",
    "bekräftade samma dag": "confirmed the same day",
    "berörda barn": "children concerned",
    "dolt": "hidden",
    "flest": "most",
    "färre än 5": "fewer than 5",
    "få": "few",
    "försenade": "late",
    "gällande": "current",
    "i tid": "in time",
    "ingen har tagit": "nobody has taken",
    "minst {number} %": "at least {number}%",
    "nya ärenden": "new cases",
    "nådda hyresgäster": "tenants reached",
    "p90": "p90",
    "samma dag": "the same day",
    "som ingen har tagit": "that nobody has taken",
    "tider som hölls": "due times kept",
    "till medianen": "to the median",
    "underrättelser": "notices",
    "uppgifter": "tasks",
    "verkställda": "executed",
    "vidare till p90": "on to p90",
    "vilande": "resting",
    "väntar på tid": "waits for a time",
    "{count} avhysningar": "{count} evictions",
    "{count} försenade": "{count} late",
    "{count} väntar": "{count} waiting",
    "{count} väntar på en tid": "{count} waiting for a time",
    "{count} återvinningsfrister": "{count} recovery periods",
    "{count} öppna": "{count} open",
    "{days} d": "{days} d",
    "{days} dagar": "{days} days",
    "{days} dagar eller mer": "{days} days or more",
    "{least}–{most} dagar": "{least}–{most} days",
    "{name} ersätter": "{name} stands in",
    "{number} %": "{number}%",
    "Äldst": "Oldest",
    "Ärenden där barn berörs": "Cases that concern children",
    (
        "Ärenden som avslutades under månaden, efter sitt utfall. Avvärjd är varje utfall där "
        "hushållet bor kvar. Ett ärende som öppnas igen räknas när det avslutas på nytt."
    ): (
        "Cases that were closed in the month, by outcome. Averted is every outcome in which the "
        "household stays. A case that is opened again counts when it is closed anew."
    ),
    (
        "Ärenden som öppnades under månaden och inte är ren rådgivning eller för någon annan, efter "
        "om någon i hushållet som avses har nåtts personligen hittills. Enbart brev räknas inte "
        "(handboken 5.3)."
    ): (
        "Cases that were opened in the month and are not only advice or for somebody else, by whether"
        " one of the household has been reached in person so far. A letter alone does not count "
        "(handbook 5.3)."
    ),
    (
        "Ärenden som öppnades under månaden, efter om något barn eller umgängesbarn hör till "
        "hushållet, som det är känt nu."
    ): (
        "Cases that were opened in the month, by whether a child who lives there or visits belongs to"
        " the household, as known now."
    ),
    "Öppna uppgifter efter enhet och handläggare, med ålder": (
        "Open tasks by unit and caseworker, with their age"
    ),
    "Öppna uppgifter per process": "Open tasks by process",
    "Öppna uppgifter per steg, med ålder": "Open tasks by step, with their age",
    "Över 3 månader": "Over 3 months",
    "Översikt": "Overview",
    "äldst": "oldest",
    "öppna": "open",
    "öppna uppgifter": "open tasks",
    "Avslutade ärenden per kvartal": "Closed cases by quarter",
    "Underrättelser per kvartal": "Notices by quarter",
    "Tider som hölls per enhet": "Due times kept by unit",
    "kv {number} {year}": "Q{number} {year}",
}
