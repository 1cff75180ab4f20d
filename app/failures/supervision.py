"""What a head of unit is told who steps into the course of a case, and others about what that led to."""

from __future__ import annotations

from app.failures.told import Told
from processes import errors

TOLD: dict[type[Exception], Told] = {
    errors.InterventionRefused: Told(409, "Det går inte att göra", "{why}"),
    errors.PreviewOutdated: Told(
        409,
        "Ärendet har ändrats",
        "Ärendet har ändrats sedan förhandsvisningen. Inget är gjort. Läs vad som händer nu och bekräfta igen.",
    ),
    errors.CaseSuspended: Told(
        409,
        "Ärendet är pausat",
        "Ärendet är pausat till {until}. Be enhetschefen häva pausen. Det som har en dag i lagen går att göra ändå.",
    ),
    errors.FindingNotFound: Told(
        404,
        "Fyndet finns inte",
        "Det finns inget sådant fynd, eller så gäller det ett ärende som du inte ser.",
    ),
    errors.FindingClosed: Told(
        409, "Fyndet är avslutat", "Det som fyndet säger gäller inte längre. Ladda om listan över fynd."
    ),
}
