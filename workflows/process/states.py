"""What must hold in every state that a case can come to, tried on states that cases came to.

A state is its facts. Each is looked at as it is, with one effect forgotten (what would be sent then?), withdrawn
from, closed, and without the word of the person that something personal stands on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.stage import Stage, Track
from workflows.decide import decide
from workflows.duties import duties
from workflows.facts import Facts
from workflows.process.checks import Proof
from workflows.process.personal import PERSONAL, WITHOUT
from workflows.standing import Asking, Blocked, Doing, Done, NotNeeded, Standing, Waiting

TAKES_BACK = (
    "cancel_", "recall_", "withdraw_", "look_up_", "accept_change", "answer_return", "open_incident", "reconcile_",
)  # fmt: skip

TAKING_BACK = (Stage.FLIGHT_BOOKING, Stage.PARTNER_HANDOVER, Stage.TRAVEL_DOCUMENTS, Stage.REINTEGRATION)


def of_states(states: Iterable[Facts]) -> tuple[Proof, ...]:
    """All claims about states."""
    waits = Proof("in every state each wait has an owner and an end to come")
    leave = Proof("every state can be withdrawn from, and nothing of the journey goes on")
    close = Proof("every state can be closed, and nothing but taking back goes on")
    stuck = Proof("no state is without a next step")
    tell = Proof("no path sends personal data without the person's word")
    for facts in states:
        look_at_waits(facts, waits)
        look_at_next(facts, stuck)
        look_withdrawn(facts, leave)
        look_closed(facts, close)
        for one in forgetting(facts):
            look_at_words(one, tell)
    return waits, stuck, leave, close, tell


def forgetting(facts: Facts) -> Iterator[Facts]:
    """The state, and the same with one action of the ledger not done yet."""
    yield facts
    for action in {effect.action for effect in facts.effects} & PERSONAL.keys():
        yield replace(facts, effects=tuple(one for one in facts.effects if one.action != action),
                      handovers=tuple(replace(one, identity_sent=False) for one in facts.handovers))  # fmt: skip


def name_of(facts: Facts, stage: Stage, standing: Standing) -> str:
    """How a counterexample is called: references and codes only."""
    return f"{facts.ref} at {facts.now:%Y-%m-%d}: {stage.value} {type(standing).__name__}"


def look_at_waits(facts: Facts, proof: Proof) -> None:
    """An owner, an end after now, and something that follows."""
    asked = [(stage, one) for stage, one in decide(facts).items() if isinstance(one, Asking | Waiting)]
    asked += [(duty.stage, duty.asking) for duty in duties(facts) if duty.is_open(facts.now)]
    for stage, one in asked:
        owner = one.role if isinstance(one, Asking) else one.on
        proof.look(bool(owner) and one.until > facts.now and bool(one.then.code), name_of(facts, stage, one))


def look_at_next(facts: Facts, proof: Proof) -> None:
    """Somebody is asked or waited for, something is done, or it is closed (L1)."""
    standings = decide(facts)
    moving = any(isinstance(one, Doing | Asking | Waiting) for one in standings.values())
    beside = any(duty.asking for duty in duties(facts))
    blocked = [(stage, one) for stage, one in standings.items() if isinstance(one, Blocked)]
    proof.look(facts.closed or moving or beside, name_of(facts, *blocked[0]) if blocked else facts.ref)


def look_withdrawn(facts: Facts, proof: Proof) -> None:
    """After a withdrawal only taking back goes on, and somebody is asked at once (S6, L4)."""
    if facts.departed or facts.closed:
        return
    gone = replace(facts, track=Track.UNDECIDED, journey=facts.journey + 1, withdrawn_at=facts.now,
                   may_share_with=frozenset(), people=WITHOUT["declaration"](facts).people)  # fmt: skip
    standings = decide(gone)
    for stage, one in standings.items():
        if isinstance(one, Doing):
            proof.look(one.action.startswith(TAKES_BACK), f"{name_of(gone, stage, one)} {one.action}")
    proof.look(any(isinstance(one, Asking) for one in standings.values()), f"{gone.ref}: nobody is asked")


def look_closed(facts: Facts, proof: Proof) -> None:
    """A closed case stands at its end, but for what is taken back (S10)."""
    ended = replace(facts, closed=True, closure_reason=facts.closure_reason or "withdrew")
    for stage, one in decide(ended).items():
        back = isinstance(one, Doing) and one.action.startswith(TAKES_BACK)
        taking = isinstance(one, Asking | Waiting) and stage in TAKING_BACK
        proof.look(isinstance(one, Done | NotNeeded) or back or taking, name_of(ended, stage, one))


def look_at_words(facts: Facts, proof: Proof) -> None:
    """Where something personal is about to be told, it is not told any more without the person's word."""
    for stage, one in decide(facts).items():
        if isinstance(one, Doing) and (tells := PERSONAL.get(one.action)):
            silent = decide(WITHOUT[tells.consent](facts))[stage]
            still = isinstance(silent, Doing) and silent.action == one.action
            proof.look(not still, f"{name_of(facts, stage, one)} {one.action} without {tells.consent}")
