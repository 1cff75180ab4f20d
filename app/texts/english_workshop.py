"""The English of the workshop: proposals, their files, uploads and history, by the Swedish sentence."""

from __future__ import annotations

WORKSHOP: dict[str, str] = {
    "Alla processer som de är i förslaget. Öppna en fil för att ändra den.": (
        "All processes as they are in the proposal. Open a file to change it."
    ),
    "Allt som har gjorts i förslaget, det senaste först. Varje sparning kan tas tillbaka på filens "
    "egen sida.": (
        "Everything done in the proposal, the latest first. Every save can be brought back on the file's "
        "own page."
    ),
    "Avslutade förslag": "Finished proposals",
    "Bara i de processer som zip-filen innehåller.": "Only in the processes that the zip file contains.",
    "Behåll kollegans och släng mitt": "Keep the colleague's and drop mine",
    "Behövs inte för en zip-fil. Ett diagram utan vald process blir en ny process med namn efter "
    "diagrammet.": (
        "Not needed for a zip file. A diagram without a chosen process becomes a new process named after "
        "the diagram."
    ),
    "Blev": "Became",
    "Bra att veta": "Good to know",
    "Börja": "Begin",
    "Började av {name} {when}": "Begun by {name} {when}",
    "Började av {name}, ändrat {when}": "Begun by {name}, changed {when}",
    "De här reglerna kunde inte bevisas på alla vägar, eftersom kontrollen inte kan läsa alla villkor:": (
        "These rules could not be proven on every way, since the check cannot read every condition:"
    ),
    "Den nya utgåvan är inhämtad. Ingen fil hade ändrats på båda hållen.": (
        "The new release is taken in. No file had been changed on both sides."
    ),
    "Den nya utgåvan är inhämtad. Välj vad som ska gälla i {files}.": (
        "The new release is taken in. Choose what is to hold in {files}."
    ),
    "Det gick inte än": "Not possible yet",
    "Det här behöver du ändra": "This you need to change",
    "Det här följde inte med": "This was not carried over",
    "Det här är översatt": "This is translated",
    "Det som gäller nu": "What is in use now",
    "Det som skiljer": "What differs",
    "Det som återstår": "What remains",
    "Diagram från Camunda Modeler, bpmn.io, Signavio, Bizagi och andra går bra: det som inte kan köras "
    "här förklaras steg för steg.": (
        "Diagrams from Camunda Modeler, bpmn.io, Signavio, Bizagi and others are welcome: what cannot be "
        "run here is explained step by step."
    ),
    "Ditt": "Yours",
    "Ett diagram (.bpmn), en beslutstabell (.dmn), ett formulär (.json), ett brev (.md), ett scenario "
    "(.yaml) eller en hel mapp som zip. Högst 2 MB.": (
        "A diagram (.bpmn), a decision table (.dmn), a form (.json), a letter (.md), a scenario (.yaml) or "
        "a whole folder as zip. At most 2 MB."
    ),
    "Filen går inte att läsa": "The file cannot be read",
    "Filen ligger i förslaget som den kom.": "The file is in the proposal as it came.",
    "Filen ligger i förslaget, översatt. Originalet finns i filens historik.": (
        "The file is in the proposal, translated. The original is in the file's history."
    ),
    "Filen tas bort när förslaget publiceras.": "The file is removed when the proposal is published.",
    "Filen ändrades i utgåva {number} medan förslaget pågick. Nedan står vad som skiljer förslagets "
    "fil från utgåvans. Vill du ha något från båda: ändra först, och låt sedan förslagets gälla.": (
        "The file was changed in release {number} while the proposal was under way. Below is how the "
        "proposal's file differs from the release's. To have something of both: change it first, and then "
        "let the proposal's hold."
    ),
    "Filen ändrades också i utgåva {number}.": "The file was changed in release {number} too.",
    "Filen är borttagen ur förslaget.": "The file has been removed from the proposal.",
    "Filen är inte sparad": "The file is not saved",
    "Filen är som i utgåva {number}.": "The file is as in release {number}.",
    "Filens text": "The file's text",
    "Filer": "Files",
    "Filer i {title}": "Files in {title}",
    "Flytta in det du vill behålla från kollegan och spara. Kollegans version står kvar i historiken.": (
        "Move in what you want to keep of the colleague's and save. The colleague's version stays in the "
        "history."
    ),
    "Förklara vad som inte går att köra": "Explain what cannot be run",
    "Förklaring av {title}": "Explanation of {title}",
    "Förslaget kan inte ändras nu.": "The proposal cannot be changed now.",
    "Förslaget kontrolleras. Det tar några sekunder; ladda om sidan för att se vad som hittades.": (
        "The proposal is being checked. It takes some seconds; reload the page to see what was found."
    ),
    "Förslaget är kastat. Det finns kvar under Avslutade förslag och kan tas upp igen.": (
        "The proposal is discarded. It stays under Finished proposals and can be taken up again."
    ),
    "Förslaget är lagt åt sidan. Allt som sparades i det finns kvar.": (
        "The proposal is put aside. Everything saved in it remains."
    ),
    "Gäller diagram. Originalet finns kvar i filens historik.": (
        "For diagrams. The original stays in the file's history."
    ),
    "Hela historiken": "The whole history",
    "Historik": "History",
    "Historik för {title}": "History of {title}",
    "Hämta in utgåva {number}": "Take in release {number}",
    "Här ändrar processägare diagram, formulär, tabeller och brev. Inget gäller för någon förrän det "
    "är kontrollerat, godkänt och publicerat.": (
        "Here process owners change diagrams, forms, tables and letters. Nothing applies to anybody until "
        "it is checked, approved and published."
    ),
    "Ingenting. Diagrammet kan köras; kontrollen av hela förslaget ser också på vägarna genom det.": (
        "Nothing. The diagram can be run; the check of the whole proposal also looks at the ways through it."
    ),
    "Ingenting. Förslaget är kontrollerat som det är nu och kan skickas.": (
        "Nothing. The proposal is checked as it is now and can be sent."
    ),
    "Ingenting: ni har skrivit samma sak.": "Nothing: you have written the same.",
    "Inget annat kan publiceras dessförinnan.": "Nothing else can be published before that.",
    "Inget förslag pågår.": "No proposal is under way.",
    "Inget i det publiceras. Det kan tas upp igen senare.": (
        "Nothing in it is published. It can be taken up again later."
    ),
    "Inget är ändrat än.": "Nothing is changed yet.",
    "Ja, kasta förslaget": "Yes, discard the proposal",
    "Jämför med det som gäller, i ord och på ritningen": (
        "Compare with what is in use, in words and on the drawing"
    ),
    "Kasta förslaget": "Discard the proposal",
    "Kastat": "Discarded",
    "Kontroller": "Checks",
    "Kontrollera nu": "Check now",
    "Ladda ner": "Download",
    "Ladda ner allt (zip)": "Download everything (zip)",
    "Ladda upp": "Upload",
    "Ladda upp till {title}": "Upload to {title}",
    "Låt förslagets gälla": "Let the proposal's hold",
    "Låt utgåvans gälla": "Let the release's hold",
    "Nytt förslag": "New proposal",
    "Om förslaget": "About the proposal",
    "Pågående förslag": "Proposals under way",
    "Rader med − står bara i det som är sparat. Rader med + står bara i ditt.": (
        "Lines with − are only in what is saved. Lines with + are only in yours."
    ),
    "Rader som skiljer sig från utgåva {number}": "Lines that differ from release {number}",
    "Rader som skiljer sig: − står bara i {before}, + står bara i {after}": (
        "Lines that differ: − only in {before}, + only in {after}"
    ),
    "Redigera": "Edit",
    "Se processerna": "See the processes",
    "Se vad kontrollen säger": "See what the check says",
    "Se vad som är nytt i den": "See what is new in it",
    "Se ändringarna i ord i stället": "See the changes in words instead",
    "Senaste": "Latest",
    "Skickat av {name} {when}": "Sent by {name} {when}",
    "Som filen säger": "As the file says",
    "Spara mitt": "Save mine",
    "Sparningar": "Saves",
    "Ta bort filen": "Remove the file",
    "Ta bort filer som saknas i zip-filen": "Remove files that are not in the zip file",
    "Ta tillbaka den här": "Bring this one back",
    "Ta upp förslaget igen": "Take up the proposal again",
    "Tas bort av förslaget": "Removed by the proposal",
    "Texten i {path}": "The text of {path}",
    "Till exempel: Påminn hyresvärden efter tre dagar.": "For example: Remind the landlord after three days.",
    "Till förslaget": "To the proposal",
    "Utgår från": "Starts from",
    "Utgåva {number} börjar gälla {when}.": "Release {number} takes effect {when}.",
    "Vad ska förslaget heta?": "What shall the proposal be called?",
    "Vad som har hänt": "What has happened",
    "Varför behövs ändringen?": "Why is the change needed?",
    "Verkstad": "Workshop",
    "väntar på godkännande": "waiting for approval",
    "Vilken process hör filen till?": "Which process does the file belong to?",
    "Visa alla filer": "Show all files",
    "Visa och ändra texten": "Show and change the text",
    "Välj en fil att ändra": "Choose a file to change",
    "Välj vilken process filen hör till.": "Choose which process the file belongs to.",
    "det sparade": "what is saved",
    "ditt": "yours",
    "filen": "the file",
    "förslaget": "the proposal",
    "gjord i {tool}": "made in {tool}",
    "sparad av {name} {when}": "saved by {name} {when}",
    "utgåvan": "the release",
    "{changed} filer är ändrade, {removed} tas bort och {unchanged} var redan likadana.": (
        "{changed} files are changed, {removed} are removed and {unchanged} were the same already."
    ),
    "{count} filer": "{count} files",
    "{count} ändrade": "{count} changed",
    "{errors} fel, {warnings} varningar": "{errors} errors, {warnings} warnings",
    "{name} sparade {path} {when}, efter att du öppnade den. Ditt är inte sparat, men allt du skrev "
    "finns här nedanför.": (
        "{name} saved {path} {when}, after you opened it. Yours is not saved, but all that you wrote is "
        "here below."
    ),
    "{ok} av {count} scenarier gick rätt": "{ok} of {count} scenarios came true",
    "{path} tas bort när förslaget publiceras.": "{path} is removed when the proposal is published.",
    "{path} ändrades efter att du öppnade den. Ditt är inte sparat, men allt du skrev finns här nedanför.": (
        "{path} was changed after you opened it. Yours is not saved, but all that you wrote is here below."
    ),
    "{path} är avgjord.": "{path} is settled.",
    "{path} är som den publicerade igen.": "{path} is as published again.",
    "{path} är som vid den sparningen. Det som fanns dessförinnan står kvar i historiken.": (
        "{path} is as at that save. What was there before stays in the history."
    ),
    "{path} är sparad i förslaget.": "{path} is saved in the proposal.",
    "{proven} av {count} lagregler bevisade": "{proven} of {count} legal rules proven",
    "Ändra namn och beskrivning": "Change name and description",
    "Ändrad på två håll": "Changed on two sides",
    "Ändrade filer": "Changed files",
    "Ändringsförslag": "Proposals",
    "Ångra ändringen": "Undo the change",
    "Översätt det som går att översätta säkert": "Translate what can be translated safely",
    "Förslaget finns inte": "The proposal does not exist",
    "Det finns inget sådant ändringsförslag.": "There is no such proposal.",
    "Förslaget har ingen sådan fil, eller så har någon tagit bort den.": (
        "The proposal has no such file, or somebody has removed it."
    ),
    "Någon annan har sparat filen": "Somebody else has saved the file",
    "Filen ändrades sedan du öppnade den. Inget av ditt är sparat; jämför och välj.": (
        "The file has changed since you opened it. Nothing of yours is saved; compare and choose."
    ),
    "Förslaget ligger inte så till": "The proposal is not in that state",
    "Någon har skickat, godkänt, publicerat eller kastat det sedan du öppnade sidan. Ladda om den.": (
        "Somebody has sent, approved, published or discarded it since you opened the page. Reload it."
    ),
    "Något återstår": "Something remains",
    "Förslaget kan inte gå vidare än. Sidan om förslaget visar vad som återstår.": (
        "The proposal cannot go on yet. Its page shows what remains."
    ),
    "Filen kan inte vara med": "The file cannot be included",
    "Ändras": "Being changed",
    "Godkänt": "Approved",
    "Publicerat": "Published",
    "började förslaget": "began the proposal",
    "sparade": "saved",
    "tog bort": "removed",
    "ångrade ändringen av": "undid the change of",
    "tog tillbaka en tidigare version av": "brought back an earlier version of",
    "laddade upp": "uploaded",
    "fick översatt": "had translated",
    "avgjorde vad som ska gälla i": "settled what is to hold in",
    "hämtade in utgåva": "took in release",
    "skickade för godkännande": "sent for approval",
    "lämnade tillbaka": "gave back",
    "tog tillbaka för att ändra": "took back to change",
    "godkände": "approved",
    "publicerade som utgåva": "published as release",
    "stoppade utgåva": "stopped release",
    "kastade förslaget": "discarded the proposal",
    "tog upp förslaget igen": "took up the proposal again",
    "Ingenting är ändrat än. Öppna en fil och ändra den, eller ladda upp en.": (
        "Nothing is changed yet. Open a file and change it, or upload one."
    ),
    "En ny utgåva har publicerats sedan förslaget började. Hämta in den, så att inget försvinner.": (
        "A new release has been published since the proposal began. Take it in, so that nothing is lost."
    ),
    "Samma filer har ändrats i en nyare utgåva. Jämför och välj vad som ska gälla.": (
        "The same files have been changed in a newer release. Compare and choose what is to hold."
    ),
    "Förslaget är inte kontrollerat som det är nu.": "The proposal has not been checked as it is now.",
    "Kontrollen hittade fel som måste rättas.": "The check found errors that must be put right.",
    "En eller flera lagregler följs inte på alla vägar.": (
        "One or more legal rules are not followed on every way."
    ),
    "Ett eller flera scenarier går inte som de ska.": "One or more scenarios do not go as they should.",
    "Diagram": "Diagram",
    "Formulär": "Form",
    "Beslutstabell": "Decision table",
    "Scenario": "Scenario",
    "Beskrivning": "Description",
    "Ny": "New",
}
