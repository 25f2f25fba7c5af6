"""The actions of the handover."""

from workflows.actions.partner_find import find
from workflows.actions.partner_handover.offer import of_handover, offer, offered, preview
from workflows.actions.partner_handover.package import (
    arrival,
    disclose,
    identity,
    resend,
    send_package,
    told_arrival,
    told_identity,
)
from workflows.actions.partner_handover.words import answer, answered, nothing, recall, recalled, remind, reply
from workflows.ledger import Action

ACTIONS = (
    Action("offer_handover", preview, offer, offered, find, repeats=True),
    Action("remind_partner", of_handover, remind, nothing, remind, repeats=True),
    Action("answer_partner", reply, answer, answered, answer, repeats=True),
    Action("send_identity", identity, send_package, told_identity, resend, disclose=disclose, repeats=True),
    Action("send_arrival", arrival, send_package, told_arrival, resend, disclose=disclose, repeats=True),
    Action("recall_handover", of_handover, recall, recalled, recall, repeats=True),
)
