"""The bridge between a running diagram and the case: conditions, dates, decisions and operations pass through here.

An answer belongs to the running process, not to the path that the case happens to have taken: there is one value per
name and process, the latest one, and a called process sees its caller's answers and hands its own back when it ends.
SpiffWorkflow would copy answers along every path and merge them where paths meet, so that an old answer of a slow
branch could overwrite a new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine

from processes.engine.dmn import DecisionFailed, DecisionTable
from processes.engine.expressions import ExpressionFailed, compile_expression
from processes.engine.failures import AnswerRefused, StepFailed
from processes.engine.operators import truth
from processes.engine.world import Value, World, as_instant, checked_answers


class _NothingRuns(BasePythonScriptEngineEnvironment):  # type: ignore[misc]
    """Takes the place of the library's environment, which would run any text as Python."""

    def evaluate(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise StepFailed("?", "SpiffWorkflow tried to evaluate a text itself")

    execute = call_service = evaluate


class Scripts(PythonScriptEngine):  # type: ignore[misc]
    """Answers every question that the steps of one instance ask, as of one instant."""

    def __init__(self, world: World, at: datetime) -> None:
        super().__init__(_NothingRuns())
        self.world = world
        self.at = at

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Value:
        """The value of the expression as of now; raises StepFailed."""
        try:
            return compile_expression(expression).evaluate(lambda name: self.look_up(task, name))
        except ExpressionFailed as error:
            raise StepFailed(_step(task), f"{expression}: {error}") from error

    def execute(self, task: Any, script: str, external_context: Any = None) -> NoReturn:
        raise StepFailed(_step(task), "scripts are assignments and go through assign()")

    call_service = execute

    def look_up(self, task: Any, name: str) -> Value:
        """An answer of the process or its callers, else a fact; None for a question that nobody has answered yet.

        The check of a diagram makes sure that every name is a fact or a field of a form.
        """
        scope = task.workflow
        while scope is not None:
            if name in scope.data:
                value: Value = scope.data[name]
                return value
            scope = scope.parent_workflow
        try:
            return checked_answers({name: self.world.fact(name, self.at)})[name]
        except KeyError as missing:
            if missing.args != (name,):
                raise
            return None
        except AnswerRefused as refused:
            raise StepFailed(_step(task), f"the fact {name} is no plain value") from refused

    def choose(self, task: Any, conditions: Sequence[tuple[str, str]], default: str | None) -> str:
        """Which way to take at an exclusive gateway: the first flow in the file whose condition holds."""
        for condition, target in conditions:
            try:
                if truth(self.evaluate(task, condition)):
                    return target
            except ExpressionFailed as error:
                raise StepFailed(_step(task), f"{condition}: {error}") from error
        if default is None:
            raise StepFailed(_step(task), "no condition holds and there is no default flow")
        return default

    def instant(self, task: Any, step_id: str, expression: str) -> str | None:
        """When the timer `step_id` is due, as an ISO text in UTC; None if the date is not known."""
        value = self.evaluate(task, expression)
        if value is None:
            return None
        try:
            return as_instant(value).isoformat()
        except ValueError as error:
            raise StepFailed(step_id, f"{expression}: {error}") from error

    def operate(self, task: Any, operation: str, parameters: Mapping[str, str]) -> None:
        """Carry out the operation of a service task and keep what it answers."""
        values = {name: self.evaluate(task, text) for name, text in parameters.items()}
        self._keep(task, self.world.operate(operation, values, self.at))

    def assign(self, task: Any, assignments: Sequence[tuple[str, str]]) -> None:
        """Carry out the assignments of a script task, from the top down."""
        for name, expression in assignments:
            self._keep(task, {name: self.evaluate(task, expression)})

    def decide(self, task: Any, table: DecisionTable) -> None:
        """Let a decision table decide and keep its outputs."""
        try:
            self._keep(task, table.decide(lambda name: self.look_up(task, name)))
        except (DecisionFailed, ExpressionFailed) as error:
            raise StepFailed(_step(task), f"{table.key}: {error}") from error

    def _keep(self, task: Any, answers: Mapping[str, Value] | None) -> None:
        try:
            task.workflow.data.update(checked_answers(answers or {}))
        except AnswerRefused as error:
            raise StepFailed(_step(task), str(error)) from error


def _step(task: Any) -> str:
    return str(task.task_spec.bpmn_id or task.task_spec.name)
