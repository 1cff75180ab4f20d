"""The English of the pages that show the processes, by the Swedish sentence."""

from __future__ import annotations

DIAGRAMS: dict[str, str] = {
    "Så arbetar vi, steg för steg. Nya ärenden följer den publicerade versionen.": (
        "How we work, step by step. New cases follow the published version."
    ),
    "publicerad {day}": "published {day}",
    "version": "version",
    "Inga processer är publicerade": "No processes are published",
    "Hämta som BPMN": "Download as BPMN",
    "Diagrammet kan inte visas. Stegen står i listan nedanför.": (
        "The diagram cannot be shown. The steps are in the list below."
    ),
    "Diagram över {title}; stegen står i listan nedanför": "Diagram of {title}; the steps are in the list below",
    "Diagrammet behöver JavaScript. Stegen står i listan nedanför.": (
        "The diagram needs JavaScript. The steps are in the list below."
    ),
    "Stegen, enhet för enhet": "The steps, unit by unit",
    "Utan enhet": "Without a unit",
    "Inga uppgifter för människor här.": "No tasks for people here.",
    "Delar med egna diagram": "Parts with diagrams of their own",
}
