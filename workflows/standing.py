"""What a stage can answer when asked where it stands: six words, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.stage import Gate, Role, Stage

Value = str | int


@dataclass(frozen=True)
class Said:
    """A reason as a code with values; ``workflows.explain`` turns it into English or Turkish."""

    code: str
    values: tuple[tuple[str, Value], ...] = ()


def say(code: str, **values: Value | datetime) -> Said:
    """A reason. Instants become ISO text, so that a reason can be stored and compared."""
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
    return Said(code, tuple(sorted(plain.items())))


def said_of(why: Mapping[str, object]) -> Said:
    """A reason that was stored as its code with values."""
    values = {name: value for name, value in why.items() if name != "code"}
    return Said(str(why.get("code", "")), tuple(sorted(values.items())))  # type: ignore[arg-type]


class Party(StrEnum):
    """Whom or what a stage can wait for."""

    PERSON = "person"
    PARTNER = "partner"
    CONSULATE = "consulate"
    AIRLINE = "airline"
    DATE = "date"


@dataclass(frozen=True)
class Blocked:
    """Nothing to do, for these reasons, until the gates of the map among them open.

    ``opened_by``: whose word opens it where no gate of the map is closed.
    """

    by: tuple[Said, ...]
    gates: tuple[Gate, ...] = ()
    opened_by: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Doing:
    """Something outside must happen now. ``subject`` and ``generation`` name the try in the ledger."""

    action: str
    subject: str
    why: Said
    generation: int = 1

    @property
    def effect(self) -> tuple[str, str, int]:
        """Which row of the ledger, whatever the reason."""
        return self.action, self.subject, self.generation


@dataclass(frozen=True)
class Waiting:
    """Waits for somebody until an instant; ``then`` says what happens if nothing comes."""

    on: Party
    why: Said
    until: datetime
    then: Said


@dataclass(frozen=True)
class Asking:
    """A person of a role must record the fact ``question`` (about ``subject``) until an instant."""

    role: Role
    question: str
    why: Said
    until: datetime
    then: Said
    subject: str = ""


@dataclass(frozen=True)
class Done:
    """Nothing more to do, because; and until when that holds (None: for good)."""

    because: Said
    valid_until: datetime | None = None


@dataclass(frozen=True)
class NotNeeded:
    """This case does without the stage."""

    because: Said


Standing = Blocked | Doing | Waiting | Asking | Done | NotNeeded


@dataclass(frozen=True)
class Duty:
    """Something that a role must see to beside the stages: it holds no stage up, and has an owner and a limit.

    It opens at an instant that may lie ahead, and is asked until its fact makes ``workflows.duties`` leave it out.
    ``holds_closure``: the case is not closed over it.
    """

    stage: Stage
    asking: Asking
    opens_at: datetime
    holds_closure: bool = True

    def is_open(self, now: datetime) -> bool:
        """Whether its time has come."""
        return self.opens_at <= now


def label(standing: Standing) -> str:
    """The name of the Prefect state: what is awaited, in words that operations staff read."""
    match standing:
        case Waiting(on=on):
            return f"Awaiting {on.value}"
        case Asking(role=role):
            return f"Awaiting {role.value.replace('_', ' ')}"
        case _:
            return {"Blocked": "Blocked", "Doing": "Working", "Done": "Done", "NotNeeded": "Not needed"}[
                type(standing).__name__
            ]


def until_of(standing: Standing) -> datetime | None:
    """When this standing must be looked at again by itself."""
    match standing:
        case Waiting(until=until) | Asking(until=until):
            return until
        case Done(valid_until=until):
            return until
        case _:
            return None


def reason_of(standing: Standing) -> Said:
    """Why it stands so."""
    match standing:
        case Blocked(by=by):
            return by[0]
        case Doing(why=why) | Waiting(why=why) | Asking(why=why):
            return why
        case Done(because=because) | NotNeeded(because=because):
            return because
