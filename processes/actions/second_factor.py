"""One-time codes besides the password: from an app on the telephone, or from a paper kept for when it is lost."""

from __future__ import annotations

import hmac
import secrets

import pyotp

from processes.actions.sealing import Seal
from processes.errors import NotSignedIn
from processes.models import Caseworker, SecondFactor
from processes.queries.sign_in import find_factor, fingerprint
from processes.unit_of_work import UnitOfWork

ISSUER = "Kvarboende"
RECOVERY_CODES = 8
HALF_MINUTE = 30
"""RFC 6238: a code holds for a step of 30 seconds; one step to each side allows for clocks that differ."""


def begin_factor(work: UnitOfWork, *, caseworker: Caseworker, seal: Seal) -> str:
    """A new secret for the person's app, which counts first when a code from it has been right; answers the secret."""
    secret = pyotp.random_base32()
    begun = find_factor(work.session, caseworker)
    if begun is None:
        begun = SecondFactor(caseworker_id=caseworker.id)
        work.session.add(begun)
    begun.sealed_secret, begun.confirmed_at, begun.last_step = seal.close(secret), None, 0
    begun.recovery_hashes = []
    return secret


def find_begun(work: UnitOfWork, *, caseworker: Caseworker, seal: Seal) -> str | None:
    """The secret that was begun with, as long as no code from it has been right."""
    factor = find_factor(work.session, caseworker)
    return seal.open(factor.sealed_secret) if factor is not None and factor.confirmed_at is None else None


def link_of(caseworker: Caseworker, secret: str) -> str:
    """The otpauth address that an app on the same telephone opens."""
    return pyotp.TOTP(secret).provisioning_uri(name=caseworker.username, issuer_name=ISSUER)


def confirm_factor(work: UnitOfWork, *, caseworker: Caseworker, code: str, seal: Seal) -> list[str]:
    """From now on sign-in asks for a code; answers the recovery codes, which nobody can show again.

    Raises NotSignedIn when the code is wrong or nothing was begun.
    """
    factor = find_factor(work.session, caseworker)
    if factor is None or factor.confirmed_at is not None or not _is_right(work, factor, code, seal):
        raise NotSignedIn("the code is wrong")
    codes = [secrets.token_hex(5) for _ in range(RECOVERY_CODES)]
    factor.confirmed_at = work.now
    factor.recovery_hashes = [fingerprint(code) for code in codes]
    return codes


def check_code(work: UnitOfWork, *, caseworker: Caseworker, code: str, seal: Seal) -> None:
    """A code from the app, or a recovery code, each of which works once. Raises NotSignedIn."""
    factor = find_factor(work.session, caseworker)
    if factor is None or factor.confirmed_at is None:
        raise NotSignedIn("the person has no one-time codes")
    given = fingerprint(code.strip().lower().replace(" ", ""))
    if given in factor.recovery_hashes:
        factor.recovery_hashes = [kept for kept in factor.recovery_hashes if kept != given]
    elif not _is_right(work, factor, code, seal):
        raise NotSignedIn("the code is wrong")


def remove_factor(work: UnitOfWork, *, caseworker: Caseworker) -> None:
    """Sign-in no longer asks for a code."""
    factor = find_factor(work.session, caseworker)
    if factor is not None:
        work.session.delete(factor)


def _is_right(work: UnitOfWork, factor: SecondFactor, code: str, seal: Seal) -> bool:
    secret = seal.open(factor.sealed_secret)
    given = code.replace(" ", "").encode()
    if secret is None:
        return False
    now = int(work.now.timestamp()) // HALF_MINUTE
    for step in (now - 1, now, now + 1):
        expected = pyotp.TOTP(secret).generate_otp(step).encode()
        if step > factor.last_step and hmac.compare_digest(expected, given):
            factor.last_step = step
            return True
    return False
