"""What must be explained before a choice counts, and what points at coercion."""

from typing import ClassVar

from workflows.pathways.row import Row


class OptionToExplain(Row):
    """One way that a person must have heard of before they choose."""

    table: ClassVar[str] = "option_to_explain"

    code: str


class CoercionSign(Row):
    """One sign of coercion; the presence of some people, or a place, is such a sign by itself."""

    table: ClassVar[str] = "coercion_sign"

    code: str
    shown_by_presence_of: tuple[str, ...] = ()
    shown_by_place: tuple[str, ...] = ()
