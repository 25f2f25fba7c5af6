"""Offers a case without identity, answers, tells who comes after acceptance and when 48 hours before, and recalls."""

from workflows.actions.partner_handover.offer import find, of_handover, offer, offered, preview
from workflows.actions.partner_handover.package import (
    MEETING_POINT,
    PURPOSE,
    arrival,
    disclose,
    identity,
    leg,
    resend,
    send_package,
    told_arrival,
    told_before,
    told_identity,
)
from workflows.actions.partner_handover.table import ACTIONS
from workflows.actions.partner_handover.words import answer, answered, nothing, recall, recalled, remind, reply

__all__ = [
    "ACTIONS",
    "MEETING_POINT",
    "PURPOSE",
    "answer",
    "answered",
    "arrival",
    "disclose",
    "find",
    "identity",
    "leg",
    "nothing",
    "of_handover",
    "offer",
    "offered",
    "preview",
    "recall",
    "recalled",
    "remind",
    "reply",
    "resend",
    "send_package",
    "told_arrival",
    "told_before",
    "told_identity",
]
