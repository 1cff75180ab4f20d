"""What a person is told where no area has a more exact word."""

from __future__ import annotations

from app.failures.told import Told
from processes import errors

TOLD: dict[type[Exception], Told] = {
    errors.NotFound: Told(404, "Sidan finns inte", "Kontrollera adressen eller gå till inkorgen."),
    errors.SecondPersonNeeded: Told(
        403,
        "Någon annan måste godkänna",
        "Den som har föreslagit gallringen får inte också godkänna den. Inget har ändrats.",
    ),
    errors.Conflict: Told(409, "Det gick inte", "Något annat hann före. Inget har ändrats."),
    errors.NotAllowed: Told(403, "Det får du inte göra", "Din roll ger inte rätt till detta."),
    errors.AnswersRefused: Told(400, "Något är inte rätt ifyllt", "Rätta uppgifterna och skicka igen."),
    errors.Invalid: Told(400, "Det gick inte att förstå", "Kontrollera uppgifterna och försök igen."),
    errors.Refusal: Told(409, "Det gick inte", "Det går inte som läget är nu. Inget har ändrats."),
}
