"""One handover in the inbox of an account: the pages of a phone, for somebody who is signed in."""

from api.pages.partner.desk import desk
from api.pages.partner.visitor import inbox_visitor

router = desk("/inbox/{handover_id}", inbox_visitor)
