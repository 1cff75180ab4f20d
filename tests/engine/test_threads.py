"""Many cases run on one shared process at the same time without knowing of each other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from processes.engine import Instance, parse_bundle
from tests.engine.drawn import NOON, Case, Drawn, again, complete, files_of, open_steps


def test_threads_share_a_process_and_nothing_else():
    drawn = Drawn().start().user("a").xor("val", default="nej").par("dela", "samla").user("b", "c", "d").end()
    drawn.flow("start", "a", "val").flow("val", "dela", "b", "samla", "slut", when="paid and svar == 'ja'")
    drawn.flow("dela", "c", "samla").flow("val", "d", flow_id="nej").flow("d", "slut")
    files = files_of(drawn)

    def work(number: int) -> tuple[list[str], bool]:
        paid = number % 2 == 0
        case = Case({"paid": paid})
        instance = Instance.start(parse_bundle("prov", files), case, NOON)
        complete(instance, "a", svar="ja")
        instance = again(instance, case)
        shown = open_steps(instance)
        for step in shown:
            complete(instance, step)
        return shown, instance.is_finished

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(work, range(200)))
    assert results == [((["b", "c"] if number % 2 == 0 else ["d"]), True) for number in range(200)]
