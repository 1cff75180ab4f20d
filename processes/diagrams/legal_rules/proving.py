"""Tries each legal rule on every way through its process, and says what was found and how far that reaches."""

from __future__ import annotations

import itertools
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Final

from processes.diagrams.files import files_of_process
from processes.diagrams.legal_rules.answers import answers_at, not_offered
from processes.diagrams.legal_rules.happenings import What
from processes.diagrams.legal_rules.patterns import Gate, GateOnClass, Lane, Places, Watched
from processes.diagrams.legal_rules.result import RuleResult
from processes.diagrams.legal_rules.rule import EVERYWHERE, LegalRule
from processes.diagrams.legal_rules.watching import Memory, RuleWatcher
from processes.diagrams.names import Names
from processes.diagrams.shelf import Shelf
from processes.engine import version_of
from processes.engine.drawing import Drawing, Node
from processes.engine.game_board import Board, board_of
from processes.engine.path import PathStep
from processes.engine.proof import Proof, prove
from processes.engine.readings import written
from processes.engine.refusals import is_too_large, refusals_of

MOST_SITUATIONS: Final = 10_000
"""Situations in which a rule is tried at most, in each of the worlds it speaks of; a few seconds' work."""
MOST_KEPT: Final = 2_000
_KNOWN: OrderedDict[tuple[str, str], RuleResult] = OrderedDict()
"""What was found of a rule on the files of its process: unchanged processes are not tried again."""
_LOCK = Lock()


def prove_rules(shelf: Shelf, names: Names, rules: Iterable[LegalRule]) -> list[RuleResult]:
    """Every rule with what was found, in the order of the rules."""
    versions: dict[str, str] = {}
    refused: dict[str, frozenset[str]] = {}
    found = []
    for rule in rules:
        key = rule.process
        if key not in versions:
            files = dict(shelf.files) if key == EVERYWHERE else files_of_process(shelf.files, key)
            versions[key] = version_of(files)
            refused[key] = frozenset() if key == EVERYWHERE else _refused(shelf, key)
        found.append(_known(shelf, names, rule, versions[key], refused=refused[key]))
    return found


def _refused(shelf: Shelf, key: str) -> frozenset[str]:
    """The processes behind `key` that cannot be played as they are drawn; all, if one is too large to be looked at."""
    drawings = shelf.used_by(key)
    if any(is_too_large(drawing) for drawing in drawings):
        return frozenset(drawing.key for drawing in drawings)
    refusals = refusals_of(replace(shelf.reading, key=key, broken={}, repeated=()))
    files = {one.file for one in refusals}
    return frozenset(drawing.key for drawing in drawings if drawing.file in files)


def _known(
    shelf: Shelf, names: Names, rule: LegalRule, version: str, *, refused: frozenset[str]
) -> RuleResult:
    place = (repr(rule), version)
    with _LOCK:
        if place in _KNOWN:
            _KNOWN.move_to_end(place)
            return _KNOWN[place]
    result = _tried(shelf, names, rule, refused=refused)
    with _LOCK:
        _KNOWN[place] = result
        while len(_KNOWN) > MOST_KEPT:
            _KNOWN.popitem(last=False)
    return result


def _tried(shelf: Shelf, names: Names, rule: LegalRule, *, refused: frozenset[str]) -> RuleResult:
    if isinstance(rule.pattern, Gate | GateOnClass | Lane):
        return _read_off(shelf, rule, rule.pattern)
    if rule.process not in shelf.reading.drawings:
        return _not_tried(rule, f"Processen {rule.process} finns inte.")
    return _played(shelf, names, rule, rule.pattern, refused)


def _not_tried(rule: LegalRule, why: str) -> RuleResult:
    return RuleResult(rule.key, rule.sentence, rule.source, "unproven", rule.process, why)


# Rules that are read off the drawing


def _read_off(shelf: Shelf, rule: LegalRule, pattern: Gate | GateOnClass | Lane) -> RuleResult:
    there = {node.id: (drawing, node) for drawing in shelf.drawings for node in drawing.nodes}
    missing = [step for step in pattern.steps if step not in there]
    if missing:
        return _not_tried(rule, f"Steget {missing[0]} finns inte; regeln kan inte prövas utan det.")
    tasks = [one for one in there.values() if one[1].kind == "userTask"]
    concerned = [one for one in tasks if _concerns(pattern, one[1])]
    for drawing, node in concerned:
        fault = _fault(pattern, node)
        if fault:
            return RuleResult(
                rule.key, rule.sentence, rule.source, "broken", drawing.key, fault, node.id,
                (PathStep(fault, drawing.key, node.id),),
            )  # fmt: skip
    note = f"Läst i ritningen: {len(concerned)} steg."
    return RuleResult(rule.key, rule.sentence, rule.source, "proven", rule.process, note)


def _concerns(pattern: Gate | GateOnClass | Lane, node: Node) -> bool:
    if isinstance(pattern, GateOnClass) and node.properties.get("klass") in pattern.classes:
        return True
    return node.id in pattern.steps


