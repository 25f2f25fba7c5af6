"""One run moves a case at a time. A lease lapses by the machine's own clock, and the next run takes over."""

import secrets
from datetime import timedelta

from sqlmodel import Session, select

from models.case import Case, UnknownCase
from models.clock import wall

__all__ = ["NotOurs", "UnknownCase", "held", "let_go", "lock", "new_token", "take"]


class NotOurs(Exception):
    """Another run has taken the case over: stop, and send nothing (F9, F10)."""


def new_token() -> str:
    """A name for one run's hold on a case."""
    return secrets.token_hex(16)


def lock(session: Session, ref: str) -> Case:
    """The case, locked until the transaction ends. Raises UnknownCase."""
    case = session.exec(select(Case).where(Case.ref == ref).with_for_update()).first()
    if case is None:
        raise UnknownCase(ref)
    return case


def take(session: Session, ref: str, token: str, lasts: timedelta) -> Case | None:
    """Lock the case and hold it under a token; None while another run holds it."""
    case = lock(session, ref)
    if case.lease not in (None, token) and case.lease_until and case.lease_until > wall():
        return None
    case.lease, case.lease_until = token, wall() + lasts
    return case


def held(session: Session, ref: str, token: str, lasts: timedelta | None = None) -> Case:
    """Lock a case that we hold, and hold it on for as long as said.

    Raises NotOurs when the lease is another's by now, or has lapsed.
    """
    case = lock(session, ref)
    if case.lease != token or case.lease_until is None or case.lease_until <= wall():
        raise NotOurs(ref)
    if lasts:
        case.lease_until = wall() + lasts
    return case


def let_go(case: Case) -> None:
    """Give the case back."""
    case.lease = case.lease_until = None
