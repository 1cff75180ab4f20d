"""A running case is stored in a few hundred bytes that survive a restart, and never grows with what is over."""

from __future__ import annotations

import random

import orjson
import pytest
import zstandard

from processes.engine import Instance, StateUnreadable, Value
from processes.engine import bundle as bundles
from processes.engine.parsing import parse_processes
from processes.engine.state import FORMAT
from tests.engine.drawn import NOON, Case, Drawn, again, bundle_of, complete, day, files_of, open_steps


def unpacked(state: bytes) -> dict[str, object]:
    document = orjson.loads(zstandard.ZstdDecompressor().decompress(state))
    assert isinstance(document, dict)
    return document


def packed(document: object) -> bytes:
    return zstandard.ZstdCompressor().compress(orjson.dumps(document))


def large_case() -> Drawn:
    """Some fifty steps: ten branches at once, each with a reminder, a message and a wait for a date."""
    drawn = Drawn().start().par("dela", "samla").end().flow("start", "dela")
    for number in range(10):
        step, wait, timer, message, border = (
            f"{kind}{number}" for kind in ("steg", "vanta", "datum", "besked", "kant")
        )
        drawn.user(step).wait(wait).timer(timer, "dag").message(message, f"nytt.{number}")
        drawn.message(border, "paminnelse", on=step, interrupting=False).end(f"slut_{number}").xor(
            f"ihop{number}"
        )
        drawn.flow("dela", step, wait, timer, f"ihop{number}", "samla").flow(
            wait, message, f"ihop{number}"
        ).flow(border, f"slut_{number}")
    return drawn.flow("samla", "slut")


def test_a_case_of_fifty_steps_takes_less_than_five_kilobytes():
    case = Case({"dag": day(9).isoformat()})
    instance = Instance.start(bundle_of(large_case()), case, NOON)
    sizes = [len(instance.dump())]
    chance = random.Random(2)  # noqa: S311 - chance, not a secret
    while not instance.is_finished:
        instance = again(instance, case)
        if instance.open_tasks:
            instance.complete(chance.choice(instance.open_tasks).id, {f"svar_{len(sizes)}": "ja"}, NOON)
        else:
            instance.deliver(min(instance.awaited_messages), NOON)
        sizes.append(len(instance.dump()))
    assert len(instance.bundle.steps) > 50
    assert max(sizes) < 2_500


def test_three_hundred_rounds_of_a_loop_leave_no_trace():
    drawn = (
        Drawn()
        .start()
        .xor("igen")
        .user("a")
        .par("dela", "samla")
        .user("b", "c")
        .xor("nog", default="om")
        .end()
    )
    drawn.flow("start", "igen", "a", "dela", "b", "samla", "nog").flow("dela", "c", "samla")
    drawn.flow("nog", "igen", flow_id="om").flow("nog", "slut", when="enough")
    case = Case()
    instance = Instance.start(bundle_of(drawn), case, NOON)
    sizes, tasks = [], []
    for number in range(300):
        for step in ("a", "c", "b"):
            complete(instance, step, enough=False)
        if number % 20 == 0:
            instance = again(instance, case)
        sizes.append(len(instance.dump()))
        tasks.append(len(instance._top.tasks))
    assert max(sizes) - min(sizes) < 20
    assert max(tasks) == min(tasks)
    complete(instance, "a")
    complete(instance, "b")
    complete(instance, "c", enough=True)
    assert instance.is_finished


def test_a_hundred_ended_calls_leave_no_trace():
    top = Drawn().start().xor("igen").call("anropa", "inre").xor("nog", default="om").end()
    top.flow("start", "igen", "anropa", "nog").flow("nog", "igen", flow_id="om").flow(
        "nog", "slut", when="enough"
    )
    inner = Drawn("inre").start("start2").user("a").end("slut2").flow("start2", "a", "slut2")
    instance = Instance.start(bundle_of(top, inner), Case(), NOON)
    for _ in range(100):
        complete(instance, "a")
    assert len(instance._top.subprocesses) == 1
    assert len(instance.dump()) < 500


def test_open_steps_keep_their_ids():
    case = Case({"dag": day(9).isoformat()})
    instance = Instance.start(bundle_of(large_case()), case, NOON)
    assert again(instance, case).open_tasks == instance.open_tasks
    assert again(instance, case).dump() == instance.dump()


def test_the_state_says_nothing_about_the_diagram():
    instance = Instance.start(bundle_of(large_case()), Case({"dag": None}), NOON)
    document = unpacked(instance.dump())
    assert document.keys() == {"format", "key", "version", "at", "ended", "scopes"}
    assert b"BPMN" not in orjson.dumps(document)


