"""What is told about trouble that no rule of ours named: broken addresses, too much at once, a crash."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from app.failures.told import Told

DISK_FULL = "53100"
"""PostgreSQL's code for it; SQLite says it in words."""

BY_STATUS: dict[int, Told] = {
    400: Told(400, "Det gick inte att förstå", "Kontrollera uppgifterna och försök igen."),
    404: Told(404, "Sidan finns inte", "Kontrollera adressen eller gå till inkorgen."),
    405: Told(405, "Så går det inte att göra", "Gå tillbaka och försök på sidan i stället."),
    413: Told(413, "För mycket på en gång", "Det du skickade är för stort."),
    415: Told(415, "Fel slags innehåll", "Skicka JSON med Content-Type: application/json."),
    429: Told(429, "För många på kort tid", "Vänta en stund och försök igen. Inget har ändrats."),
    500: Told(
        500, "Något gick fel hos oss", "Felet är antecknat. Inget har ändrats; försök igen om en stund."
    ),
}
TO_SYSTEMS: dict[int, Told] = {
    400: Told(400, "Det gick inte att förstå", "Innehållet är inte JSON som går att läsa."),
    404: Told(404, "Adressen finns inte", "Jämför adressen med /api/v1/openapi.json."),
    405: Told(405, "Så går det inte att göra", "Huvudet Allow säger vilka metoder adressen tar."),
}
"""What another system is told instead, which has no page to go back to."""
AWAY = Told(
    503,
    "Det gick inte att nå databasen",
    "Vänta en stund. Se efter om det du gjorde blev sparat, och gör det annars om.",
)
"""The connection broke, perhaps just when it was saved: nobody knows before the database answers again."""
NO_ROOM = Told(
    503,
    "Det finns inte plats att spara",
    "Inget av det du nyss gjorde är sparat. Säg till den som sköter systemet att disken är full.",
)
CSRF_TOLD = Told(
    400, "Sidan var för gammal", "Sidan hade legat öppen för länge. Ladda om den och försök igen."
)


def trouble_with_database(crash: BaseException) -> Told | None:
    """What is told when the database is the trouble; None when it is something else."""
    if isinstance(crash, DBAPIError):
        is_full = getattr(crash.orig, "sqlstate", None) == DISK_FULL or "disk is full" in str(crash.orig)
        if is_full:
            return NO_ROOM
    return AWAY if isinstance(crash, OperationalError | InterfaceError | NoConnection) else None
