"""How each kind of step behaves when a case reaches it, where SpiffWorkflow's own behaviour is not what BPMN says.

Every class here replaces one of the library's; what is wrong with the original is told in its docstring and shown by a
test in tests/engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, CallActivity, ExclusiveGateway, ParallelGateway
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from processes.engine.dmn import DecisionTable

DUE: Final = "due"
"""Where a waiting timer keeps the instant it read when it was entered."""
CAME_FROM: Final = "came_from"
"""Where a token that waits at a join keeps the step it came from."""


class ExclusiveStep(ExclusiveGateway):  # type: ignore[misc]
    """One way out, the first in the order of the file whose condition holds."""

    def _predict_hook(self, my_task: Any) -> None:
        """No way is drawn up before it is chosen."""

    def _run_hook(self, my_task: Any) -> bool:
        conditions = [
            (condition.args[0], name) for condition, name in self.cond_task_specs if condition is not None
        ]
        chosen = my_task.workflow.script_engine.choose(my_task, conditions, self.default_task_spec)
        my_task._sync_children([my_task.workflow.spec.get_task_spec_from_name(chosen)], TaskState.FUTURE)
        return True


class ParallelStep(ParallelGateway):  # type: ignore[misc]
    """Waits for one token on each incoming flow, uses up exactly those, and lets further ones wait.

    The original counts tokens that were used up in an earlier round of a loop, and so lets a later round through before
    all its branches have arrived.
    """

    def _update_hook(self, my_task: Any) -> bool:
        my_task.internal_data.setdefault(CAME_FROM, my_task.parent.task_spec.name)
        arrived = {my_task.internal_data[CAME_FROM]: my_task}
        for task in list(my_task.workflow.tasks.values()):
            if task.task_spec is self and task.state == TaskState.WAITING and task is not my_task:
                arrived.setdefault(task.internal_data[CAME_FROM], task)
        if set(self._inputs) <= arrived.keys():
            for task in arrived.values():
                if task is not my_task:
                    task.cancel()
            return True
        my_task._set_state(TaskState.WAITING)
        return False

    def _run_hook(self, my_task: Any) -> bool:
        return True


class InstantTimer(TimerEventDefinition):  # type: ignore[misc]
    """A date that is read once, when the step is entered, and fires only when the instance is told that it has passed.

    The original fires whenever anything at all happens in the process, reads the computer's own clock, and takes a date
    without an offset to be in the time zone of the server.
    """

    def has_fired(self, my_task: Any) -> bool:
        if DUE not in my_task.internal_data:
            scripts = my_task.workflow.script_engine
            my_task.internal_data[DUE] = scripts.instant(my_task, self.name, self.expression)
        return bool(my_task.internal_data.get("event_fired", False))


class BoundaryStep(BoundaryEvent):  # type: ignore[misc]
    """An event on the border of a step; one that does not interrupt can happen again as long as the step is open.

    The original catches a non-interrupting message once and refuses the second.
    """

    def _run_hook(self, my_task: Any) -> bool:
        super()._run_hook(my_task)
        if not self.cancel_activity and isinstance(self.event_definition, MessageEventDefinition):
            again = my_task.parent._add_child(self, TaskState.WAITING)
            self._update(again)
        return True


class CallStep(CallActivity):  # type: ignore[misc]
    """Runs another diagram; its answers come back when it ends (see scripts.py)."""

    def copy_data(self, my_task: Any, subworkflow: Any) -> None:
        """Nothing is copied: the called process looks its caller's answers up."""

    def update_data(self, my_task: Any, subworkflow: Any) -> None:
        my_task.workflow.data.update(subworkflow.data)


class ServiceStep(BpmnSpecMixin):  # type: ignore[misc]
    """An operation that the system carries out by itself."""

    def __init__(
        self, wf_spec: Any, bpmn_id: str, operation: str, parameters: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.operation = operation
        self.parameters = parameters

    def _run_hook(self, my_task: Any) -> bool:
        my_task.workflow.script_engine.operate(my_task, self.operation, self.parameters)
        return True


class ScriptStep(BpmnSpecMixin):  # type: ignore[misc]
    """Assignments of answers, one per line."""

    def __init__(
        self, wf_spec: Any, bpmn_id: str, assignments: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.assignments = assignments

    def _run_hook(self, my_task: Any) -> bool:
        my_task.workflow.script_engine.assign(my_task, self.assignments)
        return True


class DecisionStep(BpmnSpecMixin):  # type: ignore[misc]
    """A decision table decides."""

    def __init__(self, wf_spec: Any, bpmn_id: str, table: DecisionTable, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.table = table

    def _run_hook(self, my_task: Any) -> bool:
        my_task.workflow.script_engine.decide(my_task, self.table)
        return True


def prepare(spec: BpmnProcessSpec) -> None:
    """Make a freshly parsed process fit to be shared by all its instances; nothing changes it afterwards.

    A branch opened by a non-interrupting event outlives its host, so it takes no part in the join that withdraws the
    events of a finished host.
    """
    for step in list(spec.task_specs.values()):
        if isinstance(step, BoundaryEvent) and not step.cancel_activity:
            for name in [name for name in step._outputs if name.endswith(".BoundaryEventJoin")]:
                step._outputs.remove(name)
                spec.task_specs[name]._inputs.remove(step.name)
