"""One handover on a phone, without an account: what a link opens, at an address that says nothing."""

from api.pages.partner.desk import desk
from api.pages.partner.visitor import link_visitor

router = desk("/h", link_visitor)
