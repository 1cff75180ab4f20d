"""Takes the files that people send: one at a time, of a known kind, no larger than needed, under a harmless name.

Every page that takes a file takes it here. What is inside is still anybody's word: whoever reads it (as XML, as a
table) refuses what does not belong there.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass

from flask import request

from app.texts import t
from processes.errors import UploadRefused

LONGEST_NAME = 120
NAME = re.compile(r"[\w][\w .()+-]*", re.UNICODE)
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that mean a device to Windows, where somebody may save the file again."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that a page may ask for."""

    endings: tuple[str, ...]
    """How its name ends, with the dot, in small letters."""
    most_bytes: int
    begins_with: tuple[bytes, ...] = ()
    """What its content begins with, one of these, after a byte order mark and blanks; empty = anything."""
    is_text: bool = True
    """UTF-8 without signs that no text has; a table that a spreadsheet wrote may be in Windows' letters instead."""


TABLE = Kind((".csv",), 1_000_000)
"""A table for import, with a header row."""
LIST = Kind((".csv", ".json"), 1_000_000)
"""A list that somebody else's system wrote: a table, or JSON."""
DIAGRAM = Kind((".bpmn", ".xml"), 1_000_000, (b"<?xml", b"<"))
DECISION_TABLE = Kind((".dmn",), 500_000, (b"<?xml", b"<"))
FORM_FILE = Kind((".json",), 500_000, (b"{",))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was taken."""

    name: str
    """As the sender called it; shown, never used as a path."""
    content: bytes
    """For a text: UTF-8 without a byte order mark."""


def take_upload(field: str, kind: Kind) -> Upload:
    """The file that this request brings in the field. Raises UploadRefused, with a sentence for who sent it."""
    sent = [one for one in request.files.getlist(field) if one.filename]
    if len(sent) != 1 or len(request.files) != 1:
        raise UploadRefused(t("Välj en fil, och bara en."))
    name = sent[0].filename or ""
    _check_name(name, kind)
    with closing(sent[0]) as file:
        content = file.stream.read(kind.most_bytes + 1)
    return Upload(name, checked(content, kind))


def checked(content: bytes, kind: Kind) -> bytes:
    """The content, if it is of this kind; a text as UTF-8. Raises UploadRefused."""
    if len(content) > kind.most_bytes:
        most = f"{kind.most_bytes / 1_000_000:g}".replace(".", ",")
        raise UploadRefused(t("Filen är för stor. Den får vara högst {most} MB.", most=most))
    if not content.strip():
        raise UploadRefused(t("Filen är tom."))
    if kind.is_text:
        content = _as_utf_8(content, is_table=TABLE.endings[0] in kind.endings)
    if kind.begins_with and not content.lstrip().startswith(kind.begins_with):
        raise UploadRefused(t("Filens innehåll är inte av det slag som namnet säger."))
    return content


def _check_name(name: str, kind: Kind) -> None:
    if not name.lower().endswith(kind.endings):
        raise UploadRefused(t("Filens namn ska sluta med {endings}.", endings=", ".join(kind.endings)))
    is_odd = len(name) > LONGEST_NAME or ".." in name or not NAME.fullmatch(name) or RESERVED.fullmatch(name)
    if is_odd:
        raise UploadRefused(
            t("Byt namn på filen: använd bara bokstäver, siffror, mellanslag, punkt och bindestreck.")
        )


def _as_utf_8(content: bytes, *, is_table: bool) -> bytes:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not is_table:
            raise UploadRefused(t("Filen är inte skriven i UTF-8.")) from error
        text = content.decode("cp1252", errors="replace")
    if any(sign < " " and sign not in "\t\r\n" for sign in text) or "\ufffd" in text or "\x7f" in text:
        raise UploadRefused(t("Filens innehåll är inte av det slag som namnet säger."))
    return text.encode()
