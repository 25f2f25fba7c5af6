"""What a question says already: the fields of the answer that its subject fills."""

from collections.abc import Callable, Mapping

from pydantic import BaseModel

from api.forms.shape import shapes

NAMING = ("about", "person", "flag", "stay", "recipient", "claim")


def given_by(model: type[BaseModel], subject: str) -> Mapping[str, str]:
    """The values of fields that nobody needs to type; nothing for a question without a subject."""
    if not subject:
        return {}
    if model.__name__ in PARTED:
        return PARTED[model.__name__](subject)
    return {next(name for name in NAMING if name in shapes(model)): subject} if named(model) else {}


def named(model: type[BaseModel]) -> bool:
    """Whether one of its fields is what a question is about."""
    return any(name in shapes(model) for name in NAMING)


def paper(subject: str) -> Mapping[str, str]:
    """``person.paper``."""
    person, _, kind = subject.partition(".")
    return {"person": person, "paper": kind}


def approval(subject: str) -> Mapping[str, str]:
    """``assessment.hash``."""
    assessment, _, sha256 = subject.partition(".")
    return {"assessment": assessment, "sha256": sha256}


PARTED: Mapping[str, Callable[[str], Mapping[str, str]]] = {
    "FitnessPaperIn": paper,
    "ApprovalIn": approval,
    "ReconfirmationIn": lambda subject: {"person": subject.rpartition(".")[2]},
    "VictimPermitIn": lambda subject: {"person": subject.partition(".")[0]},
    "EscortIn": lambda subject: {"kind": subject},
    "ClosureIn": lambda subject: {},
    "CaseOwnerIn": lambda subject: {},
    "CaseGoesOnIn": lambda subject: {},
    "ShelterIn": lambda subject: {},
    "ThreatIn": lambda subject: {},
}
