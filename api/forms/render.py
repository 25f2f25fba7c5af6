"""From an input model and what was typed to the fields that a template shows."""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import BaseModel

from api.forms.fill import ON, ROW, USED
from api.forms.labels import Labels
from api.forms.leaves import Parsing
from api.forms.names import currencies, languages
from api.forms.parse import is_untouched, numbers
from api.forms.setting import Fixed, Options, Setting, Typed
from api.forms.shape import Shape, shapes
from api.forms.texts import NAMES, kind_of
from api.forms.view import Field, Option
from api.forms.widgets import Rendering, choice, leaf, nothing


def render(
    model: type[BaseModel], typed: Typed, setting: Setting, labels: Labels, wrong: Mapping[str, str] | None = None
) -> tuple[Field, ...]:
    """Every field of a model, with what was typed and what is the matter with it."""
    return of_model(Rendering(typed, setting, labels, wrong or {}), model, "")


def of_model(r: Rendering, model: type[BaseModel], prefix: str, but: str = "") -> tuple[Field, ...]:
    """The fields of one model under a prefix."""
    return tuple(field(r, model, name, shape, prefix) for name, shape in shapes(model).items() if name != but)


def field(r: Rendering, model: type[BaseModel], name: str, shape: Shape, prefix: str) -> Field:
    """One field with its words."""
    full = prefix + name
    label, hint = r.labels.field(model, name)
    optional = shape.nullable or (not shape.required and shape.default in (None, "", [], {}))
    base = Field("text", full, label, hint, error=r.wrong.get(full, ""), optional=optional, values=r.texts(full))
    if name in NAMES and kind_of(model, prefix):
        base = replace(base, optional=True, hint=r.labels.text("current_text"))
    if full in r.setting.given:
        return replace(base, widget="hidden")
    if shape.model:
        return group(r, base, shape)
    if shape.kind == "list":
        return listed(r, model, name, shape, base)
    if shape.kind == "pairs":
        return pairs(r, model, name, shape, base)
    if shape.kind == "flag":
        base = replace(base, optional=False)
    return leaf(r, base, shape, options_of(r, model, name, shape))


def options_of(r: Rendering, model: type[BaseModel], name: str, shape: Shape) -> Options | None:
    """What may be chosen for a single value or the items of a list; None where it is written freely."""
    known = r.setting.choices_of(model, name)
    if known is not None:
        return known
    item = shape.item or shape
    if item.kind == "choice":
        return tuple(Option(word, r.labels.option(model, name, word)) for word in item.words)
    if item.kind == "language":
        return languages(r.labels.language)
    if item.is_scale:
        return tuple(Option(str(one), str(one)) for one in range(item.least or 0, (item.most or 0) + 1))
    if item.kind == "currency":
        return currencies(r.setting.currencies, r.labels.language)
    return None


def group(r: Rendering, base: Field, shape: Shape) -> Field:
    """A model in a model."""
    if shape.model is None:
        raise TypeError(base.name)
    parts = of_model(r, shape.model, f"{base.name}.")
    inner = f"{base.name}."
    touched = not is_untouched(Parsing(r.typed, r.setting), shape.model, inner)  # as it is read back
    used = not shape.nullable or touched or bool(r.texts(inner + USED))
    return replace(base, widget="group", parts=parts, optional=shape.nullable, is_used=used)


def listed(r: Rendering, model: type[BaseModel], name: str, shape: Shape, base: Field) -> Field:
    """A list: rows, a grid of who sits with whom, boxes to tick, or a text a line."""
    item = shape.item
    if item is None:
        raise TypeError(name)
    if item.model:
        return rows(r, base, item.model, r.setting.rows_of(model, name))
    options = options_of(r, model, name, shape)
    if item.kind == "list":
        return grid(r, base, options or ())
    if options is None:
        return replace(base, widget="hashes" if item.kind == "hash" else "lines")
    known = {option.value for option in options}
    strange = tuple(Option(value, value) for value in base.values if value not in known)
    return replace(base, widget="checks", options=(*options, *strange))


def rows(r: Rendering, base: Field, model: type[BaseModel], fixed: Fixed | None) -> Field:
    """Rows that can be added, or one for each thing that must be answered."""
    known = {option.value: option for option in fixed.options} if fixed else {}
    parts = []
    for at, number in enumerate(numbers(r.typed, base.name), 1):
        prefix = f"{base.name}.{number}."
        key = "".join(r.texts(prefix + fixed.key)[:1]) if fixed else ""
        named = known.get(key)
        hidden = [Field("hidden", prefix + ROW, "", values=(ON,))]
        if fixed and named:
            hidden.append(Field("hidden", prefix + fixed.key, "", values=(key,)))
        label = named.label if named else f"{base.label} {at}"
        inner = of_model(r, model, prefix, fixed.key if fixed and named else "")
        if fixed and not fixed.every:
            inner = tuple(undone(part, r) for part in inner)
        error = r.wrong.get(f"{base.name}.{number}", "")
        hint = named.hint if named else ""
        parts.append(Field("row", f"{base.name}.{number}", label, hint, error=error, parts=(*hidden, *inner)))
    return replace(base, widget="rows", parts=tuple(parts), can_grow=fixed is None)


def undone(field: Field, r: Rendering) -> Field:
    """In a row that need not be answered, a choice can be taken back."""
    if field.widget != "radios" or field.optional:
        return field
    return replace(field, optional=True, options=(*field.options, nothing(r.labels)))


def grid(r: Rendering, base: Field, people: Options) -> Field:
    """A number for each person."""
    seats = tuple(Option(str(number), str(number)) for number in range(1, len(people) + 1))
    parts = [
        Field("select", f"{base.name}.{who.value}", who.label, optional=True, options=seats,
              values=r.texts(f"{base.name}.{who.value}"))
        for who in people
    ]  # fmt: skip
    return replace(base, widget="grid", parts=tuple(parts))


def pairs(r: Rendering, model: type[BaseModel], name: str, shape: Shape, base: Field) -> Field:
    """A dict: a row or a value for each key."""
    said = [key[len(base.name) + 1 :].partition(".")[0] for key in r.typed if key.startswith(f"{base.name}.")]
    known = r.setting.keys_of(model, name) or ()
    strange = tuple(Option(key, key) for key in dict.fromkeys(said) if key not in {one.value for one in known})
    parts = tuple(pair(r, model, name, shape, base, key) for key in (*known, *strange))
    return replace(base, widget="grid", parts=parts)


def pair(r: Rendering, model: type[BaseModel], name: str, shape: Shape, base: Field, key: Option) -> Field:
    """One key of a dict."""
    full, item = f"{base.name}.{key.value}", shape.item
    one = Field("text", full, key.label, key.hint, error=r.wrong.get(full, ""), optional=True, values=r.texts(full))
    if item and item.model:
        return replace(one, widget="row", parts=of_model(r, item.model, f"{full}."))
    options = r.setting.choices_of(model, f"{name}.{key.value}") or options_of(r, model, name, shape)
    return choice(one, options, r.labels) if options else one
