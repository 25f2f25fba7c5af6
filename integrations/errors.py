"""What can go wrong at a partner, sorted by what to do next (not by what broke).

An error carries the partner, the verb and a short machine code. It never carries a body, a
URL or a name: these errors travel through Prefect, whose logs and states everybody may read.
"""


class PartnerError(Exception):
    """Something at a partner's end. Use one of the three kinds below."""

    def __init__(self, partner: str, verb: str, code: str) -> None:
        super().__init__(f"{partner}.{verb}: {code}")
        self.partner, self.verb, self.code = partner, verb, code


class PartnerUnavailable(PartnerError):
    """Again later: the partner provably did nothing, so the same request may be sent again."""


class PartnerRefused(PartnerError):
    """A person must look: the partner understood and said no. Sending it again changes nothing."""


class OutcomeUnknown(PartnerError):
    """The request may or may not have had its effect. Only reconcile; never send it again blindly."""
