"""Measure a: how long completing a task takes, through the pages and without them, beside the least it could cost."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from app import create_app
from benchmarks.cases import WorkedCase, caseworker, chapter_6, chapter_7
from benchmarks.figures import Figure, Measured, milliseconds, percentile
from benchmarks.ground import Ground
from benchmarks.lower_bound import BareDatabase, Bound, engine_listened_to
from benchmarks.programs import serving
from benchmarks.tally import Tally, counted
from benchmarks.visitor import InsideLine, KeptLine, Visitor
from processes.actions.tasks import claim_task, complete_task

WHO = ("siv", "anna", "eva")
Seconds = dict[str, list[float]]


@dataclass
class Timed:
    """How long each step took, by the step's name."""

    through_http: Seconds = field(default_factory=lambda: defaultdict(list))
    action_only: Seconds = field(default_factory=lambda: defaultdict(list))
    engine: Seconds = field(default_factory=lambda: defaultdict(list))
    bare: Seconds = field(default_factory=lambda: defaultdict(list))
    bound: Seconds = field(default_factory=lambda: defaultdict(list))


@dataclass
class Counted:
    """What one completion of each step sent to the database, and its lower bound."""

    request: dict[str, Tally] = field(default_factory=dict)
    action: dict[str, Tally] = field(default_factory=dict)
    bounds: dict[str, Bound] = field(default_factory=dict)


def measure_completing(ground: Ground, *, rounds: int) -> Measured:
    """Complete thirteen tasks in each round: through the pages, without them, and their lower bounds."""
    counts, timed = _count(ground), Timed()
    with serving(ground.environment) as (_program, port, _), _bare(ground.url) as bare:
        lines = {who: KeptLine(port) for who in WHO}
        visitors = {who: Visitor(line).sign_in(who, ground.password) for who, line in lines.items()}
        _through_http(ground, visitors, Timed())  # the first round warms up
        for visitor in visitors.values():
            visitor.seconds.clear()
        for _ in range(rounds):
            _through_http(ground, visitors, timed)
            _action_only(ground, timed)
            _lower_bounds(counts, bare, timed)
        others = {
            kind: milliseconds([one for visitor in visitors.values() for one in visitor.seconds[kind]])
            for kind in ("open", "claim")
        }
        for line in lines.values():
            line.close()
    return _told(ground, counts, timed, others)


@contextmanager
def _bare(url: str) -> Iterator[BareDatabase]:
    bare = BareDatabase(url)
    try:
        yield bare
    finally:
        bare.close()


def _cases(ground: Ground) -> tuple[WorkedCase, ...]:
    return chapter_6(ground), chapter_7(ground)


def _name(case: WorkedCase, step: str) -> str:
    return f"{step} ({'6' if len(case.turns) > 5 else '7'})"


def _count(ground: Ground) -> Counted:
    """Complete each step three times in this process: to warm up, counted in the pages, and counted without them."""
    counts, app = Counted(), create_app(ground.runtime)
    visitors = {who: Visitor(InsideLine(app)).sign_in(who, ground.password) for who in WHO}
    for is_warm in (False, True):
        for case in _cases(ground):
            for turn in case.turns:
                visitor, task_id = visitors[turn.who], case.task(turn)
                fields = visitor.prepare(task_id, case.answers(turn))
                with counted(ground.runtime.engine) as tally:
                    visitor.complete(task_id, fields)
                if is_warm:
                    counts.request[_name(case, turn.step)] = tally
    for case in _cases(ground):
        for turn in case.turns:
            name = _name(case, turn.step)
            with engine_listened_to() as lives, counted(ground.runtime.engine) as tally:
                _claimed_and_completed(case, turn.step, tally)
            counts.action[name] = tally
            counts.bounds[name] = Bound([life for life in lives if life.has_moved], tally.rows)
    return counts


