"""What may bar a return: claims for protection, step by step, and the legal advice that was given on each."""

from uuid import UUID

from models.base import plain, sealed
from models.case import OfPerson


class ProtectionClaim(OfPerson, table=True):
    """One word on one claim: a later row with the same ``claim_id`` says how it stands now.

    What ends a claim is proven by a paper (``decision_hash``). The kinds, and what bars a return while it stands,
    are rules (``return_bars``).
    """

    __tablename__ = "protection_claims"

    claim_id: UUID = plain(index=True)
    decision_hash: str | None = plain(None, max_length=64)
    kind: bytes | None = sealed(3)
    status: bytes | None = sealed(3)
    court_on: bytes | None = sealed(3)
    narrative: bytes | None = sealed(3)


class LegalAid(OfPerson, table=True):
    """A person was advised on a claim by a lawyer; ``in_writing`` names the paper by its hash."""

    __tablename__ = "legal_aids"

    subject: str = plain(max_length=60)
    in_writing: bool = plain()
    document_hash: str | None = plain(None, max_length=64)
    provider: bytes | None = sealed(2)
