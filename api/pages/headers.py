"""What every answer says to the browser: keep nothing, run nothing from elsewhere, tell nobody (control C18)."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
DOCS = ("/docs", "/openapi.json", "/static-offline-docs")  # the API's own page brings a script of its own


class Headers:
    """Adds what an answer does not say itself."""

    def __init__(self, app: ASGIApp, *, secure: bool = False) -> None:
        self.app = app
        self.always = dict(ALWAYS)
        if secure:
            self.always["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, with the headers added to the start of each answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        leave_out = {"Content-Security-Policy"} if scope["path"].startswith(DOCS) else set()

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.always.items():
                    if name not in leave_out:
                        headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, say)
