"""What a password must be: long, and not what somebody would try first; nothing else is asked of it (NIST 800-63B)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 12
LONGEST = 200
"""Checking a password takes work that grows with its length; nobody types more than this."""
FEWEST_KINDS = 5
"""`aaaaaaaaaaaa` and `121212121212` have the length and are tried first."""

COMMON = frozenset(
    """
    password passwort passw lösenord losenord hemligt hemlig qwerty qwertyuiop asdfghjkl zxcvbnm sommar sommaren
    vinter vintern hösten våren välkommen valkommen welcome letmein iloveyou admin administrator administratör
    göteborg goteborg stockholm malmö sverige socialtjänst socialtjänsten socialförvaltningen kvarboende
    handläggare januari februari september oktober november december
    """.split()  # noqa: SIM905 -- a list of words is read as words
)
"""Words that stand alone in common passwords, with digits and signs round them or said twice."""
RUNS = (
    "abcdefghijklmnopqrstuvwxyzåäö",
    "01234567890123456789",
    "qwertyuiopåasdfghjklöäzxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
)


def normalised(password: str) -> str:
    """The password as it is kept and compared: the same letters, whatever keyboard composed them (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def why_refused(password: str, names: Iterable[str]) -> str | None:
    """Why this may not be the password of a person with these names, in Swedish; None when it may."""
    password = normalised(password)
    if len(password) < SHORTEST:
        return "Lösenordet är för kort: det ska ha minst 12 tecken. Flera ord efter varandra går bra."
    if len(password) > LONGEST:
        return "Lösenordet är för långt: det får ha högst 200 tecken."
    plain = password.casefold()
    if any(len(name) >= 3 and name.casefold() in plain for whole in names for name in whole.split()):
        return "Lösenordet innehåller ditt namn. Välj något som ingen kan gissa."
    if len(set(plain)) < FEWEST_KINDS or _is_a_run(plain) or _is_common(plain):
        return "Lösenordet är ett av de vanligaste. Välj något som ingen kan gissa."
    return None


def _is_a_run(plain: str) -> bool:
    return any(plain in run * 2 or plain[::-1] in run * 2 for run in RUNS)


def _is_common(plain: str) -> bool:
    words = re.findall(r"[^\W\d_]+", plain)
    return bool(words) and all(_only_common(word) for word in words)


def _only_common(word: str) -> bool:
    rest = word
    for common in sorted(COMMON, key=len, reverse=True):
        rest = rest.replace(common, "")
    return not rest
