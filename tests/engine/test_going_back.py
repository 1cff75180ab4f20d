"""Going back to a step: only where nothing is left out, and the process can then still come to every end it could."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from processes.diagrams.files import files_of_process, read_folder
from processes.engine import Bundle, Instance, StepNotOpen, Unsound, parse_bundle
from processes.engine.exploration import _Explorer
from processes.engine.oracle import OracleInstance
from processes.engine.outline import outline_of
from processes.engine.random_walk import SilentStop
from tests.city import DIAGRAMS
from tests.engine.drawn import Case, Drawn, again, bundle_of, complete, day, open_steps, sketch
from tests.engine.offices import office, presence, rounds


def begun(*drawn: Drawn, case: Case | None = None) -> Instance:
    return Instance.start(bundle_of(*drawn), case or Case(), day(1))


def hindrance(instance: Instance, step_id: str) -> Unsound | None:
    return instance.way_back(step_id).hindrance


def test_a_line_of_steps_can_be_gone_back_and_walked_again():
    instance = begun(sketch("user a b c; start > a > b > c > slut"))
    complete(instance, "a")
    complete(instance, "b")
    instance.go_back("a", {}, day(2))
    assert open_steps(instance) == ["a"]
    instance = again(instance, Case())
    for step in "abc":
        complete(instance, step, day(3))
    assert instance.is_finished


def test_the_wrong_answer_is_forgotten_and_an_earlier_one_counts_again():
    instance = begun(
        sketch(
            "user a b c d; xor val else c; start > a > b > val; val > d > slut if rum == 1; val > c > slut"
        )
    )
    complete(instance, "a", rum=1)
    complete(instance, "b", rum=2, annat="ja")
    assert open_steps(instance) == ["c"]
    instance.go_back("b", {"rum": 1, "annat": None}, day(2))
    assert instance.answers == {"rum": 1, "annat": None}
    complete(instance, "b", day(3))
    assert open_steps(instance) == ["d"]


def test_a_step_before_a_split_takes_both_branches_with_it():
    instance = begun(
        sketch("user a b c d; par dela samla; start > a > dela > b > samla > d > slut; dela > c > samla")
    )
    complete(instance, "a")
    complete(instance, "b")
    instance.go_back("a", {}, day(2))
    assert open_steps(instance) == ["a"]
    for step in "abcd":
        complete(instance, step, day(3))
    assert instance.is_finished


def test_one_branch_is_gone_back_in_while_the_other_goes_on_but_not_once_they_have_met() -> None:
    drawn = sketch("user a b c d; par dela samla; start > a > dela > b > samla > d > slut; dela > c > samla")
    instance = begun(drawn)
    complete(instance, "a")
    complete(instance, "b")
    assert instance.way_back("b").region == {"b"}
    instance.go_back("b", {}, day(2))
    assert open_steps(instance) == ["b", "c"], "the token that waited at the join is taken back"
    complete(instance, "c")
    assert open_steps(instance) == ["b"], "the join waits for it"
    complete(instance, "b")
    beside = instance.way_back("b")
    assert (beside.hindrance, beside.beside) == (Unsound.BESIDE, ("d",))
    with pytest.raises(StepNotOpen, match="beside"):
        instance.go_back("b", {}, day(2))
    assert instance.way_back("a").region == {"a", "b", "c", "d", "dela", "samla", "slut"}


def test_a_step_whose_branches_have_partly_met_others_is_not_gone_back_to() -> None:
    drawn = sketch(
        "user a x y v w; par dela inne samla; start > dela > a > inne > x > samla > w > slut;"
        "inne > y > s2; dela > v > samla"
    )
    instance = begun(drawn)
    for step in ("a", "x", "v"):
        complete(instance, step)
    assert open_steps(instance) == ["w", "y"]
    assert hindrance(instance, "a") is Unsound.BESIDE, "what x led to has gone on with the other branch"


def test_of_two_tokens_behind_one_step_none_is_dropped() -> None:
    instance = begun(
        sketch("user a b; par dela; xor ihop; user c; start > dela > ihop > a > b > slut; dela > c > ihop")
    )
    for step in "aca":
        complete(instance, step)
    assert open_steps(instance) == ["b", "b"]
    assert hindrance(instance, "a") is Unsound.BRANCH


def test_a_branch_beside_a_step_is_not_lost_by_going_back():
    instance = begun(
        sketch("user a b sida; message m nytt beside a; start > a > b > slut; m > sida > s2"), case=Case()
    )
    instance.deliver("nytt", day(1))
    complete(instance, "a")
    assert hindrance(instance, "b") is Unsound.OPEN
    assert hindrance(instance, "a") is None, "both have come through it"
    complete(instance, "b")
    assert hindrance(instance, "b") is Unsound.BESIDE
    instance.go_back("a", {}, day(2))
    assert (open_steps(instance), instance.awaited_messages) == (["a"], frozenset({"nytt"}))
    instance.deliver("nytt", day(3))
    assert open_steps(instance) == ["a", "sida"], "the event on its border waits as before"


def test_dates_are_read_anew_when_a_step_is_entered_again():
    case = Case({"dagen": day(9).isoformat()})
    instance = begun(sketch("user a b; timer t dagen on a; start > a > b > slut; t > s2"), case=case)
    complete(instance, "a")
    case.facts["dagen"] = day(12).isoformat()
    instance.go_back("a", {}, day(2))
    assert [timer.due_at for timer in instance.timers] == [day(12)]


CALLING = "user a b; call inre inre; start > a > inre > b > slut"


def test_a_step_inside_a_running_call_is_gone_back_to_there():
    instance = begun(sketch(CALLING), sketch("user x y; start2 > x > y > slut2", "inre"))
    complete(instance, "a")
    complete(instance, "x")
    instance = again(instance, Case())
    instance.go_back("x", {}, day(2))
    assert open_steps(instance) == ["x"]
    for step in "xyb":
        complete(instance, step, day(3))
    assert instance.is_finished


def test_a_step_of_a_call_that_is_over_calls_it_again_without_what_came_before():
    case = Case()
    inner = sketch("service forst; user x y; start2 > forst > x > y > slut2", "inre")
    instance = begun(sketch("message bort bort on inre;" + CALLING + "; bort > b"), inner, case=case)
    for step in "axy":
        complete(instance, step)
    instance.go_back("y", {}, day(2))
    assert (open_steps(instance), instance.awaited_messages) == (["y"], frozenset({"bort"}))
    assert len(case.done) == 1, "what runs by itself before the step is not done twice"
    instance = again(instance, case)
    for step in "yb":
        complete(instance, step, day(3))
    assert instance.is_finished


def test_a_step_before_a_running_call_ends_the_call():
    instance = begun(
        sketch(CALLING),
        sketch("user x; call djup djup; start2 > djup > x > slut2", "inre"),
        sketch("user z; start3 > z > slut3", "djup"),
    )
    complete(instance, "a")
    instance.go_back("a", {}, day(2))
    assert open_steps(instance) == ["a"]
    for step in "azxb":
        complete(instance, step, day(3))
    assert instance.is_finished


def test_one_of_several_branches_of_a_call_that_is_over_stays_over():
    inner = sketch(
        "user x y z; par dela samla; start2 > dela > x > samla > z > slut2; dela > y > samla", "inre"
    )
    instance = begun(sketch(CALLING), inner)
    for step in "axyz":
        complete(instance, step)
    assert hindrance(instance, "x") is Unsound.BRANCH
    assert hindrance(instance, "z") is None
    instance.go_back("z", {}, day(2))
    for step in "zb":
        complete(instance, step, day(3))
    assert instance.is_finished


def test_a_branch_beside_a_step_of_a_call_that_is_over_stays_over():
    inner = sketch("user x sida; message m nytt beside x; start2 > x > slut2; m > sida > slut3", "inre")
    instance = begun(sketch(CALLING), inner)
    complete(instance, "a")
    instance.deliver("nytt", day(1))
    complete(instance, "sida")
    complete(instance, "x")
    assert hindrance(instance, "sida") is Unsound.BRANCH
    assert hindrance(instance, "x") is None


def test_a_part_that_is_called_from_two_places_must_be_running_to_be_gone_back_in():
    twice = sketch("user a b; call ett inre; call tva inre; start > ett > a > tva > b > slut")
    instance = begun(twice, sketch("user x y; start2 > x > y > slut2", "inre"))
    complete(instance, "x")
    assert hindrance(instance, "x") is None
    complete(instance, "y")
    assert hindrance(instance, "x") is Unsound.SEVERAL


def test_only_tasks_for_people_of_a_running_process_are_gone_back_to():
    instance = begun(sketch("user a; service s; start > s > a > slut"))
    assert hindrance(instance, "s") is Unsound.UNKNOWN
    assert hindrance(instance, "finns_inte") is Unsound.UNKNOWN
    complete(instance, "a")
    assert hindrance(instance, "a") is Unsound.ENDED


def test_a_timer_that_waits_takes_its_date_from_what_is_known_now():
    case = Case({"dagen": None})
    instance = begun(
        sketch("wait v; timer t dagen; message m nytt; start > v > t > slut; v > m > s2"), case=case
    )
    assert (instance.timers, instance.undated_timers) == ([], ("t",))
    case.facts["dagen"] = day(9).isoformat()
    instance.read_date_again("t", day(2))
    assert [timer.due_at for timer in instance.timers] == [day(9)]
    assert again(instance, case).timers == instance.timers
    case.facts["dagen"] = day(7).isoformat()
    instance.read_date_again("m", day(2))
    assert [timer.due_at for timer in instance.timers] == [day(9)], "another step's date is another matter"
    instance.read_date_again("t", day(2))
    assert [fired.due_at for fired in instance.fire_due(day(8))] == [day(7)]


def situations(bundle: Bundle) -> set[tuple[tuple[str, ...], ...]]:
    """Every situation that the process can come into by itself."""
    explorer = _Explorer(bundle, 3_000)
    assert not explorer.explore().truncated
    return {without_ended(marking) for marking in explorer._seen}


def without_ended(marking: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The situation without the branches that have come to an end."""
    return tuple(sorted(token for token in set(marking) if not token[-3].endswith(".EndJoin")))


