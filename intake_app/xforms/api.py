"""The public face of the engine: everything other rooms may use."""

from intake_app.xforms.definition.model import BindDefinition, ControlDefinition, FormDefinition
from intake_app.xforms.definition.parse import parse_form
from intake_app.xforms.form_entry import FormEntry
from intake_app.xforms.problems import Problem
from intake_app.xforms.serialize import serialize
from intake_app.xforms.trace import trace
from intake_app.xforms.views import Change, ChoiceView, NodeView, Violation

__all__ = [
    "BindDefinition",
    "Change",
    "ChoiceView",
    "ControlDefinition",
    "FormDefinition",
    "FormEntry",
    "NodeView",
    "Problem",
    "Violation",
    "parse_form",
    "serialize",
    "trace",
]
