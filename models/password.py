"""Passwords: what one must be, and its argon2id hash.

A hash takes 64 MiB and a tenth of a second, so only a few are made at a time; the others wait their turn.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash

SHORTEST, LONGEST = 12, 200  # ASVS 5.0 6.2.1, 6.2.9: length and nothing else, no rules of composition
AT_ONCE = BoundedSemaphore(2)
PRODUCT = ("sıla", "sila")
COMMON = """
    123456789012 1234567890123 12345678901234 111111111111 000000000000 123123123123 121212121212 112233445566
    password1234 password12345 passwordpassword password123456 passw0rd1234 p@ssword1234 mypassword123 administrator
    administrator1 adminadminadmin qwertyuiopas qwertyuiop123 qwertyqwerty qwerty123456 1q2w3e4r5t6y 1qaz2wsx3edc
    qazwsxedcrfv zxcvbnm12345 asdfghjkl123 abcdefghijkl abcdefgh1234 abc123abc123 abcd12345678 letmeinletmein
    letmein123456 iloveyou1234 iloveyouiloveyou welcome12345 welcomewelcome changemechangeme changeme1234
    trustno1trustno1 galatasaray1905 fenerbahce1907 besiktas1903 istanbul1234 istanbul3434 trabzonspor61
    sifre1234567 sifresifresifre parola123456 parolaparola seniseviyorum bismillahirrahman correcthorsebatterystaple
    monkeymonkey dragondragon sunshine1234 football1234 baseball1234 superman1234 princess1234 whatever1234
    """
COMMONEST = frozenset(COMMON.split())


class Weak(ValueError):
    """A password that cannot be taken; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def accept(password: str, handle: str) -> None:
    """Raises Weak: ``too_short``, ``too_long``, ``has_handle``, ``has_product`` or ``too_common``."""
    folded = folded_of(password)
    if len(password) < SHORTEST:
        raise Weak("too_short")
    if len(password) > LONGEST:
        raise Weak("too_long")
    if folded_of(handle) in folded:
        raise Weak("has_handle")
    if any(folded_of(name) in folded for name in PRODUCT):
        raise Weak("has_product")
    if folded in COMMONEST or len(set(folded)) < 4:
        raise Weak("too_common")


def folded_of(text: str) -> str:
    """For comparing: one form, no case."""
    return unicodedata.normalize("NFKC", text).casefold()


def hashed(password: str) -> str:
    """The argon2id hash of a password, with its own salt."""
    with turn():
        return hasher().hash(normal(password))


def verified(stored: str | None, password: str) -> tuple[bool, str | None]:
    """Whether a password is the right one, and a new hash when the old one is out of date.

    Without a stored hash the same work is done for nothing, so that the time tells nobody who exists (T14).
    """
    with turn():
        good, newer = hasher().verify_and_update(normal(password[:LONGEST]), stored or nobodys())
    return (good, newer) if stored else (False, None)


def normal(password: str) -> str:
    """The same password from every keyboard."""
    return unicodedata.normalize("NFKC", password)


@contextmanager
def turn() -> Iterator[None]:
    """A place among the few that may hash at the same time."""
    with AT_ONCE:
        yield


@cache
def hasher() -> PasswordHash:
    """Argon2id as its authors recommend it."""
    return PasswordHash.recommended()


@cache
def nobodys() -> str:
    """A hash that no password has; made once."""
    return hasher().hash("nobody has this password")
