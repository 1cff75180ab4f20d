"""Swedish words for the parts of the measures that are either-or."""

from __future__ import annotations

STATISTICS_LABELS: dict[str, dict[str, str]] = {
    "figure": {
        "same_day": "Samma dag",
        "later": "Senare",
        "not_yet": "Inte bekräftad",
        "reached": "Nådda",
        "not_reached": "Inte nådda",
        "with_child": "Barn berörs",
        "without_child": "Inga barn kända",
        "kept": "I tid",
        "late": "För sent",
    },
}
