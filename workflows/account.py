"""What is done to accounts: enrolling, new passwords and codes, closing and opening, ending sessions, roles."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.account import Account, account_of, new_codes, step_of
from models.database import Database
from models.enrolment import Enrolment, enrolment_of, invite
from models.event import append
from models.handover import Partner
from models.house_seal import opened, seal
from models.password import verified
from models.sign_in import Outcome, note
from models.signed_in import SignedIn, end_all
from models.staff import ApiKey, Staff
from models.stage import Role
from workflows.commands import Wrong
from workflows.sign_in import trying

HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,59}")
RESERVED = ("new", "sign-ins", "sila", "person")  # addresses of pages; who is written down and is no staff


def staff_of(session: Session, handle: str) -> Staff:
    """Somebody by handle, held until the transaction ends. Raises Wrong."""
    staff = session.exec(select(Staff).where(Staff.handle == handle).with_for_update()).first()
    if staff is None:
        raise Wrong("unknown_staff", "handle: nobody has this name; look at the list of staff.", "handle")
    return staff


def add(session: Session, handle: str, roles: Sequence[Role], partner: str | None, by: str, now: datetime) -> Staff:
    """Somebody new may act. Raises Wrong."""
    if not HANDLE.fullmatch(handle) or handle in RESERVED:
        raise Wrong("handle", "handle: letters, digits, dots and dashes, 2 to 60 of them.", "handle")
    if session.exec(select(Staff).where(Staff.handle == handle)).first():
        raise Wrong("known", f"There is a {handle} already: `sila staff key {handle}` makes another key.", "handle")
    staff = Staff(handle=handle, roles=checked(session, roles, partner), partner=partner)
    session.add(staff)
    append(session, "staff", "staff.added", by, now, handle=handle)
    return staff


def checked(session: Session, roles: Sequence[Role], partner: str | None) -> list[str]:
    """The roles, when they go with the partner. Raises Wrong."""
    if not roles:
        raise Wrong("no_role", "role: name at least one role.", "role")
    receiving, shelter = Role.RECEIVING_PARTNER in roles, Role.SHELTER_PARTNER in roles
    if (receiving and partner is None) or (partner is not None and not receiving and not shelter):
        remedy = "The role receiving_partner goes with --partner, and only it and shelter_partner do."
        raise Wrong("partner_role", remedy, "partner")
    if receiving and partner and session.get(Partner, partner) is None:
        raise Wrong("no_partner", f"There is no partner {partner}: add it first with `sila partner add`.", "partner")
    return [role.value for role in dict.fromkeys(roles)]


def change_roles(
    session: Session, handle: str, roles: Sequence[Role], supervisor: str | None, by: str, now: datetime
) -> None:
    """What somebody may do from their next request on, and who supervises them. Raises Wrong."""
    staff = staff_of(session, handle)
    if handle == by and Role.ADMINISTRATOR.value in staff.roles and Role.ADMINISTRATOR not in roles:
        raise Wrong("oneself", "role: nobody takes this role from themselves; ask another administrator.", "role")
    if supervisor is not None and (supervisor == handle or not staff_of(session, supervisor).has(Role.SUPERVISOR)):
        raise Wrong(
            "not_a_supervisor", "supervisor: name an active supervisor, not the person themselves.", "supervisor"
        )
    staff.roles, staff.supervisor = checked(session, roles, staff.partner), supervisor
    append(session, "staff", "staff.roles", by, now, handle=handle, roles=staff.roles, supervisor=supervisor)


def enrol(session: Session, handle: str, by: str, now: datetime) -> str:
    """Invite somebody to set a password and a second factor. Gives the link's token. Raises Wrong."""
    if not staff_of(session, handle).active:
        raise Wrong("not_active", "handle: this person has left; add them again under another name.", "handle")
    append(session, "staff", "staff.invited", by, now, handle=handle)
    return invite(session, handle, by, now)


