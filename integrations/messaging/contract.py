"""Telling a person something, in our own words.

Partner class (reliability.md §8): **C**. Neither an SMS nor an e-mail can be asked for "once only", so
after ``OutcomeUnknown`` a message is not sent again by itself. Every verb may raise the errors of
``integrations.errors``; none of them repeats an address or a text.
"""

from typing import Protocol


class Messenger(Protocol):
    """Sends messages. Words that cannot be sent raise ValueError before anything leaves."""

    def send_sms(self, to: str, text: str, *, key: str) -> str:
        """Hand an SMS to the provider and return its reference; ``to`` is E.164 (``+90…``).

        Handed over is not delivered: that comes later, as a webhook. Raises PartnerUnavailable,
        PartnerRefused or OutcomeUnknown; ValueError for a number, text or key that cannot be sent.
        """
        ...

    def send_email(self, to: str, subject: str, text: str, *, key: str) -> str:
        """Hand an e-mail to the mail server and return its Message-ID, which is made from ``key``.

        Raises PartnerUnavailable, PartnerRefused or OutcomeUnknown; ValueError for an address,
        subject or key that cannot be sent.
        """
        ...

    def close(self) -> None:
        """Give the sockets back."""
        ...
