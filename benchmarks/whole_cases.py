"""Measure b: how many whole cases a second, every task of both checklists from the notice to the closed case."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import func, select

from benchmarks.figures import Figure, Measured
from benchmarks.ground import Ground
from benchmarks.stories import CHAPTERS, StoryBroken, play_once, stories_of
from processes.models import Case


def measure_whole_cases(ground: Ground, *, rounds: int) -> Measured:
    """Play every story that ends with a closed case, after one to warm up; one process, one case after the other."""
    figures: list[Figure] = []
    details: dict[str, Any] = {}
    for chapter in CHAPTERS:
        stories = stories_of(ground, chapter)
        play_once(ground, stories[0])
        closed, tasks, started = _closed(ground), 0, time.perf_counter()
        for _ in range(rounds):
            tasks += sum(play_once(ground, story) for story in stories)
        seconds = time.perf_counter() - started
        cases = rounds * len(stories)
        if _closed(ground) - closed < cases:
            raise StoryBroken(f"{chapter}: not every case was closed")
        figures.append(Figure("b", f"whole cases of {chapter} a second", cases / seconds, "/s"))
        figures.append(Figure("b", f"tasks of {chapter} a second, all else included", tasks / seconds, "/s"))
        details[chapter] = {
            "stories": [story.id for story in stories],
            "cases": cases,
            "tasks_completed": tasks,
            "seconds": round(seconds, 3),
        }
    return Measured(tuple(figures), details)


def _closed(ground: Ground) -> int:
    with ground.runtime.reading() as work:
        closed = select(func.count()).select_from(Case).where(Case.closed_at.is_not(None))
        return work.session.scalar(closed) or 0
