"""A make-believe Twilio: its path, form and codes, a truth one can ask for, and numbers that misbehave.

Every door and magic number is in README.md. It never leaves the computer except to post webhooks to the
addresses it was given.
"""

import base64
import hmac
from typing import Annotated

from fastapi import Depends, FastAPI, Form, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from integrations.messaging.catcher import Mail, MailCatcher
from integrations.messaging.mailbox import add_mailbox
from integrations.messaging.simulated_world import LOST, Message, MessagingWorld
from integrations.simulated_app import CutLine, Refusal, create_app

__all__ = ["Mail", "MailCatcher", "create_simulator"]


class Inbound(BaseModel):
    """Body of the door that lets somebody write to us."""

    sender: str = Field(alias="from")
    text: str


def create_simulator(
    *, token: str, webhook_secret: str, webhook_url: str | None = None, mail: MailCatcher | None = None
) -> FastAPI:
    """Make the simulator. ``token`` is the password of every account; ``webhook_secret`` signs webhooks.

    With ``mail`` it also shows what people received, as a page at its root.
    """
    world = MessagingWorld(webhook_secret, webhook_url)
    app = create_app(world, "A make-believe Twilio")

    def signed_in(request: Request, account: str) -> None:
        word = base64.b64encode(f"{account}:{token}".encode()).decode()
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Basic {word}".encode()):
            raise Refusal(401, 20003)

    @app.post("/2010-04-01/Accounts/{account}/Messages.json", dependencies=[Depends(signed_in)], response_model=None)
    def send(
        account: str,
        to: Annotated[str, Form(alias="To")] = "",
        sender: Annotated[str, Form(alias="From")] = "",
        service: Annotated[str, Form(alias="MessagingServiceSid")] = "",
        text: Annotated[str, Form(alias="Body")] = "",
        callback: Annotated[str | None, Form(alias="StatusCallback")] = None,
    ) -> Response:
        message = world.send(account, to, sender or service, text, callback)
        return CutLine() if to == LOST else JSONResponse(resource(message), 201)

    @app.post("/_sim/inbound")
    def inbound(message: Inbound) -> dict[str, str]:
        return {"sid": world.receive(message.sender, message.text)}

    if mail is not None:
        add_mailbox(app, world, mail)
    return app


def resource(message: Message) -> dict[str, str | None]:
    """A message as Twilio answers it."""
    return {
        "sid": message.sid,
        "account_sid": message.account,
        "to": message.to,
        "from": message.sender,
        "body": message.text,
        "status": "queued",
        "error_code": None,
        "api_version": "2010-04-01",
    }
