"""The English of what is said about a file that cannot be taken."""

from __future__ import annotations

UPLOADS: dict[str, str] = {
    "Filen kan inte tas emot": "The file cannot be taken",
    "Välj en fil, och bara en.": "Choose one file, and only one.",
    "Filen är för stor. Den får vara högst {most} MB.": "The file is too large. It may be {most} MB at most.",
    "Filen är tom.": "The file is empty.",
    "Filens innehåll är inte av det slag som namnet säger.": "What the file contains is not what its name says.",
    "Filens namn ska sluta med {endings}.": "The file's name must end in {endings}.",
    "Byt namn på filen: använd bara bokstäver, siffror, mellanslag, punkt och bindestreck.": (
        "Rename the file: use only letters, digits, spaces, full stops and hyphens."
    ),
    "Filen är inte skriven i UTF-8.": "The file is not written in UTF-8.",
}
