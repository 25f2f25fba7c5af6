"""Forms made from the input models: shown, read back, and explained in the reader's language."""

from api.forms.fill import fill, first
from api.forms.form import Answered, answered, emptied, grown
from api.forms.labels import Labels, labels
from api.forms.setting import Fixed, Setting, Typed
from api.forms.told import Told, told
from api.forms.view import Field, Form, Option, Trouble

__all__ = [
    "Answered",
    "Field",
    "Fixed",
    "Form",
    "Labels",
    "Option",
    "Setting",
    "Told",
    "Trouble",
    "Typed",
    "answered",
    "emptied",
    "fill",
    "first",
    "grown",
    "labels",
    "told",
]