def complete(
    session: Session, row: Enrolment, password_hash: str, step: int, language: str, network: str, now: datetime
) -> list[str]:
    """The link was used: the account is new, or new again; sessions before it end. Gives the recovery codes."""
    handle, secret = row.staff_handle, opened(session, row, "totp")
    account = account_of(session, handle) or Account(staff_handle=handle, made_at=now, password_at=now)
    seal(session, account, password=password_hash, totp=secret)
    account.totp_step, account.password_at, account.must_change = step, now, False
    account.language = language
    account.clear()
    session.add(account)
    row.used_at = now
    end_all(session, handle, now)
    note(session, handle, Outcome.ENROLLED, network, now)
    return new_codes(session, handle, now)


def code_step(session: Session, token: str, code: str, now: datetime) -> int | None:
    """Whether the app of somebody who enrols shows the right code: its step, or None."""
    row = enrolment_of(session, token, now)
    return step_of(opened(session, row, "totp"), "".join(code.split()), now, 0) if row else None


def is_password(database: Database, handle: str, password: str, now: datetime) -> bool:
    """Whether this is somebody's password; a wrong one counts as a failed try."""
    with database.unit_of_work() as session:
        account = trying(session, handle, now)
        stored = opened(session, account, "password") if account else None
    good, _ = verified(stored, password)
    with database.unit_of_work() as session:
        account = account_of(session, handle)
        if account and good:
            account.give_back()
    return good


def set_password(session: Session, handle: str, password_hash: str, network: str, now: datetime) -> None:
    """A new password; every session of theirs ends. Raises Wrong."""
    account = account_of(session, handle)
    if account is None:
        raise Wrong("no_account", "handle: this person has not enrolled yet.", "handle")
    seal(session, account, password=password_hash)
    account.password_at, account.must_change = now, False
    end_all(session, handle, now)
    note(session, handle, Outcome.NEW_PASSWORD, network, now)


def must_change(session: Session, handle: str, by: str, now: datetime) -> None:
    """They have to choose a new password when they next sign in. Raises Wrong."""
    account = account_of(session, staff_of(session, handle).handle)
    if account is None:
        raise Wrong("no_account", "handle: this person has not enrolled yet.", "handle")
    account.must_change = True
    end_all(session, handle, now)
    append(session, "staff", "staff.must_change", by, now, handle=handle)


def unlock(session: Session, handle: str, by: str, now: datetime) -> None:
    """Their failed tries are forgiven. Raises Wrong."""
    account = account_of(session, staff_of(session, handle).handle)
    if account:
        account.clear()
    append(session, "staff", "staff.unlocked", by, now, handle=handle)


def revoke(session: Session, handle: str, by: str, now: datetime) -> None:
    """Every session of theirs ends at once (T8: a lost phone). Raises Wrong."""
    end_all(session, staff_of(session, handle).handle, now)
    append(session, "staff", "staff.revoked", by, now, handle=handle)


def disable(session: Session, handle: str, by: str, now: datetime) -> None:
    """They can neither sign in nor use a key, from now on; their cases stay theirs. Raises Wrong."""
    if handle == by:
        raise Wrong("oneself", "handle: nobody closes their own account; ask another administrator.", "handle")
    account = account_of(session, staff_of(session, handle).handle)
    if account:
        account.disabled_at = account.disabled_at or now
    end_all(session, handle, now)
    for key in session.exec(select(ApiKey).where(ApiKey.staff_handle == handle, col(ApiKey.revoked_at).is_(None))):
        key.revoked_at = now
    append(session, "staff", "staff.disabled", by, now, handle=handle)


def enable(session: Session, handle: str, by: str, now: datetime) -> None:
    """They may sign in again. Raises Wrong."""
    account = account_of(session, staff_of(session, handle).handle)
    if account:
        account.disabled_at = None
    append(session, "staff", "staff.enabled", by, now, handle=handle)


def end_session(session: Session, handle: str, row: UUID, now: datetime) -> None:
    """End one session of somebody's own; anybody else's is as unknown as one that never was."""
    signed = session.get(SignedIn, row)
    if signed and signed.staff_handle == handle:
        signed.ended_at = signed.ended_at or now
