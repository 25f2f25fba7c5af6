"""What is the matter with a form, field by field, in the reader's language; what was typed is never repeated."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from api.forms.labels import Labels, capital
from api.forms.said import A_FIELD, translated
from api.forms.shape import Shape, shapes
from api.forms.view import Field, Trouble
from workflows.commands import Refused

ALIKE = {
    "model_type": "missing", "dict_type": "missing", "date_from_datetime_parsing": "date_parsing",
    "date_from_datetime_inexact": "date_parsing", "date_type": "date_parsing", "int_from_float": "int_parsing",
    "int_parsing_size": "int_parsing", "decimal_max_digits": "decimal_parsing", "decimal_whole_digits":
    "decimal_parsing", "datetime_from_date_parsing": "moment_parsing", "datetime_parsing": "moment_parsing",
    "timezone_aware": "moment_parsing", "bool_type": "bool_parsing", "enum": "literal_error", "finite_number":
    "decimal_parsing", "uuid_type": "uuid_parsing", "string_type": "missing",
}  # fmt: skip
Wrong = dict[str, str]


def of_form(found: Iterable[tuple[str, str]], labels: Labels) -> Wrong:
    """What only the form can know."""
    return {name: labels.text(kind) for name, kind in found}


def of_model(error: ValidationError, model: type[BaseModel], labels: Labels) -> Wrong:
    """What the model refuses, by the name of the field; ``""`` is the whole form."""
    wrong: Wrong = {}
    for one in error.errors(include_url=False, include_input=False):
        loc = ".".join(str(part) for part in one["loc"])
        if one["type"] == "value_error":
            name, text = said(str(one["ctx"]["error"]), loc, model, labels)
        else:
            name, text = loc, by_kind(one["type"], one.get("ctx", {}), labels)
        wrong.setdefault(name, text)
    return wrong


def of_refusal(error: Refused, model: type[BaseModel], labels: Labels) -> Wrong:
    """What the process refuses, at the field it names where it names one."""
    text = A_FIELD.sub(r"\2", error.remedy) if error.field else error.remedy
    return {error.field or "": spoken(text, labels)}


def by_kind(kind: str, about: dict[str, Any], labels: Labels) -> str:
    """A sentence for a kind of trouble, with its limits."""
    key = ALIKE.get(kind, kind)
    text = labels.text(key if key in labels.parts["errors"] else "other")
    return text.format_map({name: value for name, value in about.items() if isinstance(value, (int, float, str))} | {
        "limit": limit(about), "choices": "",
    })  # fmt: skip


def limit(about: dict[str, Any]) -> str:
    """The limit that was passed."""
    names = ("ge", "gt", "le", "lt", "max_length", "min_length", "decimal_places")
    return next((str(about[name]) for name in names if name in about), "")


def said(text: str, loc: str, model: type[BaseModel], labels: Labels) -> tuple[str, str]:
    """Our own check names the field before a colon, seen from the model that it stands in."""
    named = A_FIELD.match(text)
    inner = shape_at(model, loc)
    known = shapes(inner.model) if inner and inner.model else {}
    if named and named[1].split(".")[0] in known:
        return f"{loc}.{named[1]}".lstrip("."), spoken(named[2], labels)
    return loc, spoken(named[2] if named else text, labels)


def shape_at(model: type[BaseModel], loc: str) -> Shape | None:
    """The shape that a place in the body has: rows and keys are skipped."""
    here: Shape | None = Shape("model", model=model)
    for part in filter(None, loc.split(".")):
        if here and here.kind in ("list", "pairs"):
            here = here.item
        elif here and here.model:
            here = shapes(here.model).get(part)
        else:
            return None
    return here


def spoken(text: str, labels: Labels) -> str:
    """One of our own sentences in the reader's language, as a sentence."""
    return capital(translated(text, labels.language), labels.language)


def placed(wrong: Wrong, fields: tuple[Field, ...]) -> tuple[Wrong, list[Trouble]]:
    """Each trouble at the nearest field there is, in the order of the page, then what is about the whole."""
    every = [one for field in fields for one in field.every()]
    names = {one.name for one in every}
    at: Wrong = {}
    for name, text in wrong.items():
        at.setdefault(nearest(name, names), text)
    listed = [Trouble(one.name, named(one, at[one.name]), target(one)) for one in every if one.name in at]
    return at, listed + ([Trouble("", at[""])] if "" in at else [])


def named(field: Field, text: str) -> str:
    """With the label of its field, for a list in which the fields are not seen."""
    return f"{field.label}: {text}" if field.label else text


def nearest(name: str, names: set[str]) -> str:
    """The field itself, or what it is in."""
    while name and name not in names:
        name = name.rpartition(".")[0]
    return name


def target(field: Field) -> str:
    """Where a summary links to."""
    leaf = next(iter(field.leaves()), None)
    return leaf.target if field.is_long and leaf else field.target
