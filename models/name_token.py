"""By what a person is found in a search: keyed fingerprints of the beginnings and the consonants of their names.

No name stands here. A fingerprint is 64 bits of a keyed hash, so that a copy of the table tells nothing to whoever
has no key; the same beginning has the same fingerprint, which is what a search needs.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Session, SQLModel, col, delete

from models.base import plain
from models.vault import Keyring

BYTES = 8


class NameToken(SQLModel, table=True):
    """One way to find one person; made anew whenever their names are written, gone when they are erased."""

    __tablename__ = "name_tokens"

    token: int = plain(primary_key=True, sa_type=BigInteger)
    person_id: UUID = plain(primary_key=True, index=True)


def fingerprints(keyring: Keyring, words: Iterable[str]) -> frozenset[int]:
    """The fingerprints of some words."""
    key = keyring.derived("index name search")
    digests = (hmac.new(key, word.encode(), hashlib.sha256).digest() for word in words)
    return frozenset(int.from_bytes(digest[:BYTES], signed=True) for digest in digests)


def forget(session: Session, people: Sequence[UUID]) -> None:
    """These people are found by no name any more."""
    session.exec(delete(NameToken).where(col(NameToken.person_id).in_(people)))