def test_the_order_of_keys_in_the_stored_state_does_not_matter():
    case = Case({"dag": day(9).isoformat()})
    instance = Instance.start(bundle_of(large_case()), case, NOON)
    complete(instance, "steg3", svar="ja", annat=7)
    sorted_keys = zstandard.ZstdCompressor().compress(
        orjson.dumps(unpacked(instance.dump()), option=orjson.OPT_SORT_KEYS)
    )
    restored = Instance.restore(instance.bundle, sorted_keys, case)
    assert restored.answers == instance.answers == {"svar": "ja", "annat": 7}
    assert (restored.open_tasks, restored.timers) == (instance.open_tasks, instance.timers)


def test_values_come_back_as_what_they_were():
    bundle = bundle_of(Drawn().start().user("a", "b").end().flow("start", "a", "b", "slut"))
    instance = Instance.start(bundle, Case(), NOON)
    answers: dict[str, Value] = {
        "text": "åäö \" '",
        "yes": True,
        "no": False,
        "number": 7,
        "zero": 0,
        "share": 0.25,
        "none": None,
        "many": ("a", 1),
    }
    instance.complete(instance.open_tasks[0].id, answers, NOON)
    restored = again(instance, Case()).answers
    assert restored == answers
    assert [type(value) for value in restored.values()] == [type(value) for value in answers.values()]


@pytest.mark.parametrize(
    "state", [b"", b"nothing", packed([]), packed("x"), packed({"format": FORMAT + 1}), packed({})],
)  # fmt: skip
def test_a_damaged_or_unknown_state_is_refused(state):
    with pytest.raises(StateUnreadable):
        Instance.restore(bundle_of(large_case()), state, Case())


@pytest.mark.parametrize("missing", ["at", "ended", "scopes"])
def test_a_state_without_all_its_parts_is_refused(missing):
    instance = Instance.start(bundle_of(large_case()), Case({"dag": None}), NOON)
    document = unpacked(instance.dump())
    del document[missing]
    with pytest.raises(StateUnreadable, match="damaged"):
        Instance.restore(instance.bundle, packed(document), Case())


def test_a_state_of_another_version_is_refused():
    one = Drawn().start().user("a").end().flow("start", "a", "slut")
    other = Drawn().start().user("a", "b").end().flow("start", "a", "b", "slut")
    state = Instance.start(bundle_of(one), Case(), NOON).dump()
    with pytest.raises(StateUnreadable, match="version"):
        Instance.restore(bundle_of(other), state, Case())


def test_a_state_that_names_a_missing_step_is_refused():
    instance = Instance.start(bundle_of(large_case()), Case({"dag": None}), NOON)
    document = unpacked(instance.dump())
    renamed = orjson.loads(orjson.dumps(document).replace(b'"steg3"', b'"borta"'))
    with pytest.raises(StateUnreadable, match="borta"):
        Instance.restore(instance.bundle, packed(renamed), Case())


def test_a_state_that_was_stored_by_the_first_release_can_still_be_read():
    bundle = bundle_of(Drawn("lagrad").start().user("a", "b").end().flow("start", "a", "b", "slut"))
    stored = {
        "format": 1, "key": "lagrad", "version": bundle.version, "at": "2026-03-02T12:00:00+00:00", "ended": False,
        "scopes": [{"caller": None, "process": "lagrad", "answers": {"svar": "ja"}, "tasks": [
            ["0" * 31 + "1", -1, "Start", 64, {}], ["0" * 31 + "2", 0, "a", 16, {}]]}],
    }  # fmt: skip
    instance = Instance.restore(bundle, packed(stored), Case())
    assert open_steps(instance) == ["a"]
    complete(instance, "a")
    assert open_steps(instance) == ["b"]


def test_a_process_is_parsed_once_per_version_whoever_asks(monkeypatch):
    parsed = []
    original = parse_processes

    def counting(key, *rest):
        parsed.append(key)
        return original(key, *rest)

    monkeypatch.setattr(bundles, "parse_processes", counting)
    files = files_of(Drawn("en-gang").start().user("a").end().flow("start", "a", "slut"))
    first = bundles.parse_bundle("en-gang", files)
    for _ in range(20):
        bundle = bundles.parse_bundle("en-gang", dict(files))
        assert bundle is first
        instance = Instance.start(bundle, Case(), NOON)
        complete(again(instance, Case()), "a")
    assert parsed == ["en-gang"]
    changed = files_of(Drawn("en-gang").start().user("a", "b").end().flow("start", "a", "b", "slut"))
    assert bundles.parse_bundle("en-gang", changed).version != first.version
    assert parsed == ["en-gang", "en-gang"]


def test_the_version_is_of_the_contents_and_not_of_the_order_of_the_files():
    files = {"a/a.bpmn": b"1", "b/b.bpmn": b"2"}
    assert bundles.version_of(files) == bundles.version_of(dict(reversed(files.items())))
    assert bundles.version_of(files) != bundles.version_of({"a/a.bpmn": b"12", "b/b.bpmn": b""})
    assert bundles.version_of(files) != bundles.version_of({"a/a.bpmn": b"2", "b/b.bpmn": b"1"})
