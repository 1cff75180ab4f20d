"""The English of approval, publishing and releases, by the Swedish sentence."""

from __future__ import annotations

RELEASES: dict[str, str] = {
    "Allt som har publicerats. Nya ärenden använder den senaste; pågående ärenden ligger kvar på den "
    "version de började på.": (
        "Everything that has been published. New cases use the latest; running cases stay on the version "
        "that they began with."
    ),
    "Bara att publicera.": "Only to be published.",
    "Börjar gälla {when}": "Takes effect {when}",
    "Den gäller redan eller är stoppad. Gå tillbaka till en äldre utgåva i stället.": (
        "It is in use already or has been stopped. Go back to an older release instead."
    ),
    "Den som har skickat förslaget godkänner det inte själv. Be en annan processägare titta på det.": (
        "Who sent the proposal does not approve it. Ask another process owner to look at it."
    ),
    "Det finns ingen utgåva med det numret.": "There is no release with that number.",
    "Du får ett förslag med den här utgåvans filer. Det kontrolleras, godkänns och publiceras som en "
    "ny utgåva.": (
        "You get a proposal with this release's files. It is checked, approved and published as a new "
        "release."
    ),
    "Du har skickat förslaget. En annan processägare ska godkänna det.": (
        "You have sent the proposal. Another process owner is to approve it."
    ),
    "Då börjar den aldrig gälla, och förslaget kan ändras igen.": (
        "Then it never takes effect, and the proposal can be changed again."
    ),
    "En annan processägare ska titta på det och godkänna det.": (
        "Another process owner is to look at it and approve it."
    ),
    "En utgåva väntar redan": "A release waits already",
    "Från en viss tid": "From a certain time",
    "Från när ska nya ärenden använda det?": "From when shall new cases use it?",
    "Föreslagen av": "Proposed by",
    "Föreslå att gå tillbaka till utgåva {number}": "Propose to go back to release {number}",
    "Förslaget har utgåva {number}:s filer. Skicka det som vanligt när kontrollen är klar.": (
        "The proposal has the files of release {number}. Send it as usual when the check is done."
    ),
    "Förslaget kan ändras igen.": "The proposal can be changed again.",
    "Förslaget är godkänt. Nu kan det publiceras.": "The proposal is approved. Now it can be published.",
    "Förslaget är skickat. Inget i det kan ändras medan det väntar.": (
        "The proposal is sent. Nothing in it can be changed while it waits."
    ),
    "Genast": "At once",
    "Godkänd av": "Approved by",
    "Godkänt av {name} {when}.": "Approved by {name} {when}.",
    "Gäller nu": "In use now",
    "Gäller nya ärenden från": "For new cases from",
    "Gå tillbaka hit": "Go back to this",
    "Går att göra när inget återstår.": "Possible when nothing remains.",
    "Gör klart": "Make ready",
    "Gör klart för publicering": "Make ready to be published",
    "I den här installationen behöver ingen andra person godkänna.": (
        "In this installation no second person needs to approve."
    ),
    "Ingen process kör annorlunda: bara scenarier eller beskrivningar ändrades.": (
        "No process runs differently: only scenarios or descriptions were changed."
    ),
    "Ingen utgåva är publicerad än.": "No release is published yet.",
    "Innehållets kontrollsumma": "Checksum of the content",
    "Jämför med utgåva {number}": "Compare with release {number}",
    "Klockan": "Time",
    "Lämna tillbaka för ändring": "Give back to be changed",
    "Ladda om sidan": "Reload the page",
    "Förslaget kontrolleras just nu. Det tar ungefär en minut.": (
        "The proposal is being checked right now. It takes about a minute."
    ),
    "Ny version": "New version",
    "Om regler som inte kunde bevisas på alla vägar:": "About rules that could not be proven on every way:",
    "Processer som fick ny version": "Processes that got a new version",
    "Publicera": "Publish",
    "Publicerad": "Published",
    "Publicerad {when}": "Published {when}",
    "Pågående ärenden ligger kvar på den version de började på.": (
        "Running cases stay on the version that they began with."
    ),
    "Samma filer som": "The same files as",
    "Samma filer som utgåva {number}": "The same files as release {number}",
    "Skicka": "Send",
    "Skicka för godkännande": "Send for approval",
    "Skickat av {name} {when}:": "Sent by {name} {when}:",
    "Skriv dag som ÅÅÅÅ-MM-DD och tid som TT:MM.": "Write the day as YYYY-MM-DD and the time as HH:MM.",
    "Stoppa utgåva {number}": "Stop release {number}",
    "Stoppa utgåvan": "Stop the release",
    "Stoppad": "Stopped",
    "Stoppad, gällde aldrig": "Stopped, never in use",
    "Ta tillbaka för att ändra": "Take back to change",
    "Texten följer med utgåvan och läses av kollegerna.": (
        "The text goes with the release and is read by the colleagues."
    ),
    "Tidigare version": "Earlier version",
    "Utgåva {number} gäller nu för nya ärenden. Pågående ärenden ligger kvar på sina.": (
        "Release {number} is now used for new cases. Running cases stay on theirs."
    ),
    "Utgåva {number} väntar på sin tid. Stoppa den först, eller vänta.": (
        "Release {number} waits for its time. Stop it first, or wait."
    ),
    "Utgåva {number} är publicerad och börjar gälla på utsatt tid.": (
        "Release {number} is published and takes effect at the set time."
    ),
    "Utgåva {number} är publicerad och väntar på sin tid. Stoppa den, eller vänta tills den gäller.": (
        "Release {number} is published and waits for its time. Stop it, or wait until it is in use."
    ),
    "Utgåva {number} är stoppad. Förslaget kan ändras igen.": (
        "Release {number} is stopped. The proposal can be changed again."
    ),
    "Utgåvan finns inte": "The release does not exist",
    "Utgåvan väntar inte": "The release does not wait",
    "Utgåvor som börjar gälla": "Releases that take effect",
    "Vad behöver ändras?": "What needs to be changed?",
    "Vad som är nytt": "What is new",
    "Vad är nytt, och varför?": "What is new, and why?",
    "Varför följs de ändå?": "Why are they followed all the same?",
    "följde med programmet": "came with the program",
    "föreslagen av {name}": "proposed by {name}",
    "godkänd av {name}": "approved by {name}",
    "utgåva {number}": "release {number}",
    "{count} processer fick ny version": "{count} processes got a new version",
}
