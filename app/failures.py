"""What a person is told when something cannot be done: one table from refusal to HTTP status and sentence."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TypeGuard

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError, TooManyRequests
from werkzeug.wrappers import Response

from app.problems import problem
from app.redisplay import show_again
from app.security import OPEN_ROUTES
from app.texts import t
from app.web import is_call
from processes import errors

WORTH_KEEPING = 12
"""Shorter answers than this are quicker to give again than to copy."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What is answered to one kind of refusal."""

    status: int
    title: str
    sentence: str


TABLE: dict[type[Exception], Told] = {
    errors.CaseNotFound: Told(
        404, "Ärendet finns inte", "Det finns inget ärende med det numret, eller så är det inte ditt att se."
    ),
    errors.TaskNotFound: Told(
        404, "Uppgiften finns inte", "Det finns ingen sådan uppgift, eller så är den inte din att se."
    ),
    errors.CaseworkerNotFound: Told(
        404, "Personen finns inte", "Det finns ingen handläggare med det namnet."
    ),
    errors.AbsenceNotFound: Told(404, "Frånvaron finns inte", "Det finns ingen sådan frånvaro."),
    errors.FailureNotFound: Told(
        404, "Felet finns inte kvar", "Det som misslyckades kan ha lyckats sedan dess. Ladda om Driftläge."
    ),
    errors.EmergencyAccessNotFound: Told(
        404, "Åtkomsten finns inte", "Det finns ingen sådan nödåtkomst att granska."
    ),
    errors.DiagramNotFound: Told(
        404, "Processen finns inte", "Det finns ingen publicerad process med det namnet."
    ),
    errors.FilterNotFound: Told(404, "Filtret finns inte", "Du har inget sådant sparat filter."),
    errors.KeyNotFound: Told(404, "Nyckeln finns inte", "Det finns ingen sådan nyckel."),
    errors.ImportNotFound: Told(404, "Filen finns inte", "Du har ingen sådan fil som väntar."),
    errors.SubmissionNotFound: Told(
        404, "Inlämningen finns inte", "Systemet har inte lämnat något under den referensen."
    ),
    errors.UnknownEvent: Told(404, "Händelsen finns inte", "Det finns ingen sådan händelse att anteckna."),
    errors.NotFound: Told(404, "Sidan finns inte", "Kontrollera adressen eller gå till inkorgen."),
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
    errors.AlreadyImported: Told(
        409,
        "Filen är redan importerad",
        "Importerad {on} av {by}: {file_name}. Saknas rader, skicka bara dem.",
    ),
    errors.AccessAlreadyThere: Told(409, "Du har redan tillgång till ärendet", "Öppna det som vanligt."),
    errors.AlreadyReviewed: Told(
        409, "Åtkomsten är redan granskad", "Någon annan hann före. Inget har ändrats."
    ),
    errors.MustBeKept: Told(409, "Ärendet ska bevaras", "{why} Inget har ändrats."),
    errors.NotProposed: Told(
        409, "Ingen har föreslagit gallring", "Förslaget finns inte längre. Gå till Gallring och börja om."
    ),
    errors.SecondPersonNeeded: Told(
        403,
        "Någon annan måste godkänna",
        "Den som har föreslagit gallringen får inte också godkänna den. Inget har ändrats.",
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
    errors.RequestUnderWay: Told(
        409, "Begäran pågår redan", "Samma begäran utförs just nu. Fråga igen om några sekunder."
    ),
    errors.GateClosed: Told(409, "Spärren är stängd", "{why} {way_out}"),
    errors.SimulationRefused: Told(
        409,
        "Klockan står kvar",
        "Klockan går bara framåt, högst en månad i taget, och bara i en databas som fyllts som demo.",
    ),
    errors.Conflict: Told(409, "Det gick inte", "Något annat hann före. Inget har ändrats."),
    errors.NotOfThisUnit: Told(
        403, "Uppgiften hör till en annan enhet", "Bara den enhet som uppgiften hör till kan öppna den."
    ),
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
    errors.KeyRefused: Told(
        401, "Nyckeln gäller inte", "Skicka en gällande nyckel i huvudet Authorization: Bearer <nyckel>."
    ),
    errors.ScopeMissing: Told(403, "Nyckeln räcker inte", "Nyckeln saknar rättigheten {scope}."),
    errors.NotSignedIn: Told(401, "Du är inte inloggad", "Logga in och försök igen."),
    errors.NotAllowed: Told(403, "Det får du inte göra", "Din roll ger inte rätt till detta."),
    errors.UploadRefused: Told(400, "Filen kan inte tas emot", "{why}"),
    errors.AnswersRefused: Told(400, "Något är inte rätt ifyllt", "Rätta uppgifterna och skicka igen."),
    errors.TokenUsedForAnother: Told(
        422, "Idempotency-Key är använd", "Nyckeln hör till en annan begäran. Välj en ny till varje begäran."
    ),
    errors.Invalid: Told(400, "Det gick inte att förstå", "Kontrollera uppgifterna och försök igen."),
    errors.DatabaseNotReady: Told(
        503, "Systemet är inte klart", "Databasen är inte uppdaterad än. Försök snart igen."
    ),
    errors.Refusal: Told(409, "Det gick inte", "Det går inte som läget är nu. Inget har ändrats."),
}
"""The nearest class in a refusal's family decides."""

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
CSRF_TOLD = Told(
    400, "Sidan var för gammal", "Sidan hade legat öppen för länge. Ladda om den och försök igen."
)


def told_about(refusal: Exception) -> Told:
    """What to answer; StopIteration for something that is not a refusal."""
    return TABLE[next(family for family in type(refusal).__mro__ if family in TABLE)]


def sentence_about(refusal: Exception) -> str:
    """The sentence with the refusal's own facts in it, in the reader's language."""
    told = told_about(refusal)
    return t(
        told.sentence,
        **{name: value for name, value in vars(refusal).items() if isinstance(value, str | int)},
    )


def register(app: Flask) -> None:
    """Let the application answer with the table."""
    app.register_error_handler(errors.Refusal, _refused)
    app.register_error_handler(CSRFError, _stale_page)
    app.register_error_handler(HTTPException, _http_trouble)
    app.register_error_handler(Exception, _crashed)


def _refused(refusal: Exception) -> tuple[str, int] | Response:
    told = told_about(refusal)
    if is_call():
        return _told_to_a_system(refusal, told)
    closed_case = refusal.case_id if isinstance(refusal, errors.NoNeedOfCase) else None
    return _page(told, sentence_about(refusal), closed_case)


def _told_to_a_system(refusal: Exception, told: Told) -> Response:
    """The same facts as on a page; what a form refuses is told field by field."""
    fields = refusal.problems if isinstance(refusal, errors.AnswersRefused) else None
    status = 422 if fields is not None else told.status
    return problem(status, told.title, sentence_about(refusal), name=type(refusal).__name__, fields=fields)


def _stale_page(_trouble: CSRFError) -> tuple[str, int] | Response:
    kept = t("Sidan hade legat öppen för länge. Det du skrev är kvar: kontrollera och skicka igen.")
    try:
        return show_again(kept) or _page(CSRF_TOLD, t(CSRF_TOLD.sentence))
    except errors.Refusal as refusal:
        return _refused(refusal)


def _http_trouble(trouble: HTTPException) -> tuple[str, int, dict[str, str]] | Response:
    if trouble.code is None or trouble.code < 400:
        return trouble.get_response()
    if isinstance(trouble, SecurityError):  # under a host name that is not ours no page can be addressed
        return Response(BY_STATUS[400].title, trouble.code, mimetype="text/plain")
    told = BY_STATUS.get(trouble.code, BY_STATUS[400 if trouble.code < 500 else 500])
    if is_call():
        told = TO_SYSTEMS.get(trouble.code, told)
        answer = problem(trouble.code, told.title, t(told.sentence), name=type(trouble).__name__)
        answer.headers.extend([one for one in trouble.get_headers() if one[0] in ("Allow", "Retry-After")])
        return answer
    page, status = _page(Told(trouble.code, told.title, told.sentence), t(told.sentence))
    return page, status, {"Retry-After": str(trouble.retry_after)} if _says_when(trouble) else {}


def _says_when(trouble: HTTPException) -> TypeGuard[TooManyRequests]:
    return isinstance(trouble, TooManyRequests) and trouble.retry_after is not None


def _crashed(crash: Exception) -> tuple[str, int] | Response:
    log.error("%s %s failed", request.method, request.url_rule, exc_info=crash)  # an address can be a secret
    told = BY_STATUS[500]
    if is_call():
        return problem(told.status, told.title, t(told.sentence))
    return _page(told, t(told.sentence))


def _page(told: Told, sentence: str, closed_case: int | None = None) -> tuple[str, int]:
    """The page of a refusal; for a case that only an emergency opens, with the way to state one."""
    g.setdefault("reader", None)
    typed = _what_was_typed() if told.status == 401 else []
    page = render_template(
        "errors/error.html", told=told, sentence=sentence, typed=typed, closed_case=closed_case
    )
    return page, told.status


def _what_was_typed() -> list[str]:
    """The longer texts of a post by somebody whose session has ended, so that they can be copied and kept."""
    if request.endpoint in OPEN_ROUTES:
        return []
    texts = (text.strip() for name, text in request.form.items(multi=True) if name != "csrf_token")
    return [text for text in texts if len(text) >= WORTH_KEEPING]