def _fault(pattern: Gate | GateOnClass | Lane, node: Node) -> str:
    if isinstance(pattern, Lane):
        return (
            ""
            if node.lane == pattern.lane
            else f"”{node.name}” ligger i banan {node.lane}, inte {pattern.lane}."
        )
    if pattern.gate in node.properties.get("gate", "").split():
        return ""
    return f"”{node.name}” saknar spärren {pattern.gate}."


# Rules that are played


_MUST_BE_MENDED: Final = "Processen har fel som måste rättas innan den kan prövas."


def _played(
    shelf: Shelf, names: Names, rule: LegalRule, pattern: Watched, refused: frozenset[str]
) -> RuleResult:
    drawings = shelf.used_by(rule.process)
    places: Places = {
        what: frozenset(
            node.id for drawing in drawings for node in drawing.nodes if what.is_in(shelf, drawing, node)
        )
        for what in pattern.mentioned()
    }
    for what in pattern.must_be_there():
        if what.kind != "message" and not places[what]:
            return _not_tried(rule, f"Det som regeln handlar om ({what.name}) finns inte i processen.")
    impossible = _impossible(shelf, drawings, pattern.mentioned())
    if impossible:
        return _not_tried(rule, impossible)
    follow = {*rule.follow, *(name for what in pattern.mentioned() for name in what.answers)}
    concerned = frozenset().union(*places.values(), rule.until.values())
    closed = _closed(shelf, drawings, concerned, follow) - {rule.process}
    if refused & ({drawing.key for drawing in drawings} - closed):
        return _not_tried(rule, _MUST_BE_MENDED)
    board = board_of(shelf.reading.drawings, rule.process, closed=closed)
    answers = answers_at(shelf, board, follow, names, pattern.mentioned())
    situations = 0
    for given in _worlds(rule):
        watcher = RuleWatcher(rule, pattern, places, board, given)
        proof = prove(board, watcher, _objection, answers=answers, most_situations=MOST_SITUATIONS)
        situations += proof.situations
        if proof.seen is not None or proof.is_exhausted:
            return _not_proven(rule, board, proof)
    note = f"Prövad i alla {situations} lägen som processen kan komma i."
    return RuleResult(rule.key, rule.sentence, rule.source, "proven", rule.process, note)


def _worlds(rule: LegalRule) -> list[dict[str, str]]:
    """The given facts, each value as text; once for each value of a fact that is given several."""
    choices = {name: value if isinstance(value, tuple) else (value,) for name, value in rule.given.items()}
    return [
        {name: written(value) for name, value in zip(choices, values, strict=True)}
        for values in itertools.product(*choices.values())
    ]


def _impossible(shelf: Shelf, drawings: Sequence[Drawing], mentioned: Iterable[What]) -> str:
    """An answer that the rule speaks of and no form offers; the rule would hold without saying anything."""
    for what in mentioned:
        for drawing in drawings:
            node = drawing.by_id.get(what.name) if what.kind == "step" else None
            missing = not_offered(shelf.form_of(drawing, node), what.answers) if node is not None else ""
            if missing:
                return f"Formuläret till ”{what.name}” har inte svaret {missing} som regeln handlar om."
    return ""


def _objection(memory: Memory) -> tuple[str, ...] | None:
    return memory.objection


def _closed(
    shelf: Shelf, drawings: Sequence[Drawing], concerned: frozenset[str], follow: set[str]
) -> frozenset[str]:
    """The processes into which nobody needs to look: nothing that the rule is about lies in them or behind them."""
    open_ones = {
        drawing.key
        for drawing in drawings
        if any(_matters(shelf, drawing, node, concerned, follow) for node in drawing.nodes)
    }
    return frozenset(
        drawing.key
        for drawing in drawings
        if not any(other.key in open_ones for other in shelf.used_by(drawing.key))
    )


def _matters(shelf: Shelf, drawing: Drawing, node: Node, concerned: frozenset[str], follow: set[str]) -> bool:
    if node.id in concerned:
        return True
    form = shelf.form_of(drawing, node) if node.kind == "userTask" and follow else None
    return form is not None and bool(follow & form.scalar_names)


def _not_proven(rule: LegalRule, board: Board, proof: Proof) -> RuleResult:
    if proof.seen is None:
        return _not_tried(
            rule, f"Processen har för många lägen: {proof.situations} är prövade, men inte alla."
        )
    element = proof.seen[0]
    square = board.squares[element]
    end = PathStep(f"Här bryts regeln: {rule.sentence}", square.process, element)
    return RuleResult(
        rule.key, rule.sentence, rule.source, "broken" if proof.is_exact else "approximate",
        square.process, _reach(proof), element, (*proof.path, end),
    )  # fmt: skip


def _reach(proof: Proof) -> str:
    said = []
    if not proof.is_exact:
        said.append("Ett villkor på vägen gick inte att läsa; skriv det enklare, så att regeln kan prövas.")
    if proof.assumes:
        said.append(f"Vägen förutsätter att ärendet kan svara så här: {'; '.join(proof.assumes)}.")
    return " ".join(said)
