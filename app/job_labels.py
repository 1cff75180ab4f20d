"""Swedish words for what the worker does by itself."""

from __future__ import annotations

JOB_LABELS: dict[str, dict[str, str]] = {
    "job": {
        "timers": "Tidsbevakning",
        "reminders": "Påminnelser",
        "digest": "Daglig sammanställning",
        "mail": "E-post",
        "releases": "Utgåvor som börjar gälla",
        "rests": "Vilande uppgifter",
        "new_day": "Dagens genomgång av ärenden",
        "old_files": "Bortkastning av importfiler som ingen har tagit in",
        "log_check": "Kontroll av loggarna",
        "findings": "Sökning efter det som har fastnat",
        "task_counts": "Räkning av öppna uppgifter",
        "month_figures": "Räkning för statistiken",
        "examinations": "Kontroll av ändringsförslag",
    },
}
