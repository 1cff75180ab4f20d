"""The editor of a letter: the template as text, and beside it the letter as somebody fictional would get it."""

from __future__ import annotations

from app.editing import OpenFile
from processes.diagrams.letter_text import LetterText, read_letter
from processes.typesetting import Document, to_pdf

MEANINGS: dict[str, tuple[str, str]] = {
    "mottagare": ("Mottagarens namn", "Påhittad Person"),
    "adress": ("Mottagarens adress", "Provgatan 1, 417 00 Göteborg"),
    "datum": ("Dagen då brevet skrivs", "2 mars 2026"),
    "arendenummer": ("Ärendets nummer", "2026-00001"),
    "forvaltning": ("Förvaltningens namn", "Socialförvaltningen Hisingen"),
    "handlaggare": ("Ansvarig handläggare", "Påhittad Handläggare"),
    "handlaggare_telefon": ("Handläggarens telefon", "031-000 00 00"),
    "bostadens_adress": ("Bostadens adress, bara till utomstående", "Provgatan 1, lägenhet 1101"),
    "hyresvard": ("Hyresvärdens namn", "Exempelbo AB"),
    "inkom_datum": ("Dagen då underrättelsen kom in", "27 februari 2026"),
    "kfm_malnummer": ("Kronofogdens målnummer", "U-0000-26"),
    "avhysningsdatum": ("Dagen för avhysningen", "12 mars 2026"),
    "avhysningstid": ("Avhysningens klockslag", "klockan 10.00"),
    "egna_ord": ("Det som handläggaren själv skriver", "Här står det som handläggaren har skrivit."),
}
"""What each placeholder stands for, and what stands there in the preview; all of it is made up."""


def sample_letter(file: OpenFile) -> LetterText:
    """The letter with everything filled in, to somebody who does not exist."""
    return read_letter(file.text, {name: sample for name, (_, sample) in MEANINGS.items()})


def sample_pdf(file: OpenFile) -> bytes:
    """The same as it is printed."""
    letter = sample_letter(file)
    return to_pdf(
        Document(
            title=letter.title,
            language="sv",
            sender=MEANINGS["forvaltning"][1],
            recipient_lines=letter.recipient_lines,
            date_line=MEANINGS["datum"][1],
            blocks=letter.blocks,
            reference="Förhandsvisning med påhittade uppgifter",
        )
    )
