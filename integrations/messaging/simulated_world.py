"""The simulated SMS provider's ground truth: what was sent, what came in, and what it tells about it."""

import threading
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

from integrations.messaging.webhooks import SIGNATURE, signature
from integrations.simulated_app import Refusal
from integrations.simulation import Errands, SimClock, Webhook

REFUSED, BUSY, LOST = "+905550000404", "+905550000503", "+905550000408"
NEVER, UNDELIVERED = "+905550000009", "+905550000006"
STEP_SECONDS = 0.2
LONGEST = 1600


@dataclass
class Message:
    """An SMS as the provider keeps it; ``key`` is there if the callback has one in its query."""

    sid: str
    account: str
    to: str
    sender: str
    text: str
    callback: str | None
    key: str | None
    status: str = "queued"


class MessagingWorld:
    """Everything that happened. ``lock`` guards the messages."""

    def __init__(self, webhook_secret: str, webhook_url: str | None) -> None:
        self.errands = Errands(SimClock())
        self.webhook_url = webhook_url
        self.messages: list[Message] = []
        self.inbound: list[dict[str, str]] = []
        self.turned_away: set[str] = set()
        self.lock = threading.RLock()
        self._secret = webhook_secret

    def send(self, account: str, to: str, sender: str, text: str, callback: str | None) -> Message:
        """Take a message. Raises Refusal with Twilio's own codes."""
        with self.lock:
            self._check(to, sender, text)
            key = parse_qs(urlsplit(callback or "").query).get("key", [None])[0]
            message = Message(new_sid(), account, to, sender, text, callback, key)
            self.messages.append(message)
            if to != NEVER:
                last = "undelivered" if to == UNDELIVERED else "delivered"
                for place, status in enumerate(("sent", last), start=1):
                    self._later(message, status, STEP_SECONDS * place)
            return message

    def receive(self, sender: str, text: str) -> str:
        """Let somebody write to us. Raises Refusal (409) when nobody listens."""
        if self.webhook_url is None:
            raise Refusal(409, "no_webhook")
        sid = new_sid()
        with self.lock:
            self.inbound.append({"sid": sid, "from": sender, "text": text})
        form = {"MessageSid": sid, "SmsSid": sid, "From": sender, "To": "+905550000000", "Body": text}
        self._post(self.webhook_url, form | {"NumMedia": "0", "ApiVersion": "2010-04-01"})
        return sid

    def truth(self) -> dict[str, Any]:
        """Tell everything that happened."""
        with self.lock:
            often = Counter((one.to, one.text) for one in self.messages)
            return {
                "messages": [asdict(one) for one in self.messages],
                "inbound": list(self.inbound),
                "duplicates": [{"to": to, "text": text, "count": n} for (to, text), n in often.items() if n > 1],
            }

    def reset(self) -> None:
        """Forget everything that happened."""
        with self.lock:
            self.errands.forget()
            self.messages.clear()
            self.inbound.clear()
            self.turned_away.clear()

    def _check(self, to: str, sender: str, text: str) -> None:
        if not to.startswith("+") or to == REFUSED:
            raise Refusal(400, 21211)
        if not sender:
            raise Refusal(400, 21603)
        if not text:
            raise Refusal(400, 21602)
        if len(text) > LONGEST:
            raise Refusal(400, 21617)
        if to == BUSY and text not in self.turned_away:
            self.turned_away.add(text)
            raise Refusal(503, 20503)

    def _later(self, message: Message, status: str, seconds: float) -> None:
        def act() -> None:
            with self.lock:
                if message not in self.messages:
                    return
                message.status = status
                url = message.callback or self.webhook_url
            if url is not None:
                self._post(url, notice(message, status))

        self.errands.after(seconds, act)

    def _post(self, url: str, form: dict[str, str]) -> None:
        signed = {SIGNATURE: signature(url, form, self._secret), "content-type": "application/x-www-form-urlencoded"}
        self.errands.post(Webhook(url, urlencode(form).encode(), lambda: signed, form.get("MessageStatus", "inbound")))


def notice(message: Message, status: str) -> dict[str, str]:
    """The form of a delivery notice."""
    form = {"MessageSid": message.sid, "SmsSid": message.sid, "AccountSid": message.account, "From": message.sender}
    form |= {"To": message.to, "MessageStatus": status, "SmsStatus": status, "ApiVersion": "2010-04-01"}
    return form | {"ErrorCode": "30003"} if status == "undelivered" else form


def new_sid() -> str:
    """A reference that looks like Twilio's."""
    return f"SM{uuid4().hex}"
