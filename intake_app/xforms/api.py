"""The public face of the engine: everything other rooms may use."""

from intake_app.xforms.definition.model import BindDefinition, ControlDefinition, FormDefinition
from intake_app.xforms.definition.parse import parse_form
from intake_app.xforms.entities import EntityChange
from intake_app.xforms.fitting import Fit, Lost
from intake_app.xforms.form_entry import FormEntry
from intake_app.xforms.leaves import Leaf, leaves
from intake_app.xforms.ports import Ports, Verify
from intake_app.xforms.problems import Problem
from intake_app.xforms.ranges import Range, read_range
from intake_app.xforms.serialize import serialize
from intake_app.xforms.trace import trace
from intake_app.xforms.views import Change, ChoiceView, NodeView, Violation

__all__ = [
    "BindDefinition",
    "Change",
    "ChoiceView",
    "ControlDefinition",
    "EntityChange",
    "Fit",
    "FormDefinition",
    "FormEntry",
    "Leaf",
    "Lost",
    "NodeView",
    "Ports",
    "Problem",
    "Range",
    "Verify",
    "Violation",
    "leaves",
    "parse_form",
    "read_range",
    "serialize",
    "trace",
]
