"""From what was typed back to the body of an input; whatever no field asks for is refused."""

from typing import Any

from pydantic import BaseModel

from api.forms.fill import ROW, USED, fill
from api.forms.leaves import LEAVES, LEFT_OUT, Parsing, plain
from api.forms.setting import Setting, Typed
from api.forms.shape import Shape, shapes
from api.forms.texts import NAMES, current

MOST_ROWS = 60


def parse(model: type[BaseModel], typed: Typed, setting: Setting) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The body and the troubles that only the form can know: names that no field has, times that do not exist."""
    parsing = Parsing(typed, setting, model.__name__)
    body = of_model(parsing, model, "")
    unknown = [name for name in typed if name not in parsing.used]
    return body, [*parsing.troubles, *((name, "extra_forbidden") for name in unknown)]


def of_model(p: Parsing, model: type[BaseModel], prefix: str) -> dict[str, Any]:
    """The fields of one model."""
    found = {name: value(p, model, name, shape, prefix + name) for name, shape in shapes(model).items()}
    said = {name: one for name, one in found.items() if one is not LEFT_OUT}
    if not any(name in said for name in NAMES):
        said |= current(model, prefix, said.get("language"), p.fact)
    return said


def value(p: Parsing, model: type[BaseModel], field_name: str, shape: Shape, name: str) -> Any:
    """The value of one field, or LEFT_OUT."""
    if shape.model:
        return nested(p, shape, name)
    if shape.kind == "list":
        return listed(p, model, field_name, shape, name)
    if shape.kind == "pairs":
        return pairs(p, shape, name)
    said = LEAVES.get(shape.kind, plain)(p, shape, name)
    return None if said is LEFT_OUT and shape.nullable and shape.required else said


def nested(p: Parsing, shape: Shape, name: str) -> Any:
    """A group; one that may be left out counts when it is ticked, or when anything in it was typed."""
    model = shape.model
    if model is None:
        raise TypeError(name)
    ticked = bool(p.text(f"{name}.{USED}"))
    body = of_model(p, model, f"{name}.")
    if not shape.nullable or ticked or not is_untouched(p, model, f"{name}."):
        return body
    return LEFT_OUT


def is_untouched(p: Parsing, model: type[BaseModel], prefix: str, but: str = "") -> bool:
    """Nothing in it differs from the empty form; the field that names a row does not count."""
    start = fill(model, {}, p.setting, prefix)
    start |= {name: [text] for name, text in {**p.setting.start, **p.setting.given}.items() if name.startswith(prefix)}
    names = {
        name
        for name in (*start, *p.typed)
        if name.startswith(prefix) and name not in (but, prefix + USED, prefix + ROW)
    }
    return all(clean(p.typed.get(name, [])) == clean(start.get(name, [])) for name in names)


def clean(texts: list[str]) -> list[str]:
    """Without what is empty."""
    return [text.strip() for text in texts if text.strip()]


def listed(p: Parsing, model: type[BaseModel], field_name: str, shape: Shape, name: str) -> Any:
    """A list: rows, parties, boxes that were ticked, or a text a line."""
    item = shape.item
    if item is None:
        raise TypeError(name)
    if item.model:
        return rows(p, item.model, p.setting.rows_of(model, field_name), name)
    if item.kind == "list":
        return parties(p, name)
    lines = [line.strip() for text in p.texts(name) for line in text.split("\n") if line.strip()]
    return lines if lines or not shape.nullable else LEFT_OUT


def rows(p: Parsing, model: type[BaseModel], fixed: Any, name: str) -> list[Any]:
    """Every row in which something was typed, in their order."""
    found = []
    for number in numbers(p.typed, name)[:MOST_ROWS]:
        prefix = f"{name}.{number}."
        p.used.add(prefix + ROW)
        body = of_model(p, model, prefix)
        key = prefix + fixed.key if fixed else ""
        if (fixed and fixed.every) or not is_untouched(p, model, prefix, key):
            found.append(body)
    return found


def numbers(typed: Typed, name: str) -> list[int]:
    """The numbers of the rows that were sent."""
    rest = [key[len(name) + 1 :].partition(".")[0] for key in typed if key.startswith(f"{name}.")]
    return sorted({int(number) for number in rest if number.isascii() and number.isdigit() and len(number) < 4})


def parties(p: Parsing, name: str) -> Any:
    """Who sits together, by the number that each of them was given; none: all of them."""
    seats: dict[str, list[str]] = {}
    for key in [key for key in p.typed if key.startswith(f"{name}.")]:
        if number := p.text(key):
            seats.setdefault(number, []).append(key[len(name) + 1 :])
    return [seats[number] for number in sorted(seats)] or LEFT_OUT


def pairs(p: Parsing, shape: Shape, name: str) -> dict[str, Any]:
    """A dict: what was said under each key."""
    item = shape.item
    keys = dict.fromkeys(key[len(name) + 1 :].partition(".")[0] for key in p.typed if key.startswith(f"{name}."))
    if item and item.model:
        touched = [key for key in keys if not is_untouched(p, item.model, f"{name}.{key}.")]
        found = {key: of_model(p, item.model, f"{name}.{key}.") for key in keys}
        return {key: found[key] for key in touched}
    said = {key: p.text(f"{name}.{key}") for key in keys}
    return {key: text for key, text in said.items() if text}
