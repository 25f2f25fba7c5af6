"""The make-believe SMS gateway without a line to it, for simulations. Mail needs a server and is not sent there."""

from typing import Any

from integrations.in_process import Asked, Faults, InProcessHttp, Line
from integrations.messaging.mail import SmtpMail
from integrations.messaging.messenger import TwoWayMessenger
from integrations.messaging.simulated_world import LOST, MessagingWorld
from integrations.messaging.simulator import resource
from integrations.messaging.sms import PARTNER, TwilioSms
from integrations.simulated_app import Refusal
from integrations.simulation import Errands

SENDER = "+905550000001"


class InProcessSms(TwilioSms):
    """The adapter, its other end a function."""

    def __init__(self, http: InProcessHttp, callback_url: str) -> None:
        super().__init__("http://gateway.invalid", "AC0", "", SENDER, callback_url, 1.0)
        super().close()
        self._http = http


def open_in_process(
    errands: Errands, faults: Faults, *, secret: str, hook: str
) -> tuple[TwoWayMessenger, MessagingWorld]:
    """The messenger and the world behind it."""
    world = MessagingWorld(secret, hook)
    world.errands.close()
    world.errands = errands
    sms = InProcessSms(InProcessHttp(PARTNER, lambda asked: served(world, asked), faults), hook)
    mail = SmtpMail("127.0.0.1", 9, "post@sila.invalid", starttls=False, timeout=1.0)
    return TwoWayMessenger(sms, mail), world


def served(world: MessagingWorld, asked: Asked) -> tuple[int, Any]:
    """One message, as the simulator's door takes it. Raises Line."""
    said = asked.form
    try:
        message = world.send("AC0", said.get("To", ""), said.get("From", ""), said.get("Body", ""),
                             said.get("StatusCallback"))  # fmt: skip
    except Refusal as refusal:
        return refusal.status, {"code": refusal.code}
    if message.to == LOST:
        raise Line
    return 201, resource(message)
