"""Records quotes, proofs, approvals, payments, and what is checked after them."""

from sqlmodel import select

from models import reconciliation as c
from models import reintegration as m
from models.money import Account, Move, balances, in_euros
from models.stage import Role
from workflows import books
from workflows import inputs as i
from workflows.caps import caps_of, sums_of
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.gather import gather
from workflows.pathways import rules_of
from workflows.records.common import OPERATIONS, PROTECTION, STAFF, SUPERVISOR, about
from workflows.records.payee import keep_payee, known_codes, payee, payee_check, payee_review
from workflows.records.plan import BASE, over_cap, rate_for


def quotes(r: Recording) -> None:
    """Quotes of different vendors on different papers, and the one that is bought from."""
    line = about(r, m.PlanLine)
    for vendor in r.body.vendors:
        keep_payee(r, vendor)
    check_quotes(r, line)
    for quote in r.body.quotes:
        chosen = quote.vendor == r.body.chosen
        why = r.body.why_not_cheapest if chosen else None
        r.save(m.Quote(**r.row, line_id=line.id, **quote.model_dump(), chosen=chosen, why_not_cheapest=why))


def check_quotes(r: Recording, line: m.PlanLine) -> None:
    """As many as the threshold asks for; the payee's own is the one that is chosen, and covers the line."""
    by_vendor = {quote.vendor: quote for quote in r.body.quotes}
    needed = int(rules_of(r.case.pathway, r.case.pathway_version).number("quotes"))
    if len(by_vendor) < max(needed, len(r.body.quotes)) or len({q.sha256 for q in r.body.quotes}) < len(by_vendor):
        raise Wrong("quotes", f"quotes: give {needed} of different vendors, each with its own paper.", "quotes")
    if set(by_vendor) - known_codes(r):
        raise Wrong("vendors", "vendors: name each vendor that quotes, with its account.", "vendors")
    if line.payee != r.body.chosen or r.body.chosen not in by_vendor:
        raise Wrong("chosen", f"chosen: the plan pays {line.payee}; change the plan to buy elsewhere.", "chosen")
    best, price = min(quote.amount for quote in r.body.quotes), by_vendor[r.body.chosen].amount
    if price > best and r.body.why_not_cheapest is None:
        raise Wrong(
            "cheapest", "why_not_cheapest: another quote is lower; say why it was not taken.", "why_not_cheapest"
        )
    whole = sum(one.amount for one in r.session.exec(select(m.Instalment).where(m.Instalment.line_id == line.id)))
    if whole > price:
        raise Refused("beyond_quote", f"The line pays {whole} and the quote asks {price}: change the plan.", "chosen")


def evidence(r: Recording) -> None:
    """Proofs by kind and hash; a photo only when no face can be recognised in it."""
    row = about(r, m.Instalment)
    for number, proof in enumerate(r.body.proofs):
        if proof.kind == "photo" and not proof.without_faces:
            field = f"proofs.{number}.without_faces"
            raise Wrong("faces", f"{field}: a photo may show no face; take another one and confirm that.", field)
        r.save(m.Evidence(**r.row, instalment_id=row.id, **proof.model_dump()))


def instalment_approval(r: Recording) -> None:
    """Approval by somebody who neither planned, quoted nor proved (four eyes), and within the caps (S3)."""
    row = about(r, m.Instalment)
    line = r.session.get_one(m.PlanLine, row.line_id)
    if r.by in proposers(r, row, line):
        raise Refused("four_eyes", "Somebody else than who recorded the plan, the quotes or the evidence must approve.")
    facts = gather(r.session, r.case, r.now)
    rate = rate_now(r, line)
    wanted = sums_of([(str(line.for_person), line.kind, in_euros(row.amount, rate.value))])
    try:
        books.make_room(r.session, r.case, caps_of(facts), wanted)
    except books.OverCap as beyond:
        raise Refused("over_cap", over_cap(beyond.scope, beyond.left)) from None
    books.move(r.session, row, Move.APPROVED, r.by, r.now, rate=rate)


def proposers(r: Recording, row: m.Instalment, line: m.PlanLine) -> set[str]:
    """Who planned, quoted or proved."""
    proofs = r.session.exec(select(m.Evidence.by).where(m.Evidence.instalment_id == row.id)).all()
    quoted = r.session.exec(select(m.Quote.by).where(m.Quote.line_id == line.id)).all()
    return {row.by, line.by, *proofs, *quoted}


def rate_now(r: Recording, line: m.PlanLine) -> books.Rate:
    """The plan's rate while it is fresh, else the one that the approver gives."""
    rules = rules_of(r.case.pathway, r.case.pathway_version)
    if r.body.rate is not None or (line.currency != BASE and r.now.date() - line.rate_on > rules.time("rate_age")):
        return rate_for(r, rules, line.currency, [r.body.rate] if r.body.rate else [], r.now.date())
    return books.Rate(line.rate, line.rate_on, line.rate_source)


