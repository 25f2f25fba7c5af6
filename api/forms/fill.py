"""From values to what stands in the fields of a form: defaults first, what is known over them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from api.forms.setting import Fixed, Setting
from api.forms.shape import Shape, shapes

USED, ROW = "_use", "_row"
YES, NO, ON = "yes", "no", "on"
Filled = dict[str, list[str]]


def first(model: type[BaseModel], setting: Setting) -> Filled:
    """An empty form: defaults, and what the question, the pathway or the case says already."""
    filled = fill(model, {}, setting)
    return filled | {name: [text] for name, text in {**setting.start, **setting.given}.items()}


def fill(model: type[BaseModel], body: Mapping[str, Any], setting: Setting, prefix: str = "") -> Filled:
    """The fields of a model as they are typed. Gives lists of texts by dotted name."""
    filled: Filled = {}
    for name, shape in shapes(model).items():
        said = body.get(name, shape.default)
        filled |= one(shape, prefix + name, said, setting, setting.rows_of(model, name), name in body)
    return filled


def one(shape: Shape, name: str, said: Any, setting: Setting, fixed: Fixed | None, known: bool) -> Filled:
    """One field."""
    if shape.model:
        used = {f"{name}.{USED}": [ON]} if shape.nullable and known and said is not None else {}
        return used | fill(shape.model, plain(said) or {}, setting, f"{name}.")
    if shape.kind == "list" and shape.item and shape.item.model:
        return rows(shape, name, [plain(row) for row in said or []], setting, fixed)
    if shape.kind == "list" and shape.item and shape.item.kind == "list":
        return {f"{name}.{who}": [str(n)] for n, party in enumerate(said or [], 1) for who in party}
    if shape.kind == "pairs":
        return pairs(shape, name, said or {}, setting)
    return leaf(shape, name, said, setting)


def plain(said: Any) -> Any:
    """A nested value as a mapping."""
    return said.model_dump(exclude_unset=True) if isinstance(said, BaseModel) else said


def rows(shape: Shape, name: str, said: list[Any], setting: Setting, fixed: Fixed | None) -> Filled:
    """The rows that there are; where the rows are fixed, one for each, else as many as there must be."""
    model = shape.item.model if shape.item else None
    if model is None:
        raise TypeError(name)
    if fixed:
        known = {row[fixed.key]: row for row in said}
        said = [{fixed.key: option.value, **known.get(option.value, {})} for option in fixed.options]
    said = [*said, *({} for _ in range(shape.shortest - len(said)))]
    filled: Filled = {}
    for number, row in enumerate(said):
        filled |= a_row(model, row, setting, f"{name}.{number}.")
    return filled


def a_row(model: type[BaseModel], said: Mapping[str, Any], setting: Setting, prefix: str) -> Filled:
    """One row, which is there even while nothing stands in it."""
    return {prefix + ROW: [ON]} | fill(model, said, setting, prefix)


def pairs(shape: Shape, name: str, said: Mapping[str, Any], setting: Setting) -> Filled:
    """A dict, a field for each key that is said."""
    filled: Filled = {}
    for key, value in said.items():
        if shape.item and shape.item.model:
            filled |= fill(shape.item.model, plain(value), setting, f"{name}.{key}.")
        else:
            filled[f"{name}.{key}"] = [str(value)]
    return filled


def leaf(shape: Shape, name: str, said: Any, setting: Setting) -> Filled:
    """A single value, or a list of them."""
    if said is None:
        return {f"{name}.zone": [setting.zones[0]]} if shape.kind == "moment" else {}
    if shape.kind == "moment":
        return moment(name, said, setting.zones[0])
    if shape.kind == "flag":
        if shape.required or shape.nullable:
            return {name: [YES if said else NO]}
        return {name: [ON]} if said else {}
    if shape.kind == "list":
        texts = [str(getattr(part, "value", part)) for part in said]
        return {name: texts} if texts else {}
    return {name: [str(getattr(said, "value", said))]}


def moment(name: str, said: Any, zone: str) -> Filled:
    """An instant as day and time on the clock of a zone."""
    at = said if isinstance(said, datetime) else datetime.fromisoformat(said)
    local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone))
    clock = local.strftime("%H:%M:%S") if local.second else local.strftime("%H:%M")
    return {f"{name}.day": [local.date().isoformat()], f"{name}.time": [clock], f"{name}.zone": [zone]}
