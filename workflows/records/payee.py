"""Records accounts that may be paid: named, verified by a second person, and looked at when they raise a question."""

from uuid import UUID

from sqlmodel import col, or_, select

from models.case import Case
from models.database import keyring_of
from models.money import Payee, PayeeCheck, PayeeReview
from models.question import Question
from models.vault import blind_index
from workflows import inputs as i
from workflows.commands import Recording, Refused, Wrong
from workflows.records.common import principal


def newest(r: Recording, code: str) -> Payee | None:
    """The account of a code: of this case, or of a vendor that the house knows."""
    mine = or_(col(Payee.case_id) == r.case.id, col(Payee.kind) == "vendor")
    rows = r.session.exec(select(Payee).where(Payee.code == code, mine).order_by(col(Payee.at), col(Payee.id))).all()
    return rows[-1] if rows else None


def known_codes(r: Recording) -> frozenset[str]:
    """Codes that this case may pay to already."""
    mine = or_(col(Payee.case_id) == r.case.id, col(Payee.kind) == "vendor")
    return frozenset(r.session.exec(select(Payee.code).where(mine)))


def keep_payee(r: Recording, said: i.PayeeIn) -> None:
    """A new account, or a changed one of a known code; the same again changes nothing."""
    before = newest(r, said.code)
    index = blind_index(keyring_of(r.session), "account", said.account) if said.account else None
    if before and before.kind != said.kind:
        raise Wrong("payee_kind", f"payees: {said.code} is known as {before.kind}; take another code.", "payees")
    if before and (before.account_index, before.method) == (index, said.method):
        return
    row = Payee(
        **r.row, code=said.code, kind=said.kind, method=said.method, account_index=index,
        person_id=None if said.kind == "vendor" else principal(r.session, r.case).id,
    )  # fmt: skip
    r.save(row, name=said.name, account=said.account)
    r.session.flush()
    wake_others(r, said.code)


def payee(r: Recording) -> None:
    """Another account for a code that is paid already."""
    if newest(r, r.body.code) is None:
        raise Wrong("payee", "code: nobody is paid under this code; name the account in the plan.", "code")
    keep_payee(r, r.body)


def row_of(r: Recording) -> Payee:
    """The account that the body is about: of this case, or a vendor. Raises Wrong."""
    try:
        row = r.session.get(Payee, UUID(r.body.about))
    except ValueError:
        row = None
    if row is None or (row.kind != "vendor" and row.case_id != r.case.id):
        raise Wrong("unknown", "about: not an account of this case; the question names it.", "about")
    return row


def payee_check(r: Recording) -> None:
    """A second person asked back. Who wrote the account down cannot be that person."""
    row = row_of(r)
    if row.by == r.by:
        raise Refused("four_eyes", "Somebody else than who recorded this account must verify it.")
    r.save(PayeeCheck(**r.row, payee_id=row.id, verified=r.body.verified, how=r.body.how))
    wake_others(r, row.code)


def payee_review(r: Recording) -> None:
    """Whether money may go there in spite of the question; not by who named the account."""
    row = row_of(r)
    if row.by == r.by:
        raise Refused("four_eyes", "Somebody else than who recorded this account must decide about it.")
    r.save(PayeeReview(**r.row, payee_id=row.id, allowed=r.body.allowed, reason=r.body.reason))


def wake_others(r: Recording, code: str) -> None:
    """Other cases that wait for a word on this vendor look again."""
    ids = select(Payee.id).where(Payee.code == code, Payee.kind == "vendor")
    about = {str(one) for one in r.session.exec(ids)}
    waiting = select(Question.case_id).where(
        col(Question.subject).in_(about), col(Question.answered_at).is_(None), col(Question.voided_at).is_(None)
    )
    for case in (
        r.session.exec(select(Case).where(col(Case.id).in_(waiting), Case.id != r.case.id)).all() if about else ()
    ):
        case.due_at = r.now