def wander_and_go_back(bundle: Bundle, seed: int, most: int = 40) -> list[OracleInstance]:
    """Work the process by chance, going back by chance where that is sound; each time as it stands afterwards."""
    chance = random.Random(seed)  # noqa: S311 - chance, not a secret
    instance, _choices = OracleInstance.begin(bundle, chance.randrange)
    done: list[str] = []
    gone_back: list[OracleInstance] = []
    for _ in range(most):
        possible = instance.possible()
        if instance.is_finished:
            break
        if not possible:
            raise SilentStop(f"{bundle.key} stands still: {done}")
        action = chance.choice(possible)
        instance.take(action, chance.randrange)
        if action.kind == "complete":
            done.append(action.name)
        instance = OracleInstance.resume(bundle, instance.dump())
        sound = [step for step in dict.fromkeys(done) if instance.way_back(step).hindrance is None]
        if sound and chance.random() < 0.3:
            step = chance.choice(sound)
            instance.oracle.begin(chance.randrange)
            instance.go_back(step, {}, day(2))
            instance = OracleInstance.resume(bundle, instance.dump())
            assert [one.step_id for one in instance.open_tasks].count(step) == 1
            gone_back.append(instance)
            instance = OracleInstance.resume(bundle, instance.dump())
    return gone_back