def _claimed_and_completed(case: WorkedCase, step: str, tally: Tally | None = None) -> float:
    """Claim the task, and complete it in a transaction of its own; answers how long that one took."""
    runtime, ground = case.ground.runtime, case.ground
    [turn] = [turn for turn in case.turns if turn.step == step]
    task_id, answers = case.task(turn), case.answers(turn)
    with runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=caseworker(ground, work, turn.who))
    if tally is not None:
        tally.begin_anew()
    started = time.perf_counter()
    with runtime.transaction() as work:
        who = caseworker(ground, work, turn.who)
        complete_task(work, task_id=task_id, caseworker=who, answers=answers)
    return time.perf_counter() - started


def _through_http(ground: Ground, visitors: Mapping[str, Visitor], timed: Timed) -> None:
    for case in _cases(ground):
        for turn in case.turns:
            visitor, task_id = visitors[turn.who], case.task(turn)
            fields = visitor.prepare(task_id, case.answers(turn))
            timed.through_http[_name(case, turn.step)].append(visitor.complete(task_id, fields))


def _action_only(ground: Ground, timed: Timed) -> None:
    for case in _cases(ground):
        for turn in case.turns:
            timed.action_only[_name(case, turn.step)].append(_claimed_and_completed(case, turn.step))


def _lower_bounds(counts: Counted, bare: BareDatabase, timed: Timed) -> None:
    for name, bound in counts.bounds.items():
        engine, transaction = bound.engine_seconds(), bound.transaction_seconds(bare)
        timed.engine[name].append(engine)
        timed.bare[name].append(transaction)
        timed.bound[name].append(engine + transaction)


def _all(seconds: Seconds) -> list[float]:
    return [one for each in seconds.values() for one in each]


def _told(ground: Ground, counts: Counted, timed: Timed, others: dict[str, Any]) -> Measured:
    http, action, bound = (_all(one) for one in (timed.through_http, timed.action_only, timed.bound))
    middle = percentile(bound, 50)
    statements = {name: len(tally.statements) for name, tally in counts.action.items()}
    most = max(statements, key=lambda name: statements[name])
    is_server = ground.dialect == "postgresql"
    figures = (
        Figure("a", "complete a task through HTTP, p50", percentile(http, 50) * 1000, "ms", 15 if is_server else None),
        Figure("a", "complete a task through HTTP, p95", percentile(http, 95) * 1000, "ms"),
        Figure("a", "the action alone with its commit, p50", percentile(action, 50) * 1000, "ms"),
        Figure("a", "lower bound (engine in memory + bare transaction), p50", middle * 1000, "ms"),
        Figure("a", "through HTTP / lower bound", percentile(http, 50) / middle, "×", 2),
        Figure("a", "the action alone / lower bound", percentile(action, 50) / middle, "×", 2),
        Figure("a", "SQL statements of an action, median", percentile([*statements.values()], 50), "", 15),
        Figure("a", f"SQL statements of an action, most ({most})", statements[most], "", 15),
        Figure("a", "commits of an action, most", max(one.commits for one in counts.action.values()), "", 1),
        Figure("a", "SQL statements of the whole request, median",
               percentile([len(one.statements) for one in counts.request.values()], 50)),
        Figure("a", "commits of the whole request, most", max(one.commits for one in counts.request.values())),
        Figure("a", "open the task's page, p50", others["open"]["p50_ms"], "ms"),
    )  # fmt: skip
    return Measured(figures, {"completions": len(http), **others, "steps": _by_step(counts, timed)})


def _by_step(counts: Counted, timed: Timed) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "through_http": milliseconds(timed.through_http[name]),
            "action_only": milliseconds(timed.action_only[name]),
            "engine": milliseconds(timed.engine[name]),
            "bare_transaction": milliseconds(timed.bare[name]),
            "processes_moved": len(bound.lives),
            "rows_written": len(bound.rows),
            "bytes_written": sum(bound.rows),
            "statements_of_action": len(counts.action[name].statements),
            "statements_of_request": len(counts.request[name].statements),
            "commits_of_action": counts.action[name].commits,
            "commits_of_request": counts.request[name].commits,
        }
        for name, bound in counts.bounds.items()
    }
