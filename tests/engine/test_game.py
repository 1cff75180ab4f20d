"""The quick game that proves rules comes into exactly the situations that the engine itself comes into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from processes.diagrams.files import files_of_process, read_folder, startable_keys
from processes.engine import Bundle, parse_bundle
from processes.engine.drawing import Drawing
from processes.engine.exploration import _Explorer
from processes.engine.game import Game
from processes.engine.game_board import board_of
from processes.engine.game_pieces import Happening, Situation
from processes.engine.oracle import Action, OracleInstance
from processes.engine.proof import prove
from processes.engine.reading import read_files
from tests.city import DIAGRAMS
from tests.engine.drawn import Drawn, bundle_of, files_of
from tests.engine.offices import office, presence

FILES = read_folder(DIAGRAMS)
DRAWINGS = read_files(FILES, "").drawings
LARGE = "avhysning-kronofogden"
"""The engine would take minutes to come into all its situations; chance tries some, and its parts are tried alone."""
KEYS = [key for key in startable_keys(FILES) if key in DRAWINGS and key != LARGE]
PARTS = [
    "mottagning",
    "narvaro",
    "nycklar",
    "stod-infor-avhysning",
    "bevaka-avhysningsdag",
    "avslut-avhysning",
]

Standing = tuple[tuple[tuple[str, str], ...], bool]
"""What can happen next, and whether the process is over."""


class Nobody:
    """Watches without knowing anything."""

    start = ()

    def see(self, memory: Any, _happening: Happening) -> Any:
        return memory

    def facts(self, _memory: Any) -> Mapping[str, str]:
        return {}


def by_the_engine(bundle: Bundle) -> tuple[Counter[Standing], frozenset[str]]:
    """Every situation as the engine sees it, and the steps that it passes."""
    explorer = _Explorer(bundle, 1_000)
    found = explorer.explore()
    assert not found.truncated
    seen = [(_named(state.possible), state.finished) for state in explorer._seen.values()]
    return Counter(seen), found.covered


def _named(actions: list[Action]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(action.kind, action.name) for action in actions}))


def by_the_game(drawings: Mapping[str, Drawing], key: str) -> tuple[Counter[Standing], frozenset[str]]:
    game = Game(board_of(drawings, key), Nobody())
    seen: set[Situation] = set()
    passed: set[str] = set()
    waiting = game.begin()
    while waiting:
        turn = waiting.pop()
        passed |= set(turn.passed)
        if turn.situation not in seen:
            seen.add(turn.situation)
            for move in game.moves(turn.situation):
                waiting += game.play(turn.situation, (), move)
    standing = [
        (tuple(sorted({(move.kind, move.name) for move in game.moves(one)})), not one.tokens) for one in seen
    ]
    return Counter(standing), frozenset(passed)


@pytest.mark.parametrize("key", [*KEYS, *PARTS])
def test_the_game_and_the_engine_come_into_the_same_situations(key: str) -> None:
    bundle = parse_bundle(key, files_of_process(FILES, key))
    assert by_the_game(DRAWINGS, key) == by_the_engine(bundle)


def drawings_of(*drawn: Drawn) -> Mapping[str, Drawing]:
    return read_files(files_of(*drawn), "").drawings


def several_borders() -> list[Drawn]:
    """A call and a task with events of every kind on their borders, and a join that one of two branches reaches."""
    top = Drawn().start().par("dela", "samla").user("a", "efter", "sist", "ovrigt").call("c", "inre").end()
    top.message("avbrott", "klart", on="c").message("knack", "hej", on="a", interrupting=False)
    top.timer("dag", "date_of_it", on="a", interrupting=False).end("s2").end("s3").end("s4", terminate=True)
    top.flow("start", "dela", "a", "samla", "slut").flow("dela", "c", "samla").flow("avbrott", "efter", "s4")
    top.flow("knack", "sist", "s2").flow("dag", "ovrigt", "s3")
    inner = Drawn("inre").start("start2").xor("x", default="f_x").user("d").end("slut2").end("slut3")
    inner.flow("start2", "x").flow("x", "d", "slut2", when="yes").flow("x", "slut3", flow_id="f_x")
    return [top, inner]


def three_at_once() -> list[Drawn]:
    """Three branches that are joined, behind a choice that an automatic step lets be made anew."""
    drawn = (
        Drawn().start().xor("x", default="f_x").service("gor").xor("y", default="f_y").par("dela", "samla")
    )
    drawn.user("a", "b", "c", "d").end().end("s2").end("s3")
    drawn.flow("start", "x").flow("x", "gor", "y", when="child").flow("x", "s2", flow_id="f_x")
    drawn.flow("y", "dela", "a", "samla", "d", "slut", when="child").flow("y", "s3", flow_id="f_y")
    return [drawn.flow("dela", "b", "samla").flow("dela", "c", "samla")]


@pytest.mark.parametrize(
    "drawn",
    [[office(), presence()], several_borders(), three_at_once()],
    ids=["office", "borders", "three"],
)
def test_they_agree_about_borders_joins_and_crowds(drawn: list[Drawn]) -> None:
    assert by_the_game(drawings_of(*drawn), "prov") == by_the_engine(bundle_of(*drawn))


def test_chance_never_leads_the_engine_where_the_game_does_not_come() -> None:
    standing, passed = by_the_game(DRAWINGS, LARGE)
    bundle = parse_bundle(LARGE, files_of_process(FILES, LARGE))
    for seed in range(2):
        chance = Random(seed)  # noqa: S311  # chance for a test
        instance, _choices = OracleInstance.begin(bundle, chance.randrange)
        for _ in range(15):
            possible = instance.possible()
            assert (_named(possible), instance.is_finished) in standing
            if not possible:
                break
            instance.take(chance.choice(possible), chance.randrange)
        assert {step.step_id for step in instance.passed} <= passed


def test_a_process_that_goes_round_by_itself_is_not_followed_for_ever() -> None:
    drawn = Drawn().start().user("a").xor("x").service("y").end().flow("start", "a", "x", "y", "x")
    game = Game(board_of(drawings_of(drawn), "prov"), Nobody())
    [turn] = game.begin()
    [move] = game.moves(turn.situation)
    assert [one.stuck_at is not None for one in game.play(turn.situation, (), move)] == [True]


def test_a_budget_that_is_too_small_is_admitted() -> None:
    found = prove(board_of(DRAWINGS, LARGE), Nobody(), lambda _memory: None, most_situations=50)
    assert found.is_exhausted
    assert found.seen is None
