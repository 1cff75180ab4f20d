"""Swedish words of the workshop: how far a proposal has come, what was done with it, and what its files are."""

from __future__ import annotations

WORKSHOP_LABELS: dict[str, dict[str, str]] = {
    "proposal": {
        "open": "Ändras",
        "sent": "Väntar på godkännande",
        "approved": "Godkänt",
        "published": "Publicerat",
        "discarded": "Kastat",
    },
    "proposal_step": {
        "created": "började förslaget",
        "saved": "sparade",
        "removed": "tog bort",
        "undone": "ångrade ändringen av",
        "restored": "tog tillbaka en tidigare version av",
        "uploaded": "laddade upp",
        "translated": "fick översatt",
        "settled": "avgjorde vad som ska gälla i",
        "updated": "hämtade in utgåva",
        "sent": "skickade för godkännande",
        "returned": "lämnade tillbaka",
        "withdrawn": "tog tillbaka för att ändra",
        "approved": "godkände",
        "published": "publicerade som utgåva",
        "called_off": "stoppade utgåva",
        "discarded": "kastade förslaget",
        "reopened": "tog upp förslaget igen",
    },
    "remains": {
        "nothing_changed": "Ingenting är ändrat än. Öppna en fil och ändra den, eller ladda upp en.",
        "behind": "En ny utgåva har publicerats sedan förslaget började. Hämta in den, så att inget försvinner.",
        "unsettled": "Samma filer har ändrats i en nyare utgåva. Jämför och välj vad som ska gälla.",
        "not_examined": "Förslaget är inte kontrollerat som det är nu.",
        "being_examined": "Förslaget kontrolleras just nu. Det tar ungefär en minut.",
        "errors": "Kontrollen hittade fel som måste rättas.",
        "rules": "En eller flera lagregler följs inte på alla vägar.",
        "scenarios": "Ett eller flera scenarier går inte som de ska.",
    },
    "file_kind": {
        "diagram": "Diagram",
        "form": "Formulär",
        "letter": "Brev",
        "table": "Beslutstabell",
        "scenario": "Scenario",
        "readme": "Beskrivning",
    },
    "file_change": {"changed": "Ändrad", "added": "Ny", "removed": "Borttagen"},
}
