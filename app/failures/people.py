"""What a person is told about colleagues, accounts and signing in."""

from __future__ import annotations

from app.failures.told import Told
from processes import errors

TOLD: dict[type[Exception], Told] = {
    errors.CaseworkerNotFound: Told(
        404, "Personen finns inte", "Det finns ingen handläggare med det namnet."
    ),
    errors.AbsenceNotFound: Told(404, "Frånvaron finns inte", "Det finns ingen sådan frånvaro."),
    errors.TooManyTries: Told(
        429, "För många försök", "För många försök. Vänta {minutes} minuter och försök igen."
    ),
    errors.NoAccess: Told(
        403,
        "Du har ingen tillgång till Kvarboende",
        "Kommunens inloggning känner dig, men ingen av dina grupper ger tillgång. Be din chef ordna det.",
    ),
    errors.ProviderRefused: Told(
        403,
        "Inloggningen kunde inte godkännas",
        "Svaret från kommunens inloggning gick inte att lita på. Börja om från inloggningssidan.",
    ),
    errors.ProviderSilent: Told(
        503,
        "Kommunens inloggning svarar inte",
        "Försök igen om en stund. Fråga kommunens it-stöd om det dröjer.",
    ),
    errors.UsernameTaken: Told(
        409,
        "Användarnamnet finns redan",
        "Ett annat konto har samma användarnamn. Be den som sköter driften att koppla ihop dem.",
    ),
    errors.PasswordRefused: Told(400, "Lösenordet går inte att använda", "{why}"),
    errors.NotSignedIn: Told(401, "Du är inte inloggad", "Logga in och försök igen."),
}
