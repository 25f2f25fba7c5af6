"""Our own style sheets and scripts, packed once and kept by the browser for a year."""

import gzip
from functools import cache

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.errors import Problem
from api.pages.engine import STATIC

router = APIRouter(include_in_schema=False)
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
         ".png": "image/png", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8"}  # fmt: skip
KEPT = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


@cache
def packed() -> dict[str, tuple[str, bytes, bytes]]:
    """Every file by name: its kind, plain and packed. Nothing else can be asked for."""
    files = (path for path in STATIC.iterdir() if path.suffix in KINDS)
    return {
        path.name: (KINDS[path.suffix], path.read_bytes(), gzip.compress(path.read_bytes(), mtime=0)) for path in files
    }


@router.get("/static/{name}")
def file(name: str, request: Request) -> Response:
    """One file."""
    if name not in packed():
        raise Problem(404, "unknown_page", "There is no page here.")
    kind, plain, small = packed()[name]
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(small, media_type=kind, headers={**KEPT, "Content-Encoding": "gzip"})
    return Response(plain, media_type=kind, headers=KEPT)
