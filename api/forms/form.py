"""A form from end to end: what was typed becomes an input, or the form again with what is the matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from api.forms import troubles
from api.forms.fill import Filled, a_row
from api.forms.labels import Labels, labels
from api.forms.parse import MOST_ROWS, numbers, parse
from api.forms.render import render
from api.forms.setting import Setting, Typed
from api.forms.shape import Shape
from api.forms.view import Field, Trouble


@dataclass(frozen=True)
class Answered:
    """What came of it: ``said`` is the input, or None where ``troubles`` say why not."""

    fields: tuple[Field, ...]
    troubles: tuple[Trouble, ...]
    body: dict[str, Any]
    said: BaseModel | None


def answered(model: type[BaseModel], typed: Typed, setting: Setting) -> Answered:
    """Read a form that was sent."""
    words = labels(setting.language)
    body, found = parse(model, typed, setting)
    wrong, said = troubles.of_form(found, words), None
    try:
        said = model.model_validate(body)
    except ValidationError as error:
        wrong = {**troubles.of_model(error, model, words), **wrong}
    fields, listed = shown(model, typed, setting, wrong, words)
    return Answered(fields, listed, body, None if listed else said)


def shown(
    model: type[BaseModel], typed: Typed, setting: Setting, wrong: Mapping[str, str], words: Labels
) -> tuple[tuple[Field, ...], tuple[Trouble, ...]]:
    """The fields with their troubles, and the list of these for the top of the page."""
    fields = render(model, typed, setting, words)
    if not wrong:
        return fields, ()
    at, listed = troubles.placed(dict(wrong), fields)
    return render(model, typed, setting, words, at), tuple(listed)


def emptied(typed: Typed, row: str) -> Filled:
    """Without one row of a list (``flights.1``)."""
    return {name: texts for name, texts in typed.items() if not name.startswith(f"{row}.")}


def grown(model: type[BaseModel], typed: Typed, name: str, setting: Setting) -> Filled:
    """With one more row of a list (``flights``). What is no list of this form, or is long enough, stays as it is."""
    item, there = row_model(model, name), numbers(typed, name)
    if item is None or len(there) >= MOST_ROWS:
        return dict(typed)
    return dict(typed) | a_row(item, {}, setting, f"{name}.{max(there, default=-1) + 1}.")


def row_model(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The model of a row of a list, by the name of the list."""
    shape: Shape | None = troubles.shape_at(model, name)
    return shape.item.model if shape and shape.kind == "list" and shape.item else None
