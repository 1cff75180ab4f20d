"""The English of the pages about scenarios, by the Swedish sentence."""

from __future__ import annotations

SCENARIOS: dict[str, str] = {
    "Scenarier": "Scenarios",
    "Berättelser om påhittade hushåll som måste bli sanna innan förslaget publiceras.": (
        "Stories of fictional households that must come true before the proposal is published."
    ),
    "Nytt scenario": "New scenario",
    "Scenarierna körs på förslaget.": "The scenarios are being played on the proposal.",
    "Det tar omkring en minut, längre om kontrollen har mycket att göra.": (
        "It takes about a minute, longer if the checks have much to do."
    ),
    "Se efter igen": "Look again",
    "{count} av {all} blev inte som de ska": "{count} of {all} did not come true",
    "Alla {count} blev som de ska": "All {count} came true",
    "Inga scenarier kunde köras.": "No scenarios could be played.",
    "på förslaget som det är nu": "on the proposal as it is now",
    "Scenarierna är inte körda på förslaget som det är nu.": (
        "The scenarios have not been played on the proposal as it is now."
    ),
    "Kör alla scenarier": "Play all scenarios",
    "ändrat i förslaget": "changed in the proposal",
    "Inga scenarier": "No scenarios",
    "Utan scenarier vet ingen om processerna gör vad de ska.": (
        "Without scenarios nobody knows whether the processes do what they should."
    ),
    "Vad scenarierna passerar": "What the scenarios pass",
    "Andelen steg och flöden i varje process som minst ett scenario går igenom.": (
        "The share of steps and flows in each process that at least one scenario goes through."
    ),
    "Andel": "Share",
    "Går inte att läsa": "Cannot be read",
    "Inte kört": "Not played",
    "Blev som det ska": "Came true",
    "Blev inte som det ska": "Did not come true",
    "börjar {when}": "begins {when}",
    "Detta blev inte som det ska": "This did not come true",
    "Filen går inte att läsa som ett scenario": "The file cannot be read as a scenario",
    "Scenariot nämner sådant som inte finns": "The scenario names things that do not exist",
    "Visar {count} krav": "Shows {count} requirements",
    "{count} svar": "{count} answers",
    "Ska nekas": "Must be refused",
    "Efteråt ska gälla": "Afterwards must hold",
    "Ta bort scenariot": "Remove the scenario",
    "Det försvinner när förslaget publiceras, och finns kvar i förslagets historik.": (
        "It goes when the proposal is published, and stays in the proposal's history."
    ),
    "passeras av minst ett scenario": "passed by at least one scenario",
    "passeras av inget, och är streckat": "passed by none, and dashed",
    "Diagrammet kan inte visas. Det som inget scenario passerar står i listan nedanför.": (
        "The diagram cannot be shown. What no scenario passes is in the list below."
    ),
    "Diagram där det som inget scenario passerar är markerat; det står också i listan nedanför": (
        "Diagram in which what no scenario passes is marked; it is in the list below too"
    ),
    "Ritningen behöver JavaScript. Det som inget scenario passerar står i listan nedanför.": (
        "The drawing needs JavaScript. What no scenario passes is in the list below."
    ),
    "Scenarierna passerar allt i processen.": "The scenarios pass everything in the process.",
    "Steg som inget scenario passerar": "Steps that no scenario passes",
    "Flöden som inget scenario passerar": "Flows that no scenario passes",
    "Till scenarierna": "To the scenarios",
    "Vid vilken process?": "Beside which process?",
    "Nummer, till exempel S-12": "Number, for example S-12",
    "Vad handlar det om?": "What is it about?",
    "Scenariot börjar med en underrättelse som du sedan ändrar och bygger vidare på. Använd bara påhittade personer.": (
        "The scenario begins with a notice that you then change and build on. Use fictional persons only."
    ),
    "Skapa": "Create",
    "Ändra scenario": "Change a scenario",
    "Scenariot är inte sparat. Rätta detta:": "The scenario is not saved. Put this right:",
    "Rad {line}": "Line {line}",
    "Scenariot som text": "The scenario as text",
    "Spara i förslaget": "Save in the proposal",
    "Namn som kan användas": "Names that can be used",
    "Uppgifter (task, look)": "Tasks (task, look)",
    "Händelser (event)": "Events (event)",
    "Personer (who)": "People (who)",
    "Processer (running)": "Processes (running)",
    "Frister (deadlines)": "Deadlines (deadlines)",
    "Enheter (notified)": "Units (notified)",
    "Brev (letters)": "Letters (letters)",
    "Fakta (facts)": "Facts (facts)",
    "Skriv en bokstav, ett streck och ett tal, till exempel S-12.": (
        "Write a letter, a dash and a number, for example S-12."
    ),
    "Skriv vad scenariot handlar om.": "Write what the scenario is about.",
    "Välj en process.": "Choose a process.",
    "Det finns redan ett scenario med det numret och namnet.": (
        "There is already a scenario with that number and name."
    ),
    "Scenariot är sparat i förslaget. Kör det för att se hur det går.": (
        "The scenario is saved in the proposal. Play it to see how it goes."
    ),
    "Scenariot är borttaget i förslaget. Det finns kvar i historiken.": (
        "The scenario is removed in the proposal. It stays in the history."
    ),
}
