"""The pages: server-rendered, usable without JavaScript, in the reader's language."""

from fastapi import APIRouter

from api.pages import files
from api.pages.operations import dashboard
from api.pages.partner import handover, inbox, link
from api.pages.person import verify
from api.pages.staff import home, record

ROUTERS: tuple[APIRouter, ...] = (
    files.router,
    dashboard.router,
    home.router,
    verify.router,
    record.router,
    handover.router,
    link.router,
    inbox.router,
    inbox.desk_router,
)
