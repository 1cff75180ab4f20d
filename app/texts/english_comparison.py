"""The English of the pages that hold versions of the processes beside each other, by the Swedish sentence."""

from __future__ import annotations

COMPARISON: dict[str, str] = {
    "Jämför": "Compare",
    "Jämför versioner": "Compare versions",
    "Före": "Before",
    "Efter": "After",
    "med": "with",
    "Utgåva {number}": "Release {number}",
    "Utgåvor": "Releases",
    "Förslag": "Proposals",
    "Förslaget ”{title}”": "The proposal “{title}”",
    "Version": "Version",
    "Versioner av {title}": "Versions of {title}",
    "{title}, version {version}": "{title}, version {version}",
    "Förslaget utgår från utgåva {base}, men utgåva {number} är publicerad sedan dess.": (
        "The proposal starts from release {base}, but release {number} has been published since."
    ),
    "Jämför med det som är publicerat nu": "Compare with what is published now",
    "Välj två att jämföra": "Choose two to compare",
    "Vilka två utgåvor eller förslag som helst kan ställas bredvid varandra.": (
        "Any two releases or proposals can be held beside each other."
    ),
    "Inget skiljer": "No difference",
    "De betyder detsamma, även om filerna kan vara skrivna på olika sätt.": (
        "They mean the same, even if the files may be written in different ways."
    ),
    "Processer som skiljer": "Processes that differ",
    "Tillagd": "Added",
    "Borttagen": "Removed",
    "Ändrad": "Changed",
    "Flyttad": "Moved",
    "tillagt": "added",
    "borttaget": "removed",
    "ändrat": "changed",
    "flyttat på ritningen": "moved in the drawing",
    "Visa på ritningen": "Show in the drawing",
    "Ändringar i {file}": "Changes in {file}",
    "Ändring": "Change",
    "{count} steg och linjer är bara ritade på ett annat sätt": "{count} steps and lines are only drawn differently",
    "1 steg eller linje är bara ritad på ett annat sätt": "1 step or line is only drawn differently",
    "Diagrammet kan inte visas. Ändringarna står i ord.": (
        "The diagram cannot be shown. The changes are told in words."
    ),
    "Ritningen före ändringarna": "The drawing before the changes",
    "Ritningen efter ändringarna": "The drawing after the changes",
    "Ritningen behöver JavaScript. Ändringarna står i ord.": (
        "The drawing needs JavaScript. The changes are told in words."
    ),
}
