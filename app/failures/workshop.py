"""What a process owner is told about diagrams, proposals and releases."""

from __future__ import annotations

from app.failures.told import Told
from processes import errors

TOLD: dict[type[Exception], Told] = {
    errors.DiagramNotFound: Told(
        404, "Processen finns inte", "Det finns ingen publicerad process med det namnet."
    ),
    errors.DraftNotFound: Told(404, "Förslaget finns inte", "Det finns inget sådant ändringsförslag."),
    errors.DraftFileNotFound: Told(
        404, "Filen finns inte", "Förslaget har ingen sådan fil, eller så har någon tagit bort den."
    ),
    errors.ReleaseNotFound: Told(404, "Utgåvan finns inte", "Det finns ingen utgåva med det numret."),
    errors.DraftClash: Told(
        409,
        "Någon annan har sparat filen",
        "Filen ändrades sedan du öppnade den. Inget av ditt är sparat; jämför och välj.",
    ),
    errors.DraftNotOpen: Told(
        409,
        "Förslaget ligger inte så till",
        "Någon har skickat, godkänt, publicerat eller kastat det sedan du öppnade sidan. Ladda om den.",
    ),
    errors.DraftNotReady: Told(
        409, "Något återstår", "Förslaget kan inte gå vidare än. Sidan om förslaget visar vad som återstår."
    ),
    errors.ReleaseWaits: Told(
        409,
        "En utgåva väntar redan",
        "Utgåva {number} är publicerad och väntar på sin tid. Stoppa den, eller vänta tills den gäller.",
    ),
    errors.ReleaseNotWaiting: Told(
        409,
        "Utgåvan väntar inte",
        "Den gäller redan eller är stoppad. Gå tillbaka till en äldre utgåva i stället.",
    ),
    errors.AnotherOwnerNeeded: Told(
        403,
        "Någon annan måste godkänna",
        "Den som har skickat förslaget godkänner det inte själv. Be en annan processägare titta på det.",
    ),
    errors.DraftFileRefused: Told(400, "Filen kan inte vara med", "{why}"),
}
