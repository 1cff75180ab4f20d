"""Makes, approves and revokes the keys of connected systems, and recognises a system by its key.

Who keeps the system makes keys but sees no case, and must not come to see one through a key of his own making. A key
that works in somebody's name therefore opens nothing until that person has agreed, and every read with it stands in
the read log under that person with the key's name.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import select

from processes.actions.people import add_caseworker
from processes.clock import swedish_day
from processes.errors import AnswersRefused, KeyNotFound, KeyRefused
from processes.models import ApiKey, Caseworker
from processes.queries.access import must_be_allowed
from processes.queries.api_keys import find_key, get_key, state_of
from processes.queries.sign_in import fingerprint
from processes.rules.connections import LONGEST_VALIDITY_DAYS, SYSTEM_KINDS
from processes.unit_of_work import UnitOfWork

BEGINNING = "kvb_"
"""So that a key that lies about in a file or a log is known for what it is."""
LONGEST_NAME = 80


def create_key(
    work: UnitOfWork,
    *,
    name: str,
    kind: str,
    administration: str,
    scopes: Collection[str],
    expires_on: date,
    landlord_name: str = "",
    acts_as: Caseworker | None = None,
    by: Caseworker | None = None,
) -> tuple[ApiKey, str]:
    """A new key and its secret text, which nobody can be shown again. `by` is nobody at a terminal.

    A system of the same name and kind that had a key before keeps its account, so that it still finds what it handed
    in. Raises NotAllowed, or AnswersRefused per field.
    """
    if by is not None:
        must_be_allowed("operate_system", by)
    name, landlord_name = name.strip(), landlord_name.strip()
    problems = _problems_of_name(name) | _problems_of_day(work, expires_on)
    problems |= _problems_of_kind(kind, scopes, landlord_name, acts_as, administration)
    if problems:
        raise AnswersRefused(problems)
    of_kind = SYSTEM_KINDS[kind]
    lent = acts_as if of_kind.acts_as_person else None
    caseworker = lent or _account(work, kind, name, landlord_name, administration)
    key = ApiKey(
        name=name,
        kind=kind,
        landlord_name=landlord_name,
        scopes=sorted(scopes),
        administration_key=administration,
        caseworker=caseworker,
        created_at=work.now,
        created_by_id=by.id if by is not None else None,
        approved_at=None if of_kind.acts_as_person else work.now,
        expires_on=expires_on,
    )
    return key, _issue(work, key)


def _issue(work: UnitOfWork, key: ApiKey) -> str:
    """Keep the key with the fingerprint of its secret text, which is answered."""
    key.prefix = BEGINNING + secrets.token_hex(4)
    secret = f"{key.prefix}_{secrets.token_urlsafe(32)}"
    key.secret_hash = fingerprint(secret)
    work.session.add(key)
    work.session.flush()
    return secret


def _problems_of_name(name: str) -> dict[str, str]:
    if 0 < len(name) <= LONGEST_NAME and name.isprintable():
        return {}
    return {"name": f"Skriv vad systemet heter, med högst {LONGEST_NAME} tecken."}


def _problems_of_day(work: UnitOfWork, expires_on: date) -> dict[str, str]:
    today = swedish_day(work.now)
    if today <= expires_on <= today + timedelta(days=LONGEST_VALIDITY_DAYS):
        return {}
    return {"expires_on": "Välj en dag från i dag och högst två år framåt."}


def _problems_of_kind(
    kind: str, scopes: Collection[str], landlord_name: str, acts_as: Caseworker | None, administration: str, /
) -> dict[str, str]:
    of_kind = SYSTEM_KINDS.get(kind)
    if of_kind is None:
        return {"kind": "Välj vilket slags system det är."}
    problems: dict[str, str] = {}
    if not scopes or not set(scopes) <= of_kind.scopes:
        problems["scopes"] = "Välj minst en rättighet som den här sortens system kan ha."
    if kind == "landlord" and not (0 < len(landlord_name) <= 200 and landlord_name.isprintable()):
        problems["landlord_name"] = "Skriv hyresvärdens namn som det ska stå i underrättelserna."
    if kind != "landlord" and landlord_name:
        problems["landlord_name"] = "Bara en hyresvärds system hör till en hyresvärd."
    if of_kind.acts_as_person and (acts_as is None or not _is_staff(acts_as, administration)):
        problems["acts_as"] = "Välj vem i förvaltningen som systemet arbetar åt."
    return problems


def _is_staff(person: Caseworker, administration: str) -> bool:
    return person.is_active and not person.is_system and person.administration_key == administration


def _account(
    work: UnitOfWork, kind: str, name: str, landlord_name: str, administration: str, /
) -> Caseworker:
    """The system's own account: without a role, so that the table of permissions lets it do nothing."""
    before = select(ApiKey).where(
        ApiKey.kind == kind,
        ApiKey.name == name,
        ApiKey.landlord_name == landlord_name,
        ApiKey.administration_key == administration,
    )
    known = work.session.scalars(before.order_by(ApiKey.id)).first()
    if known is not None:
        return known.caseworker
    account = add_caseworker(
        work,
        username=f"system-{secrets.token_hex(6)}",
        name=f"{name} (system)",
        administration=administration,
        memberships=(),
    )
    account.is_system = True
    return account


def approve_key(work: UnitOfWork, *, key_id: int, caseworker: Caseworker) -> ApiKey:
    """Agree to a system working in one's own name. Raises NotAllowed, or KeyNotFound for a key in another name."""
    must_be_allowed("lend_name", caseworker)
    key = work.session.get(ApiKey, key_id)
    if key is None or key.caseworker_id != caseworker.id or state_of(key, work.now) in ("revoked", "expired"):
        raise KeyNotFound(str(key_id))
    key.approved_at = key.approved_at or work.now
    return key


def revoke_key(work: UnitOfWork, *, key_id: int, by: Caseworker) -> ApiKey:
    """Let the key open nothing from now on. Revoking it again changes nothing.

    The person in whose name it works may, and who keeps the system. Raises NotAllowed or KeyNotFound.
    """
    key = work.session.get(ApiKey, key_id)
    if key is None or key.caseworker_id != by.id:
        must_be_allowed("operate_system", by)
        key = get_key(work.session, key_id, by.administration_key)
    end_key(work, key=key, by=by)
    return key


def end_key(work: UnitOfWork, *, key: ApiKey, by: Caseworker | None = None) -> None:
    """Revoke the key without asking who may; `by` is nobody at a terminal."""
    if key.revoked_at is None:
        key.revoked_at = work.now
        key.revoked_by_id = by.id if by is not None else None


def recognise(work: UnitOfWork, secret: str) -> ApiKey:
    """The key with this text, if it works now. Raises KeyRefused, whatever is wrong with it."""
    prefix = secret[: len(BEGINNING) + 8]
    key = find_key(work.session, prefix)
    if key is None or not hmac.compare_digest(key.secret_hash, fingerprint(secret)):
        raise KeyRefused("There is no such key.")
    state = state_of(key, work.now)
    if state != "working":
        raise KeyRefused(f"The key {key.prefix} is {state}.")
    return key


def mark_used(work: UnitOfWork, *, key: ApiKey) -> None:
    """Note the day on which the key was last used."""
    key.last_used_on = swedish_day(work.now)
