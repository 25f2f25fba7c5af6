"""The actions of the handover."""

from workflows.actions.partner_find import find
from workflows.actions.partner_handover import words as w
from workflows.actions.partner_handover.offer import freeze, offer, offered, preview, refused
from workflows.actions.partner_handover.package import (
    arrival,
    disclose,
    identity,
    plan,
    resend,
    send_package,
    told_arrival,
    told_identity,
    told_plan,
)
from workflows.ledger import Action

ACTIONS = (
    Action("offer_handover", preview, offer, offered, find, disclose=freeze, refuse=refused, repeats=True),
    Action("remind_partner", w.rung, w.remind, w.nothing, w.remind, repeats=True),
    Action("answer_partner", w.reply, w.answer, w.answered, w.answer, repeats=True),
    Action("send_identity", identity, send_package, told_identity, resend, disclose=disclose, repeats=True),
    Action("send_arrival", arrival, send_package, told_arrival, resend, disclose=disclose, repeats=True),
    Action("send_plan", plan, send_package, told_plan, resend, disclose=disclose, repeats=True),
    Action("recall_handover", w.reason, w.recall, w.recalled, w.recall, refuse=w.recall_refused, repeats=True),
    Action("answer_return", w.word_on_return, w.answer_return, w.nothing, w.answer_return, repeats=True),
    Action("open_incident", w.opening, w.at_home, w.opened, w.at_home, repeats=True),
)
