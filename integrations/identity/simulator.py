"""A small OpenID Connect provider for tests and training: real keys, real tokens, PKCE checked, one person at a time.

It keeps its own truth: who is at its sign-in page (``person``), and which codes it gave out.
"""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import FastAPI, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

GOOD_FOR_SECONDS = 300


@dataclass
class Provider:
    """What the provider knows. ``said`` replaces claims, ``key`` may be changed: bad days."""

    client_id: str
    secret: str
    issuer: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    shown: RSAKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    now: Any = time.time

    def token(self, trip: dict[str, str]) -> str:
        """The signed token of one trip."""
        at = int(self.now())
        claims = {
            "iss": self.issuer, "aud": self.client_id, "iat": at, "exp": at + GOOD_FOR_SECONDS,
            "nonce": trip["nonce"], "auth_time": at, **self.person, **self.said,
        }  # fmt: skip
        return jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, self.key)


def create_simulator(provider: Provider) -> FastAPI:
    """The provider as an app. Whoever comes is ``provider.person``, and is sent back at once."""
    app = FastAPI(openapi_url=None)

    @app.get("/.well-known/openid-configuration")
    def discovery() -> dict[str, Any]:
        return {
            "issuer": provider.issuer, "authorization_endpoint": f"{provider.issuer}/authorize",
            "token_endpoint": f"{provider.issuer}/token", "jwks_uri": f"{provider.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }  # fmt: skip

    @app.get("/keys")
    def keys() -> dict[str, Any]:
        return {"keys": [(provider.shown or provider.key).as_dict(private=False)]}

    @app.get("/authorize")
    def authorize(request: Request) -> RedirectResponse:
        trip, code = dict(request.query_params), secrets.token_urlsafe(16)
        provider.asked.append(trip)
        provider.codes[code] = trip
        return RedirectResponse(f"{trip['redirect_uri']}?code={code}&state={trip['state']}", 303)

    @app.post("/token")
    def token(
        request: Request, code: Annotated[str, Form()], code_verifier: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
    ) -> JSONResponse:  # fmt: skip
        trip = provider.codes.pop(code, None)
        shown = base64.b64encode(f"{provider.client_id}:{provider.secret}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {shown}":
            return JSONResponse({"error": "invalid_client"}, 401)
        digest = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).rstrip(b"=").decode()
        if trip is None or digest != trip["code_challenge"] or redirect_uri != trip["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        said = {"access_token": "opaque", "token_type": "Bearer", "id_token": provider.token(trip)}
        return JSONResponse(said)

    return app