def laps() -> Drawn:
    """A loop around a split and a join, with a step before and one after them, and a branch beside the first."""
    return sketch(
        "xor igen; xor nog else igen; par dela samla; user a b c d e; message m nytt beside d;"
        "start > igen > d > dela > a > samla > e > nog; dela > b > samla; nog > igen; nog > slut if enough;"
        "m > c > s2"
    )


@pytest.mark.parametrize(
    "drawn", [(office(), presence()), (laps(),), (rounds(),)], ids=["office", "laps", "rounds"]
)
def test_wherever_chance_goes_back_to_the_process_stands_where_it_could_have_come_by_itself(drawn):
    bundle = bundle_of(*drawn)
    known = situations(bundle)
    stood = [one for seed in range(60) for one in wander_and_go_back(bundle, seed)]
    assert len(stood) > 20
    for instance in stood:
        assert without_ended(tuple(instance.tokens())) in known


FILES = read_folder(DIAGRAMS)


@pytest.mark.parametrize(
    "key", ["barnutredning", "hot-om-avhysning", "orosanmalan", "radda-hyresratten", "utredning-och-insatser"]
)
def test_in_the_real_processes_no_token_is_left_behind(key):
    bundle = outline_of(key, files_of_process(FILES, key))
    known = situations(bundle)
    stood = [one for seed in range(25) for one in wander_and_go_back(bundle, seed)]
    assert stood
    for instance in stood:
        assert without_ended(tuple(instance.tokens())) in known


@pytest.mark.parametrize("key", ["hot-om-avhysning", "avhysning-kronofogden", "orosanmalan"])
def test_with_everything_that_they_call_the_real_processes_go_on_from_wherever_they_went_back_to(key):
    bundle = parse_bundle(key, files_of_process(FILES, key))
    stood = [one for seed in range(12) for one in wander_and_go_back(bundle, seed)]
    assert stood
    for instance in stood:
        assert max(Counter(instance.tokens()).values()) == 1, "nothing is open twice"
