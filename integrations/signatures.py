"""What every partner's signed messages have in common."""


class BadSignature(Exception):
    """The message does not carry a valid, fresh signature of its claimed sender."""
