"""E-mail by SMTP, step by step, because what an error means depends on how far we came.

Before the message itself is sent nothing has happened. While it is sent, or while the server's last word
is awaited, a broken line leaves it open whether the mail went out.
"""

import re
import smtplib
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from integrations.errors import OutcomeUnknown, PartnerRefused, PartnerUnavailable
from integrations.values import opaque

PARTNER = "messaging"
VERB = "send_email"
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
SEVEN_BIT = SMTP.clone(cte_type="7bit")  # passes every mail server, whatever the language


class SmtpMail:
    """Sends e-mail, one connection for each: a server may end an idle one at any time."""

    def __init__(self, host: str, port: int, sender: str, *, starttls: bool, timeout: float) -> None:
        self._host, self._port, self._timeout = host, port, timeout
        self._sender = address(sender)
        self._domain = self._sender.rpartition("@")[2]
        self._tls = ssl.create_default_context() if starttls else None

    def send(self, to: str, subject: str, text: str, *, key: str) -> str:
        """Hand over an e-mail and return its Message-ID. Raises as ``Messenger.send_email``."""
        message_id = f"<{opaque(key)}@{self._domain}>"
        message = self._message(address(to), subject, text, message_id)
        line = self._line()
        try:
            self._envelope(line, to)
            deliver(line, message.as_bytes())
        finally:
            with suppress(OSError, smtplib.SMTPException):
                line.quit()
            line.close()
        return message_id

    def _message(self, to: str, subject: str, text: str, message_id: str) -> EmailMessage:
        if CONTROL.search(subject):
            raise ValueError("a subject is one line")
        message = EmailMessage(policy=SEVEN_BIT)
        message["From"], message["To"], message["Subject"] = self._sender, to, subject
        message["Message-ID"], message["Date"] = message_id, format_datetime(datetime.now(UTC))
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return message

    def _line(self) -> smtplib.SMTP:
        """Connect. The name we greet with is our mail domain, not the computer's own name."""
        try:
            return smtplib.SMTP(self._host, self._port, local_hostname=self._domain, timeout=self._timeout)
        except (OSError, smtplib.SMTPException) as error:
            raise PartnerUnavailable(PARTNER, VERB, type(error).__name__) from None

    def _envelope(self, line: smtplib.SMTP, to: str) -> None:
        """Greet and name sender and recipient: until here nothing is sent."""
        try:
            line.ehlo_or_helo_if_needed()
            if self._tls is not None:
                expect(line.starttls(context=self._tls)[0], 220)
                line.ehlo_or_helo_if_needed()
            expect(line.mail(self._sender)[0], 250)
            expect(line.rcpt(to)[0], 250, 251)
        except smtplib.SMTPNotSupportedError:
            raise PartnerRefused(PARTNER, VERB, "starttls_missing") from None
        except smtplib.SMTPResponseException as error:
            expect(error.smtp_code)
        except (OSError, smtplib.SMTPException) as error:
            raise PartnerUnavailable(PARTNER, VERB, type(error).__name__) from None


def deliver(line: smtplib.SMTP, message: bytes) -> None:
    """Send the message itself. Raises all three errors."""
    try:
        code = line.data(message)[0]
    except smtplib.SMTPDataError as error:
        code = error.smtp_code
    except (OSError, smtplib.SMTPException) as error:
        raise OutcomeUnknown(PARTNER, VERB, type(error).__name__) from None
    if not 200 <= code < 600:
        raise OutcomeUnknown(PARTNER, VERB, "smtp_unreadable")
    expect(code, 250)


def expect(code: int, *wanted: int) -> None:
    """Let a good answer through. Raises PartnerRefused (5xx) or PartnerUnavailable (any other)."""
    if code in wanted:
        return
    kind = PartnerRefused if 500 <= code < 600 else PartnerUnavailable
    raise kind(PARTNER, VERB, f"smtp_{code}" if 200 <= code < 600 else "smtp_unreadable")


def address(word: str) -> str:
    """Let one plain address through. Raises ValueError for anything else, a line break above all."""
    if len(word) > 254 or not ADDRESS.fullmatch(word):
        raise ValueError("an e-mail address is name@domain in plain letters")
    return word
