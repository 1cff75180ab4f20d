"""The English of the process handbook's pages, by the Swedish sentence; the handbook itself stays Swedish."""

from __future__ import annotations

HANDBOOK: dict[str, str] = {
    "Krav": "Requirements",
    "Läs som text": "Read as text",
    "Processhandbok": "Process handbook",
    "Processhandbok: {title}": "Process handbook: {title}",
    "Visa som diagram": "Show as a diagram",
    "Innehåll": "Contents",
    "Krav som processen bär": "Requirements that the process carries",
    "Beslutstabeller": "Decision tables",
    "Spärrar och tider": "Gates and times",
    "Väg {number} av {all}: {words}": "Way {number} of {all}: {words}",
    "Här slutar vägen.": "The way ends here.",
    "Här börjar vägen.": "The way begins here.",
    "Gå genom stegen med piltangenterna.": "Walk through the steps with the arrow keys.",
    "Ställ dig på ett steg. Nedåt följer flödet till nästa steg, uppåt går tillbaka samma väg, höger och vänster väljer väg där det finns flera.": (  # noqa: E501  # the sentence as it stands
        "Stand on a step. Down follows the flow to the next step, up goes back the same way, right and left choose "
        "a way where there are several."
    ),
    "Börjar när": "Begins when",
    "Är en del av": "Is a part of",
    "Slutar med": "Ends with",
    "Vad det kräver": "What it demands",
    "Var i handboken": "Where in the handbook",
    "Bärs av": "Carried by",
    "formuläret {title}": "the form {title}",
    "steg {number}": "step {number}",
    "I annat fall": "Otherwise",
    "i annat fall": "otherwise",
    "Under tiden, om detta händer": "Meanwhile, if this happens",
    "Väntar på": "Waits for",
    "Tidpunkt": "Time",
    "Ska vara klart": "Due",
    "Gör allt i": "Does all of",
    "Startar": "Starts",
    "Grund": "Source",
    "Därefter": "Then",
    "får lämnas tomt": "may be left empty",
    "visas aldrig i listor": "never shown in lists",
    "kan inte ligga i framtiden": "cannot lie in the future",
    "Frågas bara när": "Asked only when",
    " eller ": " or ",
    "Det som antecknas i ärendet": "What is recorded in the case",
    "när": "when",
    "för varje rad i ”{field}”": "for each row in “{field}”",
    "Raderna prövas uppifrån. Den första som stämmer ger svaret.": (
        "The rows are tried from the top. The first that fits gives the answer."
    ),
    "Exakt en rad stämmer, och den ger svaret.": "Exactly one row fits, and it gives the answer.",
    "Alla rader som stämmer ger samma svar.": "All rows that fit give the same answer.",
    "Alla rader som stämmer ger svar tillsammans.": "All rows that fit answer together.",
    "Det som står inom hakparentes fylls i för varje ärende.": "What stands in brackets is filled in for each case.",
    "En spärr frågar om lagen och handboken tillåter steget i just det här ärendet.": (
        "A gate asks whether the law and the handbook allow the step in this very case."
    ),
    "Stänger steget tills det som saknas finns, eller tills det sägs att steget inte kan genomföras.": (
        "Closes the step until what is missing is there, or until it is said that the step cannot be carried out."
    ),
    "Släpper igenom den som skriver ett skäl; chefen ser skälet.": (
        "Lets through who writes a reason; the head of unit sees it."
    ),
    "Upplyser, och stoppar ingenting.": "Informs, and stops nothing.",
    "Gäller före": "Holds before",
    "Inga spärrar i den här processen.": "No gates in this process.",
    "När stegen ska vara klara": "When the steps are due",
    "Tabellen över förfallotider kan sätta en annan tid när det brådskar.": (
        "The table of due times can set another time when it is urgent."
    ),
    "Visa tabellen": "Show the table",
    "Inga tider satta i den här processen.": "No times set in this process.",
}
