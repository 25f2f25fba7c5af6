"""Signing in through the organisation's provider: its groups give the roles, its lasting mark gives the account."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session, select

from integrations.identity import Identity
from models import signed_in
from models.account import Account, account_of
from models.database import Database
from models.event import append
from models.sign_in import Outcome, note
from models.staff import Staff
from models.stage import Role
from workflows.account import HANDLE, RESERVED
from workflows.sign_in import is_open

BY = "provider"
NEVER = (Role.RECEIVING_PARTNER, Role.SHELTER_PARTNER)  # these come with an organisation, which no group names
LONG_AGO = timedelta(days=1)


def roles_of(identity: Identity, groups: Mapping[str, Role]) -> list[str]:
    """The roles that somebody's groups give: only what is mapped, in a fixed order."""
    given = {groups[one] for one in identity.groups if one in groups} - set(NEVER)
    return sorted(role.value for role in given)


def subject_of(issuer: str, identity: Identity) -> str:
    """What is kept of the provider's lasting mark."""
    return hashlib.sha256(f"{issuer}\x1f{identity.subject}".encode()).hexdigest()


def let_in(
    database: Database, issuer: str, identity: Identity, groups: Mapping[str, Role], network: str, now: datetime
) -> tuple[str, str] | None:
    """A new session of whoever the provider named: their name here and the cookie's value. None says nothing of why."""
    roles, subject = roles_of(identity, groups), subject_of(issuer, identity)
    with database.unit_of_work() as session:
        account = known(session, subject, identity.name, bool(roles), now)
        if account is None or not roles or not is_open(session, account):
            note(session, account.staff_handle if account else None, Outcome.CLOSED, network, now)
            return None
        keep_roles(session, account.staff_handle, roles, now)
        note(session, account.staff_handle, Outcome.BY_PROVIDER, network, now)
        proved = identity.proved_at or now - LONG_AGO
        value = signed_in.begin(session, account.staff_handle, now, account.language, proved_at=min(proved, now))
        return account.staff_handle, value


def known(session: Session, subject: str, name: str, may_be_new: bool, now: datetime) -> Account | None:
    """The account of a mark; a new one for somebody whose name nobody has yet, or who has not enrolled yet."""
    name = name.partition("@")[0]
    found = session.exec(select(Account).where(Account.subject == subject)).first()
    if found or not may_be_new or not HANDLE.fullmatch(name) or name in RESERVED or account_of(session, name):
        return found
    staff = session.exec(select(Staff).where(Staff.handle == name)).first()
    if staff is None:
        session.add(Staff(handle=name, roles=[]))
    elif staff.partner is not None or not staff.active:
        return None
    made = Account(staff_handle=name, made_at=now, password_at=now, subject=subject)
    session.add(made)
    session.flush()
    append(session, "staff", "staff.by_provider", BY, now, handle=name)
    return made


def keep_roles(session: Session, handle: str, roles: list[str], now: datetime) -> None:
    """What the groups give holds from now on."""
    staff = session.exec(select(Staff).where(Staff.handle == handle).with_for_update()).one()
    if sorted(staff.roles) != roles:
        staff.roles = roles
        append(session, "staff", "staff.roles", BY, now, handle=handle, roles=roles, supervisor=staff.supervisor)
