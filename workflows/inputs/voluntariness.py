"""Signs of coercion, interpreters in conflict, who decides with whom, a child's word, and what follows a withdrawal."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, model_validator

from workflows.inputs.case import ConsentIn
from workflows.inputs.counselling import Relation
from workflows.inputs.words import Hash, Input, Name, OfPersonIn, OfSubjectIn, Short, Text


class CoercionFlagIn(Input):
    """Something that points at pressure on the person, as anybody of the house may have seen it."""

    sign: Short
    detail: Text | None = None


class CoercionClosingIn(Input):
    """Why a sign of coercion no longer stands."""

    flag: UUID
    reason: Text

    def subject(self) -> str | None:
        """The sign."""
        return str(self.flag)


class InterpreterConflictIn(Input):
    """An interpreter who must not work for this person."""

    interpreter_code: Short
    relation: Relation


class CapacityIn(OfPersonIn):
    """Whether an adult can decide about the journey alone, and what that is based on."""

    able: bool
    basis: Text

    def subject(self) -> str | None:
        """Nobody asks for this: it is found."""
        return ""


class DecisionMakerIn(OfPersonIn):
    """Who decides with somebody that cannot decide alone."""

    name: Name
    authority: Literal["guardianship_order", "power_of_attorney", "court_decision", "protection_measure"]
    document_hash: Hash
    until: date | None = None


class AssentIn(OfPersonIn, ConsentIn):
    """What a child says of the journey, asked in words of their age and without those who profit from the answer."""

    assents: bool
    guardian_consents: bool


class WithdrawalNoteIn(OfSubjectIn):
    """Whether somebody else was there when the person withdrew."""

    third_party_present: Literal["yes", "no", "unknown"]


class AppointmentIn(OfSubjectIn):
    """The counselling appointment after a withdrawal, or that the person wants none."""

    on: AwareDatetime | None = None
    declined: bool = False

    @model_validator(mode="after")
    def one_of_them(self) -> "AppointmentIn":
        """An appointment, or the person's no to one."""
        if (self.on is None) is not self.declined:
            raise ValueError("on: give the appointment, or say declined if the person wants none")
        return self
