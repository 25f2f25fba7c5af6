"""The note of a standing and back: all that the decision said, so that a page can explain it without deciding anew.

A note tells what was decided when the case was last looked at. No gate reads it, and no effect rests on it.
"""

from collections.abc import Mapping
from typing import Any

from models.question import StandingRow
from models.stage import Gate, Role
from workflows.standing import (
    Asking,
    Blocked,
    Doing,
    Done,
    NotNeeded,
    Party,
    Said,
    Standing,
    Waiting,
    said_of,
)


def kept(said: Said) -> dict[str, object]:
    """A reason as it is kept."""
    return {"code": said.code, **dict(said.values)}


def more_of(standing: Standing) -> dict[str, Any]:
    """What a standing says beside its first reason, its counterpart and its limit."""
    match standing:
        case Blocked(by=by, gates=gates):
            return {"by": [kept(said) for said in by], "gates": [gate.value for gate in gates]}
        case Doing(action=action, subject=subject, generation=generation):
            return {"action": action, "subject": subject, "generation": generation}
        case Waiting(then=then):
            return {"then": kept(then)}
        case Asking(question=question, subject=subject, then=then):
            return {"question": question, "subject": subject, "then": kept(then)}
        case _:
            return {}


def standing_of(row: StandingRow) -> Standing | None:
    """The standing that a note tells of; None for a note of an older form, which the next push renews."""
    why, more = said_of(row.why), row.more
    match row.kind:
        case "Blocked" if "by" in more:
            return Blocked(tuple(said_of(one) for one in more["by"]), tuple(Gate(one) for one in more["gates"]))
        case "Doing" if "action" in more:
            return Doing(more["action"], more["subject"], why, more["generation"])
        case "Waiting" | "Asking" if "then" in more and row.until:
            return awaiting(row, why, said_of(more["then"]), more)
        case "Done":
            return Done(why, row.until)
        case "NotNeeded":
            return NotNeeded(why)
        case _:
            return None


def awaiting(row: StandingRow, why: Said, then: Said, more: Mapping[str, Any]) -> Standing:
    """Waiting for somebody outside, or asking a role."""
    until = row.until
    if until is None:
        raise ValueError("a wait without an end is no wait")
    if row.kind == "Waiting":
        return Waiting(Party(row.on or ""), why, until, then)
    return Asking(Role(row.on or ""), more["question"], why, until, then, more["subject"])
