"""What surrounds a form: the reader's language, what may be chosen in this case, and what is known already."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from api.forms.view import Option

Options = tuple[Option, ...]
Typed = Mapping[str, list[str]]
HOUSE_ZONE = "Europe/Istanbul"


@dataclass(frozen=True)
class Fixed:
    """Rows that a list has, one for each option. ``key``: the field that names the row.

    ``every``: each row is sent, even untouched, because each must be answered.
    """

    key: str
    options: Options
    every: bool = False


@dataclass(frozen=True)
class Setting:
    """By ``Model.field``: what may be chosen, the keys of a dict, the rows of a list.

    ``given``: values by the name of the field that nobody types, because the question or the pathway says them.
    """

    language: str = "en"
    choices: Mapping[str, Options] = field(default_factory=dict)
    keys: Mapping[str, Options] = field(default_factory=dict)
    rows: Mapping[str, Fixed] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    start: Mapping[str, str] = field(default_factory=dict)
    zones: tuple[str, ...] = (HOUSE_ZONE, "UTC")
    currencies: tuple[str, ...] = ("EUR", "TRY", "USD")

    def choices_of(self, model: type[BaseModel], name: str) -> Options | None:
        """What may be chosen for a field, if this is known."""
        return next((self.choices[key] for key in keys_of(model, name) if key in self.choices), None)

    def keys_of(self, model: type[BaseModel], name: str) -> Options | None:
        """The keys that a dict may have, if they are known."""
        return next((self.keys[key] for key in keys_of(model, name) if key in self.keys), None)

    def rows_of(self, model: type[BaseModel], name: str) -> Fixed | None:
        """The rows that a list has, if they are known."""
        return next((self.rows[key] for key in keys_of(model, name) if key in self.rows), None)


def keys_of(model: type[BaseModel], name: str) -> list[str]:
    """The names under which something is known about a field: of the model, of the models it extends, of any."""
    return [f"{kind.__name__}.{name}" for kind in model.__mro__ if name in getattr(kind, "model_fields", {})] + [name]
