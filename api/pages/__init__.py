"""The pages: server-rendered, usable without JavaScript, in the reader's language."""

from fastapi import APIRouter

from api.pages import files
from api.pages.staff import home

ROUTERS: tuple[APIRouter, ...] = (
    files.router,
    home.router,
)
