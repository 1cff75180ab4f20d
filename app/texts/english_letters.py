"""The English of the pages about letters, by the Swedish sentence."""

from __future__ import annotations

LETTERS: dict[str, str] = {
    # The list of letters, and writing one
    "Alla brev, och skriv ett nytt": "All letters, and write a new one",
    "Brev att skicka": "Letters to send",
    "Brev i ärendet": "Letters of the case",
    "Brev som processen skriver hamnar här. Läs, skriv ut, skicka, och anteckna att det är skickat.": (
        "Letters that the process writes end up here. Read, print, send, and note that it was sent."
    ),
    "I retur": "Returned",
    "Inte skickat": "Not sent",
    "Skickat {when}": "Sent {when}",
    "skrivet {when}": "written {when}",
    "Skriv ett brev": "Write a letter",
    "Vilket brev?": "Which letter?",
    "Var och en som brevet gäller får ett eget brev med sin egen adress.": (
        "Everybody whom the letter concerns gets a letter of their own, with their own address."
    ),
    "Egen text: handlingsplan och information till hyresvärd": (
        "Your own words: action plan and information to the landlord"
    ),
    "Vad ska stå i brevet?": "What is the letter to say?",
    "Till hyresvärden: bara det som samtycket omfattar. I en handlingsplan: vem som gör vad, och när.": (
        "To the landlord: only what the consent covers. In an action plan: who does what, and when."
    ),
    "Vad berättar brevet till hyresvärden?": "What does the letter tell the landlord?",
    "Skriv brevet": "Write the letter",
    "Brevet är skrivet.": "The letter is written.",
    "{number} brev är skrivna.": "{number} letters are written.",
    "Läs det innan du skickar det.": "Read before you send.",
    # One letter
    "Så ser brevet ut": "What the letter looks like",
    "Att göra med brevet": "What to do with the letter",
    "Brevet får inte skickas": "The letter may not be sent",
    "Gör så här:": "What to do:",
    "Skriv ut": "Print",
    "Öppna som PDF": "Open as PDF",
    "i en ny flik": "in a new tab",
    "Det är exakt det brev som skickades.": "This is exactly the letter that was sent.",
    "Handläggarens telefonnummer saknas. Utse en handläggare eller lägg in numret.": (
        "The caseworker's telephone number is missing. Appoint a caseworker or enter the number."
    ),
    "Mottagarens adress saknas. Lägg in den, eller lämna över brevet personligen.": (
        "The recipient's address is missing. Enter it, or hand the letter over in person."
    ),
    "Skicka genom Skatteverket": "Send through the Tax Agency",
    (
        "Lägg brevet i ett kuvert utan fönster. Skriv bara mottagarens namn och personnummer på det, ingen adress."
    ): (
        "Put the letter into an envelope without a window. "
        "Write only the recipient's name and personal number on it, no address."
    ),
    (
        "Lägg kuvertet i ett större kuvert tillsammans med ett papper där det står vem som skickar och vem som ska "
        "ha brevet."
    ): (
        "Put the envelope into a larger one together with a paper that says who sends it and who is to have the letter."
    ),
    (
        "Adressera det yttre kuvertet till Skatteverkets förmedlingsuppdrag. "
        "Adressen står på skatteverket.se; sök på ”förmedla post”."
    ): (
        "Address the outer envelope to the Tax Agency's forwarding service. "
        "The address is on skatteverket.se; search for “förmedla post”."
    ),
    "Anteckna att det är skickat": "Note that it was sent",
    "Hur skickades det?": "How was it sent?",
    "När?": "When?",
    "Dag": "Day",
    "Klockslag": "Time",
    "Kollinummer": "Item number",
    "för rekommenderat brev": "for a registered letter",
    (
        "Bekräftelsen innehåller inga personliga förhållanden, och var och en som avhysningen gäller får sin egen "
        "kopia i dag."
    ): (
        "The confirmation holds nothing about personal circumstances, "
        "and everybody whom the eviction concerns gets a copy of their own today."
    ),
    "Uppgiften Bekräfta till Kronofogden slutförs samtidigt, och kopiorna antecknas som postade.": (
        "The task Bekräfta till Kronofogden is completed at the same time, and the copies are noted as posted."
    ),
    "Anteckna som skickat": "Note as sent",
    "Inget är sparat. Rätta det som är markerat nedan.": "Nothing is saved. Correct what is marked below.",
    "Hur det skickades": "How it was sent",
    "Antecknat av": "Noted by",
    "Brevet kom tillbaka": "The letter came back",
    "Vilken dag?": "Which day?",
    "Till exempel: adressaten okänd, inte hämtat.": "For example: addressee unknown, not collected.",
    "Anteckna retur": "Note the return",
    "Rätta en felaktig uppgift": "Correct something wrong",
    "Vad var fel?": "What was wrong?",
    "Rätta hur och när": "Correct how and when",
    "Det skickades aldrig. Vad hände?": "It was never sent. What happened?",
    "Brevet skickades aldrig": "The letter was never sent",
    # What was done
    "Brevet är antecknat som skickat.": "The letter is noted as sent.",
    "Uppgiften är rättad. Det som stod förut finns kvar i journalen.": (
        "It is corrected. What stood before is kept in the journal."
    ),
    "Antecknat att brevet kom tillbaka.": "Noted that the letter came back.",
    # What stood in the way
    "Brevet finns inte": "There is no such letter",
    "Det finns inget sådant brev i ärendet.": "The case has no such letter.",
    "Brevet är redan markerat som skickat": "The letter is already noted as sent",
    "Någon har redan antecknat att brevet är skickat. Är det fel kan du rätta det på brevets sida.": (
        "Somebody has noted already that the letter was sent. If that is wrong, correct it on the letter's page."
    ),
    "Brevet är inte skickat": "The letter has not been sent",
    "Markera först att brevet är skickat. Inget har ändrats.": (
        "First note that the letter was sent. Nothing has changed."
    ),
    # Codes
    "Digital brevlåda": "Digital mailbox",
    "Fax": "Fax",
    "Handlingsplan": "Action plan",
    "Lämnat personligen": "Handed over in person",
    "Skatteverkets förmedlingsuppdrag": "The Tax Agency's forwarding service",
    "Skrev brev": "Wrote a letter",
    "Rättade uppgift om brev": "Corrected what was said of a letter",
    "brev: antecknat av": "letter: noted by",
    "brev: i retur": "letter: returned",
    "brev: kollinummer": "letter: item number",
    "brev: varför i retur": "letter: why it was returned",
}
