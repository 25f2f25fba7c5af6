"""Sealed fields: AES-256-GCM under a key of the person's own, which a master key wraps.

The associated data bind a ciphertext to its table, column and row, so that it opens nowhere else
(S14). Destroying the person's key row makes every sealed field about them unreadable for ever (S21).
"""

import base64
import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlmodel import Session, SQLModel, col, select

from models.base import plain

FORMAT = b"\x01"
NONCE_BYTES = 12


class Unreadable(Exception):
    """A sealed field does not open: erased, moved from another row, or altered."""


class PersonKey(SQLModel, table=True):
    """A person's data key, wrapped. Deleting the row erases the person everywhere."""

    __tablename__ = "person_keys"

    person_id: UUID = plain(primary_key=True)
    master: str = plain(max_length=20)
    wrapped: bytes = plain()


class About(Protocol):
    """A row that holds sealed fields: it says whose key seals it."""

    id: UUID

    @property
    def key_owner(self) -> UUID:
        """The person whose key seals this row's fields."""


@dataclass(frozen=True)
class Keyring:
    """The master keys, oldest first: ``{"k1": 32 bytes}``. The last wraps; all can unwrap.

    Keys for blind indexes, the event chain and effect keys come from the oldest, because they must
    stay the same for the life of the house.
    """

    masters: dict[str, bytes]

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """Read ``id:base64,id:base64``. Raises ValueError when a key is not 32 bytes."""
        masters: dict[str, bytes] = {}
        for part in filter(None, (piece.strip() for piece in text.split(","))):
            name, _, encoded = part.partition(":")
            key = base64.b64decode(encoded, validate=True)
            if not name or len(key) != 32:
                raise ValueError("a master key is written id:base64 of 32 bytes; make one with `sila key`")
            masters[name] = key
        if not masters:
            raise ValueError("no master key is set: put one, made with `sila key`, into SILA_MASTER_KEYS")
        return cls(masters)

    def derived(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose, the same for the life of the house."""
        return derived(next(iter(self.masters.values())), purpose)

    @property
    def current(self) -> str:
        """The name of the key that wraps new person keys."""
        return next(reversed(self.masters))

    def wrap(self, key: bytes, owner: UUID) -> tuple[str, bytes]:
        """Wrap a person's key under the current master key."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self.current, nonce + AESGCM(self.masters[self.current]).encrypt(nonce, key, owner.bytes)

    def unwrap(self, row: PersonKey) -> bytes:
        """Raises Unreadable when the master key is gone or the row belongs to somebody else."""
        master = self.masters.get(row.master)
        if master is None:
            raise Unreadable("its master key is not on the ring")
        try:
            return AESGCM(master).decrypt(row.wrapped[:NONCE_BYTES], row.wrapped[NONCE_BYTES:], row.person_id.bytes)
        except InvalidTag:
            raise Unreadable("the person's key does not unwrap") from None


@lru_cache(maxsize=64)
def derived(master: bytes, purpose: str) -> bytes:
    """See ``Keyring.derived``; worked out once, since every event asks for it."""
    return HKDF(SHA256(), 32, salt=None, info=f"sila {purpose}".encode()).derive(master)


class Vault:
    """Seals and opens fields within one session. A person's key is unwrapped once per session."""

    def __init__(self, session: Session, keyring: Keyring) -> None:
        self._session, self._keyring = session, keyring
        self._keys: dict[UUID, AESGCM] = {}

    def seal(self, row: Any, **values: Any) -> None:
        """Set sealed fields of a row from plain JSON values (dates become ISO text; None stays None)."""
        for column, value in values.items():
            setattr(row, column, None if value is None else self._sealed(row, column, value))

    def open(self, row: Any, column: str) -> Any:
        """The plain value of a sealed field, or None. Raises Unreadable."""
        stored: bytes | None = getattr(row, column)
        if stored is None:
            return None
        opened: dict[str, Any] = row.__dict__.get("opened", {})  # a row of the cabinet is opened once
        if column not in opened:
            opened[column] = self._opened(row, column, stored)
        return opened[column]

    def _opened(self, row: Any, column: str, stored: bytes) -> Any:
        nonce, body = stored[1 : 1 + NONCE_BYTES], stored[1 + NONCE_BYTES :]
        try:
            return json.loads(self._key(row.key_owner).decrypt(nonce, body, bound_to(row, column)))
        except InvalidTag:
            raise Unreadable(f"{row.__tablename__}.{column} does not open in this row") from None

    def open_date(self, row: Any, column: str) -> date | None:
        """The same for a date."""
        text = self.open(row, column)
        return None if text is None else date.fromisoformat(text)

    def _sealed(self, row: Any, column: str, value: Any) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        plaintext = json.dumps(value, ensure_ascii=False, default=str).encode()
        return FORMAT + nonce + self._key(row.key_owner, make=True).encrypt(nonce, plaintext, bound_to(row, column))

    def know(self, owners: Iterable[UUID]) -> None:
        """Look up the keys of many people at once. One that does not unwrap is left to whoever needs it."""
        left = [owner for owner in owners if owner not in self._keys]
        rows = self._session.exec(select(PersonKey).where(col(PersonKey.person_id).in_(left))) if left else ()
        for row in rows:
            with suppress(Unreadable):
                self._keys[row.person_id] = AESGCM(self._keyring.unwrap(row))

    def _key(self, owner: UUID, *, make: bool = False) -> AESGCM:
        if owner not in self._keys:
            row = self._session.get(PersonKey, owner)
            if row is None and not make:
                raise Unreadable("the person's key was destroyed")
            self._keys[owner] = AESGCM(self._keyring.unwrap(row) if row else self._made(owner))
        return self._keys[owner]

    def _made(self, owner: UUID) -> bytes:
        key = AESGCM.generate_key(256)
        master, wrapped = self._keyring.wrap(key, owner)
        self._session.add(PersonKey(person_id=owner, master=master, wrapped=wrapped))
        return key


def bound_to(row: Any, column: str) -> bytes:
    """What a ciphertext is bound to: its table, column and row."""
    return f"{row.__tablename__}.{column}.{row.id}".encode()


def blind_index(keyring: Keyring, purpose: str, *parts: str) -> str:
    """A keyed fingerprint for finding equal values among sealed ones: 32 hex digits, equality only."""
    folded = "\x1f".join(" ".join(unicodedata.normalize("NFKC", part).casefold().split()) for part in parts)
    return hmac.new(keyring.derived(f"index {purpose}"), folded.encode(), hashlib.sha256).hexdigest()[:32]
