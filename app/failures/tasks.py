"""What a person is told about tasks and the inbox."""

from __future__ import annotations

from app.failures.told import Told
from processes import errors

TOLD: dict[type[Exception], Told] = {
    errors.TaskNotFound: Told(
        404, "Uppgiften finns inte", "Det finns ingen sådan uppgift, eller så är den inte din att se."
    ),
    errors.FilterNotFound: Told(404, "Filtret finns inte", "Du har inget sådant sparat filter."),
    errors.TaskAlreadyClaimed: Told(
        409, "Någon annan har tagit uppgiften", "Uppgiften är tagen av {claimed_by}. Inget har ändrats."
    ),
    errors.TaskAlreadyFinished: Told(
        409,
        "Uppgiften är redan avslutad",
        "Uppgiften slutfördes eller drogs tillbaka innan du hann. Inget har ändrats.",
    ),
    errors.TaskNotClaimed: Told(409, "Ta uppgiften först", "Uppgiften är inte din. Ta den och försök igen."),
    errors.RestsPastTheLaw: Told(
        409,
        "Uppgiften kan inte vila så länge",
        "Den behöver vara tillbaka senast {back_on}, sista arbetsdagen före {on}: {what}.",
    ),
    errors.NotOfThisUnit: Told(
        403, "Uppgiften hör till en annan enhet", "Bara den enhet som uppgiften hör till kan öppna den."
    ),
}
