"""What SpiffWorkflow 3.2.0 itself does wrong; when one of these fails in a new version, our replacement may go."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.util.task import TaskState

from tests.engine.drawn import Drawn, sketch


def workflow(drawn: Drawn) -> Any:
    """The drawing as the library alone reads and starts it."""
    reader = BpmnParser()
    reader.add_bpmn_str(drawn.xml())
    started = BpmnWorkflow(reader.get_spec(drawn.key), reader.get_subprocess_specs(drawn.key))
    started.do_engine_steps()
    return started


def complete(started: Any, step: str) -> None:
    started.get_next_task(state=TaskState.READY, spec_name=step).run()
    started.do_engine_steps()


def ready(started: Any) -> list[str]:
    return [task.task_spec.name for task in started.get_tasks(state=TaskState.READY, manual=True)]


def test_its_script_engine_runs_any_python():
    drawn = (
        Drawn()
        .start()
        .script("x", "x = ().__class__.__name__")
        .user("a")
        .end()
        .flow("start", "x", "a", "slut")
    )
    assert workflow(drawn).get_next_task(spec_name="a").data == {"x": "tuple"}
    assert PythonScriptEngine().environment.evaluate("__import__('os').sep", {}) == "/"


def test_its_join_lets_a_second_round_through_too_early():
    drawn = sketch(
        "user a b efter; par dela samla; xor igen; xor nog else igen;"
        "start > igen > dela > a > samla > efter > nog; dela > b > samla; nog > igen; nog > slut if False"
    )
    started = workflow(drawn)
    assert isinstance(started.spec.task_specs["samla"], ParallelGateway)
    for step in ("a", "b", "efter", "b"):
        complete(started, step)
    assert "efter" in ready(started)


def test_it_runs_a_step_that_a_terminating_end_has_withdrawn():
    drawn = Drawn().start().par("dela").end("slut", terminate=True).script("x", "y = 1").end("s2")
    drawn.flow("start", "dela", "slut").flow("dela", "x", "s2")
    started = workflow(drawn)
    assert started.get_next_task(spec_name="x").state == TaskState.COMPLETED


def test_it_orders_conditions_by_where_the_boxes_stand():
    orders = []
    for places in ({"b": 100, "c": 200}, {"b": 200, "c": 100}):
        drawn = sketch("user a b c; xor x; start > a > x; x > b > slut if 1; x > c > slut if 2")
        for step, y in places.items():
            drawn.shape(step, y)
        orders.append([name for _condition, name in workflow(drawn).spec.task_specs["x"].cond_task_specs])
    assert orders == [["b", "c"], ["c", "b"]]


def test_it_takes_a_signal_at_the_end_for_nothing_at_all():
    drawn = Drawn().start().node("endEvent", "slut", "<bpmn:signalEventDefinition/>").flow("start", "slut")
    assert type(workflow(drawn).spec.task_specs["slut"].event_definition).__name__ == "NoneEventDefinition"


def test_it_counts_a_month_from_the_last_of_january_to_the_third_of_march():
    from datetime import UTC, datetime

    start = datetime(2026, 1, 31, tzinfo=UTC)
    later = start + TimerEventDefinition.get_timedelta_from_start({"months": 1}, start)
    assert (later.month, later.day) == (3, 3)


def test_it_completes_a_completed_step_again():
    started = workflow(sketch("user a b; start > a > b > slut"))
    task = started.get_next_task(spec_name="a")
    task.run()
    task.run()
    assert task.state == TaskState.COMPLETED
