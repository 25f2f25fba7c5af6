"""The only way into a case: each command is one transaction of fact, event and due instant."""

from workflows.commands.change import Change, Fact, NotAllowed, Recording, Refused, Wrong, is_awake, touch
from workflows.commands.record import asked, choose, is_asked, record
from workflows.commands.withdrawal import end_consents, void_intents, withdraw, withdraw_will
from workflows.lease import UnknownCase

__all__ = [
    "Change",
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
    "record",
    "touch",
    "void_intents",
    "withdraw",
    "withdraw_will",
]
