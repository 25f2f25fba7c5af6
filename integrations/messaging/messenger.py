"""``Messenger`` made of its two halves."""

from integrations.messaging.mail import SmtpMail
from integrations.messaging.sms import TwilioSms


class TwoWayMessenger:
    """See ``Messenger`` for what each verb promises and which errors it may raise."""

    def __init__(self, sms: TwilioSms, mail: SmtpMail) -> None:
        self._sms, self._mail = sms, mail

    def send_sms(self, to: str, text: str, *, key: str) -> str:
        """Hand over an SMS. Raises all three errors and ValueError, see ``Messenger.send_sms``."""
        return self._sms.send(to, text, key=key)

    def send_email(self, to: str, subject: str, text: str, *, key: str) -> str:
        """Hand over an e-mail. Raises all three errors and ValueError, see ``Messenger.send_email``."""
        return self._mail.send(to, subject, text, key=key)

    def close(self) -> None:
        """Give the sockets back."""
        self._sms.close()


def open_messenger(
    sms_url: str,
    account: str,
    token: str,
    sender: str,
    smtp_host: str,
    smtp_port: int,
    mail_from: str,
    *,
    smtp_starttls: bool = False,
    callback_url: str | None = None,
    timeout: float = 10.0,
) -> TwoWayMessenger:
    """Make a messenger; nothing is connected yet. ``timeout`` is in seconds.

    Delivery notices are asked for at ``callback_url``. Raises ValueError when ``mail_from`` is
    not a plain address.
    """
    mail = SmtpMail(smtp_host, smtp_port, mail_from, starttls=smtp_starttls, timeout=timeout)
    return TwoWayMessenger(TwilioSms(sms_url, account, token, sender, callback_url, timeout), mail)
