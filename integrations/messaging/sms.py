"""SMS through Twilio's REST form (API 2010-04-01), which other providers imitate.

Twilio honours no key, and a message whose answer was lost cannot be asked for. Its notices come back under our key,
which stands in their address.
"""

import base64
import re
from urllib.parse import quote

from integrations.http import PartnerHttp
from integrations.values import opaque, reading

PARTNER = "messaging"
VERB = "send_sms"
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
LONGEST = 1600  # letters; Twilio refuses more


class TwilioSms:
    """Sends SMS. ``sender`` is a number, a word, or a messaging service (``MG…``)."""

    def __init__(
        self, base_url: str, account: str, token: str, sender: str, callback_url: str | None, timeout: float
    ) -> None:
        word = base64.b64encode(f"{account}:{token}".encode()).decode()
        headers = {"Authorization": f"Basic {word}", "Accept": "application/json"}
        self._http = PartnerHttp(PARTNER, base_url, headers=headers, timeout=timeout)
        self._path = f"/2010-04-01/Accounts/{quote(account, safe='')}/Messages.json"
        self._from = {"MessagingServiceSid" if SERVICE.fullmatch(sender) else "From": sender}
        self._callback = callback_url

    def close(self) -> None:
        """Give the sockets back."""
        self._http.close()

    def send(self, to: str, text: str, *, key: str) -> str:
        """Hand over an SMS and return Twilio's reference. Raises as ``Messenger.send_sms``."""
        if not E164.fullmatch(to):
            raise ValueError("a number is written as + and 7 to 15 digits")
        if not text.strip() or len(text) > LONGEST:
            raise ValueError("an SMS has 1 to 1600 letters")
        told = {} if self._callback is None else {"StatusCallback": f"{self._callback}?key={opaque(key)}"}
        form = {"To": to, "Body": text, **self._from, **told}
        answer = self._http.change(VERB, self._path, data=form)
        with reading(PARTNER, VERB, changed=True):
            return opaque(answer.body["sid"])
