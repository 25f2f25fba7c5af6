"""What people received, as a page: for whoever walks through a demo and plays the person or the partner."""

import re
from html import escape
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from integrations.messaging.catcher import Mail, MailCatcher
from integrations.messaging.simulated_world import MessagingWorld

MOST = 60
LINK = re.compile(r"https?://[^\s<>]+")
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Mailbox of the demo</title>
<body style="font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem">
<h1>What people received</h1><p>Invented people, invented addresses. Newest first.</p>{rows}</body></html>"""
ROW = '<article style="border-top: 1px solid #ccc; padding: .75rem 0" dir="auto"><b>{to}</b> ({by})<br>{text}</article>'


def add_mailbox(app: FastAPI, world: MessagingWorld, catcher: MailCatcher) -> None:
    """Two more doors of the messaging simulator: the mails as JSON, and everything as a page."""

    @app.get("/_sim/mails")
    def mails() -> list[dict[str, Any]]:
        return [{"to": list(mail.to), "subject": mail.subject, "text": mail.text} for mail in catcher.mails]

    @app.get("/")
    def mailbox() -> HTMLResponse:
        texts = [ROW.format(to=escape(one.to), by="text message", text=linked(one.text)) for one in world.messages]
        return HTMLResponse(PAGE.format(rows="".join([*map(shown, catcher.mails[::-1]), *texts[::-1]][:MOST])))


def shown(mail: Mail) -> str:
    """One e-mail."""
    return ROW.format(to=escape(", ".join(mail.to)), by="e-mail", text=linked(f"{mail.subject}\n{mail.text}"))


def linked(text: str) -> str:
    """A text whose addresses can be followed."""
    safe = escape(text).replace("\n", "<br>")
    return LINK.sub(lambda found: f'<a href="{found.group()}">{found.group()}</a>', safe)
