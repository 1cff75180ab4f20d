"""Two households, from the notice to the closed case, in a browser: unpaid rent, and an eviction that is called off."""

from __future__ import annotations

from tests.journeys.conftest import Office

TENANT = "F-01 Påhittad"
MOTHER, CHILD = "F-02a Påhittad", "F-02b Påhittad"
NO_CHILD = {"Berörs något barn?": "Nej"}


def test_unpaid_rent_is_worked_from_the_notice_to_the_closed_case(office: Office) -> None:
    siv, anna = office.desk("Siv Samuelsson"), office.desk("Anna Lindqvist")
    eva, maria = office.desk("Eva Sandberg"), office.desk("Maria Ek")
    case = siv.register(
        "Uppsägning på grund av obetald hyra",
        {
            "Inkom": "2026-03-02 08:40",
            "Hur den kom in": "Rekommenderat brev",
            "Vem lämnar uppgiften?": "Hyresvärden",
            "Krävt belopp inklusive ränta": "9 450",
            "Hyresvärden postade meddelandet till nämnden": "2026-02-27",
            "Det kom som rekommenderat brev": "Ja",
            "Bostadens adress": "Provgatan 1",
            "Lägenhetsnummer": "1101",
            "Upplåtelse": "Hyresrätt i första hand",
            "Hyresvärd": "Exempelbo AB",
            "Personer": [{"Namn": TENANT, "Roll": "Kontraktsinnehavare", "Skyddade uppgifter": "Nej"}],
        },
    )
    siv.do(
        case,
        "Ta ställning till underrättelsen",
        {
            "Vilka grunder anges?": ["Obetald hyra"],
            "Vem lämnade uppgiften?": "Hyresvärden",
            "Innehåller underrättelsen något som kan leda till en åtgärd av nämnden?": "Nej",
            "Vad gör vi med underrättelsen?": "Handlägg som hot om avhysning",
            "Ansvarig handläggare": "Anna Lindqvist",
            "Ersättare": "Bosse Grahn",
        },
    )
    anna.do(
        case,
        "Ta emot ärendet",
        {
            "Hur kontrollerades folkbokföringen?": "Uppslag i Navet",
            "Är hyresgästen folkbokförd på adressen?": "Ja",
            "Är någon i hushållet aktuell i vår egen förvaltning?": "Nej",
            "Andra förvaltningar": "Inte tillfrågade",
            "Aktualiseringstyp": "Information",
            "Orsakskod": "Hot om avhysning",
            "Aktualiserat den": "2026-03-02",
            "Ska informationsbrev skickas nu?": "Ja",
        },
    )
    anna.do(
        case,
        "Kontakta hyresvärden eller störningsjouren",
        {
            "Vem kontaktades?": "Hyresvärden",
            "När?": "2026-03-02 08:55",
            "Vilken underrättelse gäller det?": "A, inkom 2026-03-02",
            "Är hyresskulden reglerad?": "Nej",
            "Har hyran varit försenad upprepade gånger?": "Nej",
            "Förekommer störningar?": "Nej",
            "Förekommer vanvård?": "Nej",
            "Oro för skadligt bruk eller beroende?": "Vet inte",
            "Oro för psykisk hälsa?": "Vet inte",
            "Oro för handlingsförmåga?": "Vet inte",
            "Finns barn som inte är folkbokförda i bostaden?": "Nej",
            "Är bostaden uthyrd i andra hand med godkännande?": "Nej",
            "Misstänks otillåten uthyrning?": "Nej",
            "Kan hyresgästen bo kvar?": "Ja",
            "Vad krävs?": "Hela skulden med ränta betald i tid.",
            "Godtas en avbetalningsplan?": "Nej",
            "Är korttidskontrakt möjligt?": "Vet inte",
            "Önskas gemensamt hembesök?": "Nej",
            "Har hyresvärden själv informerat hyresgästen?": ["Rättigheter och skyldigheter i avtalet"],
            "Har hyresvärden uppgift om delgivning?": "Ja",
            "Delgiven den": "2026-03-02",
            "Har hyresvärden bevis om delgivning?": "Ja",
            "Framkom oro för barn?": "Nej",
            "Har det kommit fram något som kan leda till en åtgärd av nämnden?": "Nej",
        },
    )
    office.wait_until("2026-03-03T10:40")
    anna.do(
        case,
        "Kontakta hyresgästen",
        {
            "Försök som inte redan är antecknade": [{"Hur?": "Telefon", "Vad hände?": "Nådd"}],
            "Hur gick det?": "Hyresgästen är nådd",
            "Vem nåddes?": TENANT,
            "Den enskildes inställning till hjälp": "Vill ha hjälp",
            "Vilken information har lämnats?": ["Återvinningsfristen"],
            "Har det kommit fram något som kan leda till en åtgärd av nämnden?": "Nej",
            "Nya samtycken": [
                {
                    "Vem samtycker?": TENANT,
                    "Vem får vi kontakta?": "Hyresvärden",
                    "I vilket syfte?": ["Berätta om planerade insatser"],
                    "Vilka uppgifter?": ["Skuld och betalning"],
                    "Får vi lämna eller hämta uppgifter?": "Båda",
                    "Hur lämnades samtycket?": "Muntligt – dokumenteras här",
                    "Personen vet att samtycket är frivilligt": "Ja",
                    "Personen vet hur samtycket återkallas": "Ja",
                }
            ],
            "Är frågan om barn ställd?": "Ja, också om umgängesbarn",
            "Ansöker den enskilde om ekonomiskt bistånd nu?": "Ja",
            "Vad gäller ansökan?": ["Hyresskuld"],
        },
    )
    anna.do(
        case,
        "Ta ställning till utredning",
        {
            "Den enskildes inställning": "Vill ha hjälp",
            "Finns uppgift som kan leda till en åtgärd av nämnden?": "Nej",
            "Vad beslutas?": "Inled utredning",
            "Motivering": "Vill ha hjälp att behålla bostaden.",
            "Slussad till": ["Ekonomiskt bistånd"],
            **NO_CHILD,
        },
    )
    eva.do(
        case,
        "Pröva hur hyresrätten kan räddas",
        {
            "Ekonomiskt bistånd till hyresskulden?": "Ja",
            "Bistånd till skulden: varför, eller varför inte?": "Skulden är enstaka.",
            "Avbetalningsplan som hyresvärden godtar?": "Nej",
            "Avbetalningsplan: varför, eller varför inte?": "Hyresvärden vill inte.",
            "Bistånd mot återkrav?": "Nej",
            "Återkrav: varför, eller varför inte?": "Ingen av lagens grunder finns.",
            "Föreslå åtagande om betalningsansvar?": "Nej",
            "Åtagande: varför, eller varför inte?": "Bistånd hinner betalas i tid.",
            "Är budget- och skuldrådgivning erbjuden?": "Ja",
            **NO_CHILD,
        },
    )
    anna.do(
        case,
        "Utred behov",
        {
            "Vad ligger bakom hotet om avhysning?": ["Ekonomi"],
            "Behov av stöd i boendet": "En månads inkomstbortfall.",
            "Den enskildes egen syn": "Vill bo kvar.",
            "Verkar god man eller förvaltare behövas?": "Nej",
            **NO_CHILD,
        },
    )
    anna.do(
        case,
        "Upprätta handlingsplan",
        {
            "Mål": "Skulden betald i tid.",
            "Åtgärder": [
                {
                    "Insats": "Ekonomiskt bistånd till hyresskuld",
                    "Vad ska göras?": "Pröva ansökan",
                    "Vem gör det?": "Eva",
                },
                {"Insats": "Avbetalningsplan", "Vad ska göras?": "Fråga igen", "Vem gör det?": "Anna"},
            ],
            "Är den enskilde med på planen?": "Ja",
            "Ska vi förhandla med hyresvärden om kvarboende?": "Nej",
        },
    )
    eva.do(
        case,
        "Pröva ansökan om ekonomiskt bistånd",
        {
            "Vad prövas?": ["Ekonomiskt bistånd till hyresskuld"],
            "Den enskilde är informerad om rätten till bistånd och eget ansvar för försörjningen": "Ja",
            "Vilken vägledning är given?": ["Autogiro"],
            "Finns upprepade elskulder?": "Nej",
            "Syns behov av god man, boendestöd eller liknande?": "Nej",
            "Beslut": "Bifall",
            "Beviljat belopp": "9 450,00",
            "Motivering": "Bostaden behövs och kan behållas.",
            "Hur säkras kommande hyror?": ["Autogiro"],
            **NO_CHILD,
        },
    )
    eva.do(
        case,
        "Betala ut beviljat bistånd",
        {
            "Vilken underrättelse gäller betalningen?": "A, inkom 2026-03-02",
            "Betalades det till hyresvärden för hyresskulden?": "Ja",
            "Utbetalt belopp": "9450",
            "Betaldag": "2026-03-03",
        },
    )
    maria.do(
        case,
        "Besluta om insatser",
        {
            "Beslut": [
                {
                    "Vem gäller beslutet?": TENANT,
                    "Insats": "Ekonomiskt bistånd till hyresskuld",
                    "Bifall eller avslag?": "Bifall",
                    "Motivering": "Beviljat av ekonomiskt bistånd.",
                }
            ],
            "Innebär något beslut avslag?": "Nej",
            "Är alla beviljade insatser påbörjade?": "Ja",
            "Är utredningen avslutad?": "Ja",
            **NO_CHILD,
        },
    )
    anna.do(
        case,
        "Informera hyresvärden",
        {
            "När?": "2026-03-03 10:30",
            "Hur?": "Telefon",
            "Vad berättades?": ["Skuld och betalning"],
            "Vem rör uppgifterna?": [TENANT],
            "Vad sa du?": "Hela skulden är betald.",
            "Godtar hyresvärden planen?": "Ja",
        },
    )
    anna.do(
        case,
        "Bedöm utfallet",
        {
            "Hur gick det?": "Skulden reglerad med ekonomiskt bistånd",
            "Motivering": "Hela skulden betaldes inom fristen.",
            "Finns behov av uppföljning?": "Nej",
            "Individuell bedömning: varför eller varför inte?": "Skulden var enstaka.",
            **NO_CHILD,
        },
    )
    assert anna.to_do(case) == []
    anna.page.get_by_text("Avslutat 3 mars").wait_for()


