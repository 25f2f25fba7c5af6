"""The only way into a case: each command is one transaction of fact, event and due instant."""

from workflows.commands.change import Change, Changed, Fact, NotAllowed, Recording, Refused, Wrong, is_awake, touch
from workflows.commands.record import asked, choose, is_asked, record, recorded
from workflows.commands.withdrawal import TELLING, end_consents, is_undone, stop, void_intents, withdraw, withdraw_will
from workflows.lease import UnknownCase

__all__ = [
    "TELLING",
    "Change",
    "Changed",
    "Fact",
    "NotAllowed",
    "Recording",
    "Refused",
    "UnknownCase",
    "Wrong",
    "asked",
    "choose",
    "end_consents",
    "is_asked",
    "is_awake",
    "is_undone",
    "record",
    "recorded",
    "stop",
    "touch",
    "void_intents",
    "withdraw",
    "withdraw_will",
]
