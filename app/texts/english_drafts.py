"""English for drafts of forms."""

from __future__ import annotations

DRAFTS = {
    "Ditt utkast från {when} är hämtat.": "Your draft of {when} is shown.",
    "Formuläret visar utkastet som {name} lämnade {when}.": "The form shows the draft that {name} left {when}.",
    "Hämta utkastet": "Fetch the draft",
    "Kasta utkastet": "Throw the draft away",
    "Spara utkast": "Save draft",
    "Utkast sparat": "Draft saved",
    "Utkastet kunde inte sparas. Det du skrev står kvar här: stäng inte sidan.": (
        "The draft could not be saved. What you wrote is still here: do not close the page."
    ),
    "Utkastet är borttaget.": "The draft is removed.",
    "Utkastet är sparat. Du kan fortsätta när du vill.": "The draft is saved. You can go on whenever you like.",
    "{name} lämnade ett utkast {when}.": "{name} left a draft {when}.",
}
