"""What a field of an input asks for, read from its annotation: its kind, its limits, what it may be left out for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from workflows.inputs.words import a_country, a_zone

Kind = Literal[
    "text", "number", "money", "flag", "date", "moment", "reference", "choice", "country", "language", "zone",
    "currency", "hash", "model", "list", "pairs",
]  # fmt: skip
PLAIN: dict[Any, Kind] = {
    int: "number", Decimal: "money", bool: "flag", date: "date", datetime: "moment", AwareDatetime: "moment",
    UUID: "reference", str: "text",
}  # fmt: skip
CODES: dict[str, Kind] = {"^[a-z]{2,3}$": "language", "^[0-9a-f]{64}$": "hash"}
FEW = 10
CHECKED: dict[Any, Kind] = {a_country: "country", a_zone: "zone"}


@dataclass(frozen=True)
class Shape:
    """One field. ``words``: the values it may have; ``item``: what a list or the values of a dict are made of."""

    kind: Kind
    nullable: bool = False
    words: tuple[str, ...] = ()
    model: type[BaseModel] | None = None
    item: "Shape | None" = None
    longest: int | None = None
    shortest: int = 0
    pattern: str = ""
    least: int | None = None
    most: int | None = None
    required: bool = True
    default: Any = None

    @property
    def is_capitals(self) -> bool:
        """Written in capitals only, so that small letters are made so."""
        return self.pattern.startswith(("^[A-Z]", "^[A-Z0-9]")) or self.kind in ("country", "currency")

    @property
    def is_scale(self) -> bool:
        """A number of which there are few, as a score from 1 to 5."""
        bounded = self.least is not None and self.most is not None
        return self.kind == "number" and bounded and (self.most or 0) - (self.least or 0) <= FEW

    @property
    def is_code(self) -> bool:
        """A word in small letters, so that what people write is made one."""
        return self.kind == "text" and self.pattern.startswith(("^[a-z_", "^[a-z]["))


@cache
def shapes(model: type[BaseModel]) -> dict[str, Shape]:
    """The fields of a model in their order."""
    return {name: of_field(name, field) for name, field in model.model_fields.items()}


def of_field(name: str, field: FieldInfo) -> Shape:
    """One field with whether it must be given, and what it is where it is not."""
    shape = shape_of(field.annotation, tuple(field.metadata))
    if name == "currency":
        shape = replace(shape, kind="currency")
    default = field.get_default(call_default_factory=True, validated_data={})
    known = None if default is PydanticUndefined else default
    return replace(shape, required=field.is_required(), default=known)


def shape_of(annotation: Any, said: tuple[Any, ...] = ()) -> Shape:
    """The shape of an annotation with what was said about it."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape_of(parts[0], (*flat(parts[1:]), *said))
    if origin in (Union, UnionType):
        (real,) = (part for part in parts if part is not NoneType)
        return replace(shape_of(real, said), nullable=True)
    return limited(bare(annotation, origin, parts), said)


def bare(annotation: Any, origin: Any, parts: tuple[Any, ...]) -> Shape:
    """Without limits. Raises TypeError for a kind of value that no form has yet."""
    if origin is Literal:
        return Shape("choice", words=tuple(str(part) for part in parts))
    if origin is list:
        return Shape("list", item=shape_of(parts[0]))
    if origin is dict:
        return Shape("pairs", item=shape_of(parts[1]))
    if annotation in PLAIN:
        return Shape(PLAIN[annotation])
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Shape("choice", words=tuple(str(one.value) for one in annotation))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape("model", model=annotation)
    raise TypeError(f"no form asks for {annotation!r} yet: add its kind to api/forms")


def flat(said: tuple[Any, ...]) -> Iterator[Any]:
    """What ``Field`` says inside ``Annotated``, piece by piece."""
    for one in said:
        yield from one.metadata if isinstance(one, FieldInfo) else (one,)


def limited(shape: Shape, said: tuple[Any, ...]) -> Shape:
    """Lengths and patterns, and the kinds that only a validator or a pattern tells apart."""
    longest, shortest, pattern, kind = shape.longest, shape.shortest, shape.pattern, shape.kind
    least, most = shape.least, shape.most
    for one in said:
        least, most = getattr(one, "ge", least), getattr(one, "le", most)
        longest = getattr(one, "max_length", None) or longest
        shortest = getattr(one, "min_length", None) or shortest
        pattern = getattr(one, "pattern", None) or pattern
        kind = CHECKED.get(getattr(one, "func", None), kind)
    if kind == "text":
        kind = CODES.get(str(pattern), kind)
    return replace(shape, longest=longest, shortest=shortest, pattern=str(pattern), kind=kind,
                   least=least, most=most)  # fmt: skip