def test_an_eviction_that_is_called_off_is_worked_from_the_notice_to_the_closed_case(office: Office) -> None:
    siv, anna = office.desk("Siv Samuelsson"), office.desk("Anna Lindqvist")
    karim = office.desk("Karim Haddad")
    case = siv.register(
        "Underrättelse om avhysning",
        {
            "Inkom": "2026-03-02 08:30",
            "Hur den kom in": "Brev",
            "Kronofogdens målnummer": "T-04",
            "Dag och tid för avhysningen": "2026-03-16 10:00",
            "Ansvarig handläggare": "Anna Lindqvist",
            "Ersättare": "Bosse Grahn",
            "Bostadens adress": "Påhittsplan 4",
            "Upplåtelse": "Hyresrätt i första hand",
            "Personer": [
                {"Namn": MOTHER, "Roll": "Kontraktsinnehavare", "Skyddade uppgifter": "Nej"},
                {"Namn": CHILD, "Roll": "Barn som bor här", "Skyddade uppgifter": "Nej"},
            ],
        },
    )
    anna.do(
        case,
        "Bekräfta till Kronofogden",
        {
            "När skickades bekräftelsen?": "2026-03-02 09:00",
            "Hur skickades den?": "Säker digital kommunikation",
            "Ansvarig handläggare som anges i bekräftelsen": "Anna Lindqvist",
            "Handläggarens telefon": "031-000 00 00",
            "Bekräftelsen innehåller inga personliga förhållanden": "Ja",
            "Hur hanteras kopian?": "Var och en får en egen kopia",
        },
    )
    karim.do(
        case,
        "Involvera enheten för barn och unga",
        {
            "När talades ni vid?": "2026-03-02",
            "Med vem?": "Anna Lindqvist",
            "Vilka barn berörs?": [CHILD],
            "Är något av barnen känt hos enheten?": "Nej",
            "Tyder skulderna eller störningarna på att barnens grundläggande behov inte tillgodoses?": "Nej",
            "Föräldrarnas ansvar för ett stadigvarande hem: vad blir följden för barnen?": "Mormor tar emot dem.",
            "Behöver enheten följa med på bokat besök?": "Nej",
            "Oro för något av barnen?": "Nej, ingen oro",
        },
    )
    anna.do(
        case,
        "Ta emot ärendet",
        {
            "Hur kontrollerades folkbokföringen?": "Uppslag i Navet",
            "Är hyresgästen folkbokförd på adressen?": "Ja",
            "Är någon i hushållet aktuell i vår egen förvaltning?": "Nej",
            "Andra förvaltningar": "Inte tillfrågade",
            "Aktualiseringstyp": "Information",
            "Orsakskod": "Avhysning",
            "Aktualiserat den": "2026-03-02",
            "Ska informationsbrev skickas nu?": "Nej",
        },
    )
    anna.do(
        case,
        "Ta ställning till anstånd",
        {"Ska anstånd begäras?": "Nej", "Varför, eller varför inte?": "Skulden betalas i morgon."},
    )
    anna.do(
        case,
        "Planera närvaron",
        {
            "Ska vi närvara?": "Ja",
            "Vilka följer med?": ["Vuxenenheten", "Enheten för barn och unga"],
            "Vi möts": "2026-03-16 09:30",
            "Finns risk för hot eller våld?": "Nej",
            "Har hushållet någonstans att ta vägen?": "Ja, klart",
        },
    )
    anna.do(
        case,
        "Kontakta hyresgästen",
        {
            "Försök som inte redan är antecknade": [{"Hur?": "Telefon", "Vad hände?": "Nådd"}],
            "Hur gick det?": "Hyresgästen är nådd",
            "Vem nåddes?": MOTHER,
            "Den enskildes inställning till hjälp": "Avböjer",
            "Vilken information har lämnats?": ["Eget ansvar att söka hjälp"],
            "Har det kommit fram något som kan leda till en åtgärd av nämnden?": "Nej",
            "Räcker kontakten, så att ingen utredning inleds?": "Ja",
            "Varför inleds ingen utredning?": "Hon betalar själv och vill inte ha hjälp.",
            "Är frågan om barn ställd?": "Ja, också om umgängesbarn",
            "Ansöker den enskilde om ekonomiskt bistånd nu?": "Nej",
        },
    )
    anna.do(
        case,
        "Samtala med föräldrarna om barnet",
        {
            "Hölls samtalet?": "Ja",
            "När?": "2026-03-02",
            "Vilka föräldrar var med?": [MOTHER],
            "Hur påverkas barnet av situationen?": "Är orolig för skolan.",
            "Behöver barnet stöd?": "Mormor stöttar.",
            "Vill föräldrarna ha hjälp att berätta för barnet?": "Nej",
            "Vad ska hända framåt?": "Skulden betalas.",
            "Har föräldrarna fått Kronofogdens föräldrastöd?": "Ja",
            "För varje barn": [
                {
                    "Barn": CHILD,
                    "Hur har barnet fått veta vad som händer?": "Av sin mamma",
                    "Har barnet fått säga vad det tycker?": "Ja",
                    "Vad tycker barnet, och hur har det inhämtats?": "Vill bo kvar; sagt till mamma.",
                }
            ],
            "Barnets bästa: hur har det vägts in i det ni planerar?": "Barnet bor kvar.",
            "Oro för något barn?": "Nej, ingen oro",
        },
    )
    assert anna.to_do(case) == ["Stötta och motivera"]
    office.wait_until("2026-03-04T09:00")
    anna.note(
        case,
        "Kronofogden har återkallat",
        {"När fick vi veta?": "2026-03-04 08:50", "Hur fick vi veta?": "Skriftligt från Kronofogden"},
    )
    anna.do(
        case,
        "Bedöm utfallet",
        {
            "Hur gick det för hushållet?": "Återkallad av hyresvärden eller Kronofogden",
            "Motivering": "Skulden är betald och ansökan återkallad.",
            "Berörs något barn?": "Ja",
            "Beslutet ur barnets perspektiv": "Barnet bor kvar hemma.",
            "Finns behov av uppföljning?": "Nej",
            "Individuell bedömning: varför eller varför inte?": "Hon vill inte ha mer kontakt.",
        },
    )
    assert anna.to_do(case) == []
    anna.page.get_by_text("Avslutat 4 mars").wait_for()
