"""Families: cases that are linked, people who get a case of their own, and people who must never meet."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from workflows.inputs.case import ConsentIn
from workflows.inputs.contact import ContactIn
from workflows.inputs.words import Input, Text

Ref = Annotated[str, Field(min_length=3, max_length=20)]
Relation = Literal["spouse", "parent", "child", "sibling", "other"]


class FamilyLinkIn(Input):
    """Another case of the same family. Both people know and agree; nobody is merged."""

    other: Ref
    relation: Relation
    both_agree: bool


class FamilyLeaveIn(Input):
    """The person no longer wants to be linked with their family."""


class FamilySplitIn(Input):
    """One person of the case, and the children who go with them, get a case of their own.

    ``data_consent`` is the consent of the person whose case it becomes, ``contact`` how they are reached.
    """

    person: UUID
    accompanied_by: Annotated[list[UUID], Field(max_length=10, default_factory=list)]
    relation: Relation = "other"
    data_consent: ConsentIn
    contact: ContactIn | None = None


class FamilySeparationIn(Input):
    """Somebody of the family harms another: two files at once, each hidden from the other.

    ``perpetrator`` is a person of this case; or ``other`` is the case of the same family that must be kept away.
    Where the perpetrator is the principal, ``moves`` is who gets a case of their own, with ``accompanied_by``.
    """

    perpetrator: UUID | None = None
    other: Ref | None = None
    moves: UUID | None = None
    accompanied_by: Annotated[list[UUID], Field(max_length=10, default_factory=list)]
    perpetrator_is_here: bool = False
    reason: Text

    @model_validator(mode="after")
    def one_of_two(self) -> "FamilySeparationIn":
        """A person or a case."""
        if (self.perpetrator is None) == (self.other is None):
            raise ValueError("perpetrator: name either a person of this case or another case of the family")
        return self
