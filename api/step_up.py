"""Sensitive acts with a key: whoever uses it shows their second factor, as on the pages; a stolen key alone does none.

A code of the app is good for one act that is done: one that is refused gives it back. Whoever does several acts in a
row exchanges one code for a proof of five minutes.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials

from api.deps import HouseDep, Once, OnceDep, SignedIn, bearer
from api.errors import Problem
from api.pages.limits import limited, network_mark
from api.sensitive import GOOD_FOR
from models.house_seal import opened_text, sealed_text
from models.queries.access import Denied
from models.staff import Staff, hashed
from models.vault import Unreadable
from workflows.commands import Refused
from workflows.house import House
from workflows.lease import UnknownCase
from workflows.sign_in import Shown, give_back, prove

HEADER = "X-Sila-Proof"
PURPOSE, MARK = "proof beside a key", "proof_"
LONGEST = 600
REFUSALS = (Refused, UnknownCase, Denied, Problem)  # each undoes all that its act has written
MOST, PER = 12, timedelta(minutes=5)
NEEDED = (
    f"This act needs your second factor: send a code of your authenticator app in the header {HEADER}, or a proof "
    "that POST /api/proof gave you for a code. A code is good for one act that is done, a proof for five minutes."
)
REFUSED = (
    "That did not work. A code is good once and for half a minute: wait for the next one. A proof is good for five "
    "minutes and with its own key. After several tries that fail, an account is locked for some minutes."
)
NO_PERSON = "A system's key may not do this: a member of staff does it, with a key and a second factor of their own."


class Proof:
    """What came beside a key."""

    used: Shown | None = None  # the code

    def __init__(self, request: Request, house: House, who: Staff, key: str, said: str) -> None:
        self.request, self.house, self.who, self.key, self.said = request, house, who, hashed(key), said.strip()

    @property
    def now(self) -> datetime:
        """The machine's own time: an authenticator app knows no other."""
        now: datetime = self.request.app.state.wall()
        return now

    def must(self) -> None:
        """Use it up if it is a code. Raises Problem, in the same words for a wrong, used, locked or missing app."""
        if self.who.partner is not None:
            raise Problem(403, "not_a_person", NO_PERSON)
        if not self.said:
            raise Problem(401, "proof_needed", NEEDED, header=HEADER)
        if not (self.is_proof() or self.is_code()):
            raise Problem(401, "proof_refused", REFUSED, header=HEADER)

    def is_proof(self) -> bool:
        """Whether it was given to this key within five minutes."""
        if not self.said.startswith(MARK) or len(self.said) > LONGEST:
            return False
        try:
            handle, key, at = opened_text(self.house.database.keyring, PURPOSE, self.said.removeprefix(MARK))
        except Unreadable:
            return False
        age = self.now - datetime.fromisoformat(at)
        return (handle, key) == (self.who.handle, self.key) and timedelta() <= age < GOOD_FOR

    def is_code(self) -> bool:
        """Whether it is a code that was not used; it is used now, and a wrong one counts to the lock-out."""
        limited(self.request, f"proof of {self.who.handle}", MOST, PER)
        self.used = prove(self.house.database, self.who.handle, self.said[:40], network_mark(self.request), self.now)
        return self.used is not None

    def give_back(self) -> None:
        """Nothing was done with it."""
        if self.used:
            give_back(self.house.database, self.used, network_mark(self.request), self.now)

    def given(self) -> dict[str, Any]:
        """A proof for this key in return for a code. Raises Problem."""
        said, now = self.said, self.now
        self.said = "" if said.startswith(MARK) else said  # no proof makes another
        self.must()
        value = sealed_text(self.house.database.keyring, PURPOSE, [self.who.handle, self.key, now.isoformat()])
        return {"proof": MARK + value, "good_until": now + GOOD_FOR}


def proof_of(
    request: Request,
    house: HouseDep,
    who: SignedIn,
    shown: Annotated[HTTPAuthorizationCredentials, Depends(bearer)],
    said: Annotated[
        str,
        Header(alias=HEADER, description="A code of your authenticator app, or a proof that POST /api/proof gave."),
    ] = "",
) -> Proof:
    """What came beside the key, not yet looked at."""
    return Proof(request, house, who, shown.credentials, said)


ProofDep = Annotated[Proof, Depends(proof_of)]


class ProvenOnce(Once):
    """The same as ``Once`` for a sensitive act: what was answered is answered again without a new code."""

    def __init__(self, once: Once, proof: Proof) -> None:
        super().__init__(once.house, once.who, once.key, once.door)
        self.proof = proof

    def do(self, body: Any, work: Callable[[], dict[str, Any]], status: int = 200) -> tuple[dict[str, Any], int]:
        """Look at the proof, then do the work; a refusal leaves no trace of it but its note. Raises Problem."""

        def proven() -> dict[str, Any]:
            self.proof.must()
            try:
                return work()
            except REFUSALS:
                self.proof.give_back()
                raise

        return super().do(body, proven, status)


def proven_once(once: OnceDep, proof: ProofDep) -> ProvenOnce:
    """By the headers of a program."""
    return ProvenOnce(once, proof)


ProvenOnceDep = Annotated[ProvenOnce, Depends(proven_once)]
