"""Secrets that belong to the house and to no person: AES-256-GCM under a key that comes from a master key.

The ciphertext names the master key, so that a ring with a new one still opens what an older one sealed, and is bound
to its place like every sealed field (S14).
"""

import base64
import binascii
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import LargeBinary
from sqlmodel import Field, Session

from models.database import keyring_of
from models.vault import NONCE_BYTES, Keyring, Unreadable, bound_to

FORMAT = b"\x02"
PURPOSE = b"sila house secrets"


def house_sealed(field_class: int = 2) -> Any:
    """A column that only this module reads and writes."""
    info = {"field_class": field_class, "sealed_by": "house"}
    return Field(default=None, sa_type=LargeBinary, sa_column_kwargs={"info": info})


def seal(session: Session, row: Any, **values: Any) -> None:
    """Set sealed columns of a row from plain JSON values; None stays None."""
    for column, value in values.items():
        sealed = None if value is None else sealed_bytes(keyring_of(session), bound_to(row, column), value)
        setattr(row, column, sealed)


def opened(session: Session, row: Any, column: str) -> Any:
    """The plain value of a sealed column, or None. Raises Unreadable."""
    stored: bytes | None = getattr(row, column)
    return None if stored is None else opened_bytes(keyring_of(session), bound_to(row, column), stored)


def sealed_text(keyring: Keyring, purpose: str, value: Any) -> str:
    """A value that somebody else carries for us, as in a cookie: they can neither read it nor change it."""
    return base64.urlsafe_b64encode(sealed_bytes(keyring, purpose.encode(), value)).decode()


def opened_text(keyring: Keyring, purpose: str, text: str) -> Any:
    """What was given away under the same purpose. Raises Unreadable for everything else."""
    try:
        return opened_bytes(keyring, purpose.encode(), base64.urlsafe_b64decode(text.encode()))
    except (binascii.Error, ValueError):
        raise Unreadable("this was not sealed here") from None


def sealed_bytes(keyring: Keyring, bound: bytes, value: Any) -> bytes:
    """Format, name of the master key, nonce, ciphertext."""
    name, nonce = keyring.current.encode(), secrets.token_bytes(NONCE_BYTES)
    head = FORMAT + bytes([len(name)]) + name
    body = json.dumps(value, ensure_ascii=False, default=str).encode()
    return head + nonce + key_of(keyring, keyring.current).encrypt(nonce, body, head + bound)


def opened_bytes(keyring: Keyring, bound: bytes, stored: bytes) -> Any:
    """The value again. Raises Unreadable when it was sealed elsewhere, altered, or its master key is gone."""
    if len(stored) < 2 or stored[:1] != FORMAT:
        raise Unreadable("this was not sealed by the house")
    start = 2 + stored[1]
    head, nonce, body = stored[:start], stored[start : start + NONCE_BYTES], stored[start + NONCE_BYTES :]
    try:
        return json.loads(key_of(keyring, head[2:].decode()).decrypt(nonce, body, head + bound))
    except (InvalidTag, ValueError):
        raise Unreadable("a secret of the house does not open here") from None


def key_of(keyring: Keyring, name: str) -> AESGCM:
    """The house's key under one master key. Raises Unreadable."""
    if name not in keyring.masters:
        raise Unreadable("its master key is not on the ring")
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(keyring.masters[name]))
