"""Says what remains before a proposal can be published, and in which order to see to it."""

from __future__ import annotations

from dataclasses import dataclass

from processes.diagrams.examination import Examination
from processes.diagrams.problems import errors
from processes.models import ProcessDraft
from processes.queries.examinations import find_examined
from processes.queries.process_drafts import (
    Transaction,
    changed_files,
    files_of_draft,
    newest_release,
)
from processes.queries.releases import find_waiting_release


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a proposal has come."""

    remains: tuple[str, ...]
    """What must be put right before it can be sent, approved or published, in the order to see to it: nothing_changed,
    behind, unsettled, not_examined or being_examined, errors, rules, scenarios. Empty: it may go on."""
    examination: Examination | None
    """What checking exactly these files showed; None while that is not known."""
    unsettled: tuple[str, ...]
    """Files of which somebody must say which is to hold: the proposal's or the published one."""
    newest: int
    """The number of the release in use."""
    waiting: int | None
    """The number of a release that waits for its instant; nothing is published until then."""

    @property
    def unproven(self) -> tuple[str, ...]:
        """Legal rules that hold as far as the checks can see, but are not proven on every way, in Swedish."""
        rules = self.examination.rules if self.examination is not None else ()
        return tuple(dict.fromkeys(rule.sentence for rule in rules if rule.status == "approximate"))


def readiness_of(work: Transaction, draft: ProcessDraft) -> Readiness:
    """What remains for the proposal as its files are now."""
    changed = changed_files(work, draft)
    unsettled = tuple(path for path, row in changed.items() if row.is_unsettled)
    newest, waiting = newest_release(work), find_waiting_release(work)
    examined = find_examined(work.session, files_of_draft(work, draft))
    is_known = examined is not None and examined.examined_at is not None
    examination = Examination.from_json(examined.result) if examined is not None and is_known else None
    asked = {
        "nothing_changed": not changed,
        "behind": newest is not None and newest.id != draft.base_id,
        "unsettled": bool(unsettled),
        "not_examined": examined is None,
        "being_examined": examined is not None and not is_known,
        **_of_examination(examination),
    }
    return Readiness(
        remains=tuple(what for what, remains in asked.items() if remains),
        examination=examination,
        unsettled=unsettled,
        newest=newest.number if newest is not None else 0,
        waiting=waiting.number if waiting is not None else None,
    )


def _of_examination(examination: Examination | None) -> dict[str, bool]:
    if examination is None:
        return {}
    return {
        "errors": bool(errors(list(examination.problems))),
        "rules": any(rule.status in ("broken", "unproven") for rule in examination.rules),
        "scenarios": not all(scenario.ok for scenario in examination.scenarios),
    }
