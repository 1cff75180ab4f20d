"""What a person is told about cases, their journals, letters and notices."""

from __future__ import annotations

from app.failures.told import Told
from processes import errors

TOLD: dict[type[Exception], Told] = {
    errors.CaseNotFound: Told(
        404, "Ärendet finns inte", "Det finns inget ärende med det numret, eller så är det inte ditt att se."
    ),
    errors.EmergencyAccessNotFound: Told(
        404, "Åtkomsten finns inte", "Det finns ingen sådan nödåtkomst att granska."
    ),
    errors.UnknownEvent: Told(404, "Händelsen finns inte", "Det finns ingen sådan händelse att anteckna."),
    errors.CaseChangedMeanwhile: Told(
        409,
        "Ärendet ändrades samtidigt",
        "Någon annan sparade i samma stund. Inget av ditt är sparat; försök igen.",
    ),
    errors.CaseClosed: Told(
        409,
        "Ärendet är avslutat",
        "Det här behöver någon ta hand om. Registrera en underrättelse, så öppnas ett ärende.",
    ),
    errors.EventNotCorrectable: Told(409, "Händelsen kan inte rättas så", "{why} {way_out}"),
    errors.NoticeAlreadyRegistered: Told(
        409,
        "Underrättelsen är redan registrerad",
        "Samma underrättelse finns redan som nummer {notice_id}. Kom den en gång till, ange det numret.",
    ),
    errors.AccessAlreadyThere: Told(409, "Du har redan tillgång till ärendet", "Öppna det som vanligt."),
    errors.AlreadyReviewed: Told(
        409, "Åtkomsten är redan granskad", "Någon annan hann före. Inget har ändrats."
    ),
    errors.MustBeKept: Told(409, "Ärendet ska bevaras", "{why} Inget har ändrats."),
    errors.NotProposed: Told(
        409, "Ingen har föreslagit gallring", "Förslaget finns inte längre. Gå till Gallring och börja om."
    ),
    errors.LetterNotFound: Told(404, "Brevet finns inte", "Det finns inget sådant brev i ärendet."),
    errors.LetterAlreadySent: Told(
        409,
        "Brevet är redan markerat som skickat",
        "Någon har redan antecknat att brevet är skickat. Är det fel kan du rätta det på brevets sida.",
    ),
    errors.LetterNotSent: Told(
        409, "Brevet är inte skickat", "Markera först att brevet är skickat. Inget har ändrats."
    ),
    errors.NotHandedOut: Told(409, "Akten kan inte lämnas ut så", "{why}"),
    errors.RecordNotFound: Told(
        404, "Uppgiften finns inte", "Det finns ingen sådan uppgift att rätta i ärendet."
    ),
    errors.GateClosed: Told(409, "Spärren är stängd", "{why} {way_out}"),
    errors.Recused: Told(
        403,
        "Du är jävig i ärendet",
        "Ett jäv är anmält, och du har därför ingen tillgång till ärendet.",
    ),
    errors.NoNeedOfCase: Told(
        403,
        "Du har inget att göra med ärendet",
        "Bara den som arbetar med ärendet ser det. Behöver du det genast finns nödåtkomst.",
    ),
}
