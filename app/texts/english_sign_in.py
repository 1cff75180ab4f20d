"""The English of signing in and of one's own account, by the Swedish sentence."""

from __future__ import annotations

SIGN_IN: dict[str, str] = {
    "Logga in genom kommunen": "Sign in through the municipality",
    "Engångskod": "One-time code",
    "Kod": "Code",
    "Börja om": "Start again",
    "Avbryt": "Cancel",
    "Skriv koden som appen i din telefon visar nu, eller en av dina reservkoder.": (
        "Type the code that the app on your telephone shows now, or one of your recovery codes."
    ),
    "Koden är fel eller redan använd.": "The code is wrong or has been used.",
    "Ditt konto": "Your account",
    "Här är du inloggad": "Where you are signed in",
    "Webbläsare": "Browser",
    "Sedan": "Since",
    "Senast använd": "Last used",
    "Okänd": "Unknown",
    "den här": "this one",
    "Logga ut överallt": "Sign out everywhere",
    "Byt lösenord": "Change password",
    "Du loggar in genom kommunen och har inget lösenord här.": (
        "You sign in through the municipality and have no password here."
    ),
    "Inloggningen frågar efter en engångskod från din telefon.": (
        "Sign-in asks for a one-time code from your telephone."
    ),
    "Inloggningen frågar bara efter lösenordet.": "Sign-in asks for the password only.",
    "Inloggningen frågar inte längre efter någon engångskod.": "Sign-in no longer asks for a one-time code.",
    "Sluta fråga efter kod": "Stop asking for a code",
    "Börja fråga efter kod": "Begin asking for a code",
    "Ditt lösenord är tillfälligt. Välj ett eget innan du går vidare.": (
        "Your password is temporary. Choose one of your own before you go on."
    ),
    "Nuvarande lösenord": "Current password",
    "Nytt lösenord": "New password",
    "Nytt lösenord en gång till": "New password once more",
    "Minst 12 tecken. Flera ord efter varandra är lätta att minnas och svåra att gissa.": (
        "At least 12 characters. Several words in a row are easy to remember and hard to guess."
    ),
    "Du skrev inte samma nya lösenord två gånger.": "You did not type the same new password twice.",
    "Det nuvarande lösenordet är fel.": "The current password is wrong.",
    "Lösenordet är bytt. Du är utloggad överallt utom här.": (
        "The password is changed. You are signed out everywhere but here."
    ),
    "Lösenordet är för kort: det ska ha minst 12 tecken. Flera ord efter varandra går bra.": (
        "The password is too short: it must have at least 12 characters. Several words in a row will do."
    ),
    "Lösenordet är för långt: det får ha högst 200 tecken.": (
        "The password is too long: it may have at most 200 characters."
    ),
    "Lösenordet innehåller ditt namn. Välj något som ingen kan gissa.": (
        "The password contains your name. Choose something that nobody can guess."
    ),
    "Lösenordet är ett av de vanligaste. Välj något som ingen kan gissa.": (
        "The password is one of the most common. Choose something that nobody can guess."
    ),
    "Det nya lösenordet är samma som det gamla.": "The new password is the same as the old one.",
    "Med en engångskod räcker det inte att någon får veta ditt lösenord. "
    "Du behöver en app för engångskoder i telefonen.": (
        "With a one-time code it is not enough for somebody to learn your password. "
        "You need an app for one-time codes on your telephone."
    ),
    "Lägg in hemligheten i din app": "Put the secret into your app",
    "Den visas bara nu. Öppna länken i telefonen, eller skriv in hemligheten i appen.": (
        "It is shown only now. Open the link on the telephone, or type the secret into the app."
    ),
    "Öppna i appen": "Open in the app",
    "Koden som appen visar nu": "The code that the app shows now",
    "Bekräfta": "Confirm",
    "Börja om: det finns ingen hemlighet att bekräfta.": "Start again: there is no secret to confirm.",
    "Dina reservkoder": "Your recovery codes",
    "Nu frågar inloggningen efter en engångskod. Spara reservkoderna på papper: var och en fungerar en gång, "
    "om telefonen är borta. De visas bara nu.": (
        "Sign-in now asks for a one-time code. Keep the recovery codes on paper: each works once, "
        "should the telephone be lost. They are shown only now."
    ),
    "Jag har sparat dem": "I have kept them",
    # What can go wrong
    "För många försök": "Too many tries",
    "För många försök. Vänta {minutes} minuter och försök igen.": (
        "Too many tries. Wait {minutes} minutes and try again."
    ),
    "Du har ingen tillgång till Kvarboende": "You have no access to Kvarboende",
    "Kommunens inloggning känner dig, men ingen av dina grupper ger tillgång. Be din chef ordna det.": (
        "The municipality's sign-in knows you, but none of your groups gives access. Ask your manager to arrange it."
    ),
    "Inloggningen kunde inte godkännas": "The sign-in could not be accepted",
    "Svaret från kommunens inloggning gick inte att lita på. Börja om från inloggningssidan.": (
        "The answer of the municipality's sign-in could not be trusted. Start again from the sign-in page."
    ),
    "Kommunens inloggning svarar inte": "The municipality's sign-in does not answer",
    "Försök igen om en stund. Fråga kommunens it-stöd om det dröjer.": (
        "Try again in a while. Ask the municipality's IT support if it takes long."
    ),
    "Användarnamnet finns redan": "The user name is taken",
    "Ett annat konto har samma användarnamn. Be den som sköter driften att koppla ihop dem.": (
        "Another account has the same user name. Ask whoever runs the system to connect them."
    ),
    "Lösenordet går inte att använda": "The password cannot be used",
    "{why}": "{why}",
}
