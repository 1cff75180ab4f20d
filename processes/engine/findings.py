"""What exploring a process shows to be wrong with it, as Swedish sentences with the shortest way to each."""

from __future__ import annotations

from collections.abc import Mapping

from processes.engine.bundle import Bundle
from processes.engine.exploration import Finding, explore
from processes.engine.outline import outline_of
from processes.engine.refusals import Refusal, refusals_in


def findings_in(files: Mapping[str, bytes], key: str) -> list[Refusal]:
    """Situations in which the process stands still, can never end or fails by itself; empty for a sound process.

    The process is explored by itself; those that it calls are asked about with their own key. A process that the engine
    refuses has no findings: its refusals come first.
    """
    if refusals_in(files, key):
        return []
    bundle = outline_of(key, files)
    found = explore(bundle)
    file = f"{key}/{key}.bpmn"
    told = [(one, "Ärendet kan bli stående, och ingenting kan föra det vidare") for one in found.standstills]
    told += [(one, "Processen kan hamna där den aldrig kan ta slut") for one in found.hopeless]
    told += [(one, "Ett steg som systemet utför själv kan inte utföras") for one in found.failures]
    refusals = [Refusal(_place(bundle, one), f"{text}: {_way(one)}.", file) for one, text in told]
    if found.truncated:
        refusals.append(
            Refusal(key, "Processen har för många lägen för att kunna prövas; dela upp den.", file)
        )
    return refusals


def _place(bundle: Bundle, finding: Finding) -> str:
    return next((step for step in finding.steps if step in bundle.steps), bundle.key)


def _way(finding: Finding) -> str:
    return ", ".join(finding.path) or "redan från början"
