"""Forms that caseworkers fill in: reads the form files of the diagrams, and turns what was typed into checked answers.

A form file is a small part of JSON Schema (bpmn-diagrams/README.md describes it). `load_form` refuses a file that is
wrong and says everything that is wrong with it; `Form.read` refuses answers that are wrong and says, per field and in
Swedish, what to do about it. Nothing in a form is ever chosen beforehand: a decision that nobody took must not look
like one.
"""

from processes.forms.fields import Choices, EventRule, Field, Kind, Option, Section
from processes.forms.form import Form
from processes.forms.loading import FormRefused, load_form

__all__ = ["Choices", "EventRule", "Field", "Form", "FormRefused", "Kind", "Option", "Section", "load_form"]
