"""How a single value is asked for: a line, a box, radios, a list, or day, time and zone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.forms.labels import Labels
from api.forms.setting import Options, Setting, Typed
from api.forms.shape import Shape
from api.forms.view import Field, Option, Widget

RADIOS = 5
LONG = 200
WIDGETS: dict[str, Widget] = {
    "number": "number", "money": "number", "date": "date", "moment": "moment", "hash": "hash", "text": "text",
    "reference": "text",
}  # fmt: skip


@dataclass(frozen=True)
class Rendering:
    """What a form is rendered from; ``wrong``: the trouble of each field by its name."""

    typed: Typed
    setting: Setting
    labels: Labels
    wrong: Mapping[str, str]

    def texts(self, name: str) -> tuple[str, ...]:
        """What was typed under a name."""
        return tuple(self.typed.get(name, ()))


def leaf(r: Rendering, base: Field, shape: Shape, options: Options | None) -> Field:
    """A single value."""
    if shape.kind == "flag":
        return flag(r, base, shape)
    if options is not None:
        return choice(base, options, r.labels)
    if shape.kind == "moment":
        return moment(r, base)
    if shape.kind == "zone":
        return choice(base, tuple(Option(zone, zone) for zone in with_value(r.setting.zones, base.value)), r.labels)
    if shape.kind == "country":
        return replace(base, widget="text", suggested="countries-2" if shape.longest == 2 else "countries-3")
    widget = "area" if shape.kind == "text" and (shape.longest or 0) > LONG else WIDGETS.get(shape.kind, "text")
    return replace(base, widget=widget, longest=shape.longest)


def with_value(known: tuple[str, ...], value: str) -> tuple[str, ...]:
    """The known ones, and the one that stands there if it is another."""
    return known if not value or value in known else (*known, value)


def choice(base: Field, options: Options, labels: Labels) -> Field:
    """Radios where there are few, else a list; what may be left open can be chosen back to nothing."""
    if base.value and base.value not in {option.value for option in options}:
        options = (*options, Option(base.value, base.value))
    if len(options) > RADIOS:
        return replace(base, widget="select", options=options)
    return replace(base, widget="radios", options=(*options, *((nothing(labels),) if base.optional else ())))


def nothing(labels: Labels) -> Option:
    """No answer."""
    return Option("", labels.text("not_said"))


def flag(r: Rendering, base: Field, shape: Shape) -> Field:
    """A box where it may be left out, else yes and no."""
    if not shape.required and not shape.nullable:
        return replace(base, widget="flag")
    yes_no = (Option("yes", r.labels.text("yes")), Option("no", r.labels.text("no")))
    return replace(base, widget="radios", options=(*yes_no, *((nothing(r.labels),) if shape.nullable else ())))


def moment(r: Rendering, base: Field) -> Field:
    """Day, time and zone: three values of one field."""
    day, clock, zone = ("".join(r.texts(f"{base.name}.{part}")[:1]) for part in ("day", "time", "zone"))
    zones = with_value(r.setting.zones, zone)
    error = base.error or next((text for name, text in r.wrong.items() if name.startswith(f"{base.name}.")), "")
    options = tuple(Option(name, name) for name in zones)
    return replace(base, widget="moment", values=(day, clock, zone or zones[0]), options=options, error=error)