def payment(r: Recording) -> None:
    """What became of a payment, by somebody who neither proposed nor approved it (four eyes)."""
    row = about(r, m.Instalment)
    line = r.session.get_one(m.PlanLine, row.line_id)
    if r.by in {*proposers(r, row, line), books.approved_by(r.session, row.id)}:
        raise Refused("four_eyes", "Somebody else than who proposed or approved the payment must pay and report it.")
    if r.body.outcome == "paid":
        paid(r, row)
    elif r.body.outcome == "stop":
        stop(r, row)
    elif row.payment_status == "ordered":
        raise Refused("in_their_books", "The partner has this order: only its books can say that nothing was paid. "
                      "Answer stop, and it is asked to cancel the order.")  # fmt: skip
    else:
        books.settled(r.session, row, "failed", r.by, r.now)


def paid(r: Recording, row: m.Instalment) -> None:
    """Handed over, with a receipt."""
    if r.body.receipt is None:
        raise Wrong("receipt", "receipt: give the hash of the receipt.", "receipt")
    row.by_hand = row.payment_status != "ordered"
    books.settled(r.session, row, "handed_over", r.by, r.now, receipt=r.body.receipt)


def stop(r: Recording, row: m.Instalment) -> None:
    """The partner is asked to cancel an order that it does not answer for."""
    if row.payment_status != "ordered":
        raise Refused("not_ordered", "Nothing is ordered from the partner: there is nothing to stop.")
    row.stop_asked_at = r.now


def compared(r: Recording) -> None:
    """The partner's list was compared by hand."""
    matched = max(0, r.body.read - len(r.body.differences))
    r.save(
        c.Reconciliation(
            **r.row, subject=r.body.about, partner=r.case.partner or "", read=r.body.read, matched=matched,
            differences=r.body.differences,
        )
    )  # fmt: skip


def difference(r: Recording) -> None:
    """What it turned out to be."""
    r.save(c.DifferenceAnswer(**r.row, difference=r.body.about, cause=r.body.cause))


def spot_check(r: Recording) -> None:
    """What a visit found; a certificate is needed to confirm. Not by who approved or paid."""
    row = about(r, m.Instalment)
    if r.body.outcome == "confirmed" and r.body.certificate is None:
        raise Wrong("certificate", "certificate: give the hash of the certificate that was compared.", "certificate")
    if r.by == books.approved_by(r.session, row.id):
        raise Refused("four_eyes", "Somebody else than who approved the payment must visit.")
    r.save(c.SpotCheck(**r.row, instalment_id=row.id, outcome=r.body.outcome, sha256=r.body.certificate))


def money_returned(r: Recording) -> None:
    """A payee gave money back."""
    row = about(r, m.Instalment)
    back(r, row, Move.RETURNED, r.body.receipt)


def claw_back(r: Recording) -> None:
    """A proposal to take money back."""
    row = about(r, m.Instalment)
    lying = balances(books.entries_of(r.session, row))[Account.DELIVERED]
    if r.body.amount_eur > lying:
        raise Refused("not_delivered", f"Only {lying} EUR of this instalment was delivered.", "amount_eur")
    r.save(c.ClawBack(**r.row, instalment_id=row.id, amount_eur=r.body.amount_eur, cause=r.body.cause))


def claw_back_decision(r: Recording) -> None:
    """The word of a second person; with a yes the money counts as taken back."""
    row = about(r, c.ClawBack)
    if row.by == r.by:
        raise Refused("four_eyes", "Somebody else than who proposed to take the money back must decide.")
    r.save(c.ClawBackDecision(**r.row, claw_back_id=row.id, approved=r.body.approved))
    if r.body.approved:
        instalment = r.session.get_one(m.Instalment, row.instalment_id)
        books.move(r.session, instalment, Move.CLAWED_BACK, r.by, r.now, part=row.amount_eur)


def back(r: Recording, row: m.Instalment, what: Move, receipt: str) -> None:
    """Move a part back to the budget. Raises Refused when so much was never delivered."""
    try:
        books.move(r.session, row, what, r.by, r.now, part=r.body.amount_eur, reference=receipt)
    except books.NothingThere:
        raise Refused(
            "not_delivered", "So much of this instalment was not delivered, or it came back before."
        ) from None


FACTS = (
    Fact("payee", i.ChangedPayeeIn, STAFF, payee),
    Fact("payee_check", i.PayeeCheckIn, OPERATIONS, payee_check),
    Fact("payee_review", i.PayeeReviewIn, (*PROTECTION, Role.OPERATIONS), payee_review),
    Fact("quotes", i.QuotesIn, STAFF, quotes, only_when_asked=True),
    Fact("evidence", i.EvidenceIn, STAFF, evidence, only_when_asked=True),
    Fact("instalment_approval", i.InstalmentApprovalIn, SUPERVISOR, instalment_approval, only_when_asked=True),
    Fact("payment", i.PaymentIn, OPERATIONS, payment, only_when_asked=True),
    Fact("reconciliation", i.ReconciliationIn, OPERATIONS, compared),
    Fact("money_difference", i.DifferenceIn, OPERATIONS, difference, only_when_asked=True),
    Fact("spot_check", i.SpotCheckIn, (Role.MONITORING, *OPERATIONS), spot_check),
    Fact("money_returned", i.MoneyReturnedIn, OPERATIONS, money_returned),
    Fact("claw_back", i.ClawBackIn, OPERATIONS, claw_back),
    Fact("claw_back_decision", i.ClawBackDecisionIn, SUPERVISOR, claw_back_decision, only_when_asked=True),
)
