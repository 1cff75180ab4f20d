"""Runs the diagrams: the only package that speaks to SpiffWorkflow, and one that knows neither case nor database."""

from processes.engine.bundle import Bundle, Step, parse_bundle, version_of
from processes.engine.dmn import DecisionTable
from processes.engine.dmn_input import read_table
from processes.engine.expressions import compile_expression, names_in
from processes.engine.failures import AnswerRefused, InstanceSpent, StateUnreadable, StepFailed, StepNotOpen
from processes.engine.findings import findings_of
from processes.engine.going_back import Unsound, WayBack
from processes.engine.instance import DueTimer, Fired, Instance, OpenStep, PassedStep
from processes.engine.refusals import Refusal, refusals_in
from processes.engine.world import Scalar, Value, World

__all__ = [
    "AnswerRefused",
    "Bundle",
    "DecisionTable",
    "DueTimer",
    "Fired",
    "Instance",
    "InstanceSpent",
    "OpenStep",
    "PassedStep",
    "Refusal",
    "Scalar",
    "StateUnreadable",
    "Step",
    "StepFailed",
    "StepNotOpen",
    "Unsound",
    "Value",
    "WayBack",
    "World",
    "compile_expression",
    "findings_of",
    "names_in",
    "parse_bundle",
    "read_table",
    "refusals_in",
    "version_of",
]
