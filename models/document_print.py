"""Documents as they were printed: what each says is sealed, and known to whoever holds the paper by a token alone."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.base import Record, instant, plain, sealed
from models.vault import Keyring


class DocumentPrint(Record, table=True):
    """One print. ``sha256`` is of what the document says, without the footer that names its reader.

    ``subject`` is what it is about beside the person: a recipient, a handover, a reader. It is of no case in the
    sense of ``models.case.Belonging``: printing changes no case and wakes none.
    """

    __tablename__ = "document_prints"

    at: datetime = instant()
    by: str = plain(max_length=60)
    role: str = plain("", max_length=60)
    case_ref: str = plain(max_length=20, index=True)
    person_id: UUID = plain(index=True)
    kind: str = plain(max_length=20)
    subject: str = plain("", max_length=100)
    language: str = plain(max_length=3)
    version: int = plain(1)
    sha256: str = plain(max_length=64)
    token_sha256: str = plain(max_length=64, unique=True)
    said: bytes | None = sealed(3)

    @property
    def key_owner(self) -> UUID:
        """The person it is about: the print becomes unreadable with everything else of theirs."""
        return self.person_id


def token_of(keyring: Keyring, print_id: UUID) -> str:
    """The token on a paper: 128 bits that nobody can guess, made anew from the print and kept nowhere."""
    return hmac.new(keyring.derived("document prints"), print_id.bytes, hashlib.sha256).hexdigest()[:32]


def hashed(token: str) -> str:
    """What is kept of a token. A plain hash is enough: the token has 128 bits of chance."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(session: Session, token: str) -> DocumentPrint | None:
    """The print that carries a token."""
    return session.exec(select(DocumentPrint).where(DocumentPrint.token_sha256 == hashed(token))).first()


def is_superseded(session: Session, row: DocumentPrint) -> bool:
    """Whether the same document was printed again since, and says something else by now."""
    same = select(DocumentPrint.id).where(
        DocumentPrint.case_ref == row.case_ref, DocumentPrint.person_id == row.person_id,
        DocumentPrint.kind == row.kind, DocumentPrint.subject == row.subject, DocumentPrint.language == row.language,
    )  # fmt: skip
    later = same.where(DocumentPrint.at >= row.at, col(DocumentPrint.id) > row.id, DocumentPrint.sha256 != row.sha256)
    return session.exec(later).first() is not None
