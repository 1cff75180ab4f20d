"""What is told about files taken in, keys of other systems and the running of this one."""

from __future__ import annotations

from app.failures.told import Told
from processes import errors

TOLD: dict[type[Exception], Told] = {
    errors.FailureNotFound: Told(
        404, "Felet finns inte kvar", "Det som misslyckades kan ha lyckats sedan dess. Ladda om Driftläge."
    ),
    errors.KeyNotFound: Told(404, "Nyckeln finns inte", "Det finns ingen sådan nyckel."),
    errors.ImportNotFound: Told(404, "Filen finns inte", "Du har ingen sådan fil som väntar."),
    errors.SubmissionNotFound: Told(
        404, "Inlämningen finns inte", "Systemet har inte lämnat något under den referensen."
    ),
    errors.AlreadyImported: Told(
        409,
        "Filen är redan importerad",
        "Importerad {on} av {by}: {file_name}. Saknas rader, skicka bara dem.",
    ),
    errors.RequestUnderWay: Told(
        409, "Begäran pågår redan", "Samma begäran utförs just nu. Fråga igen om några sekunder."
    ),
    errors.SimulationRefused: Told(
        409,
        "Klockan står kvar",
        "Klockan går bara framåt, högst en månad i taget, och bara i en databas som fyllts som demo.",
    ),
    errors.KeyRefused: Told(
        401, "Nyckeln gäller inte", "Skicka en gällande nyckel i huvudet Authorization: Bearer <nyckel>."
    ),
    errors.ScopeMissing: Told(403, "Nyckeln räcker inte", "Nyckeln saknar rättigheten {scope}."),
    errors.UploadRefused: Told(400, "Filen kan inte tas emot", "{why}"),
    errors.TokenUsedForAnother: Told(
        422, "Idempotency-Key är använd", "Nyckeln hör till en annan begäran. Välj en ny till varje begäran."
    ),
    errors.DatabaseNotReady: Told(
        503, "Systemet är inte klart", "Databasen är inte uppdaterad än. Försök snart igen."
    ),
}
