"""The web service over one ledger."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import RedirectResponse
from fastapi_offline import FastAPIOffline

from api import VERSION
from api.problems import install_problems, problem_of, problem_response
from api.routes import actors, browser, claims, documents, health, records, relations, resolutions, reviews, sparql
from api.service import Ledger
from api.settings import MAXIMUM_BYTES
from kg.sparql.endpoint import Endpoint
from schemas.errors import InputError

DESCRIPTION = """
A claim ledger for Chinese financial text 考證: who says what, with which numbers, about which period,
and what became of it. Every claim carries the exact span of the published text; offsets count code points.
Errors are `application/problem+json`; lists are pages, `next_cursor` leads to the next one.
"""


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """End what was started beside the service when it stops."""
    yield
    app.state.sparql.close()


async def _refuse_large_bodies(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MAXIMUM_BYTES:
        message = f"the body is larger than {MAXIMUM_BYTES // 1024**2} MB: send one article at a time"
        return problem_response(problem_of(InputError("document.too_large", message)))
    return await call_next(request)


def create_app(ledger: Ledger) -> FastAPI:
    """Return the web service; its OpenAPI document is at /openapi.json, a page to try it at /docs.

    The page comes from this server alone, so that it also shows where no other can be reached.
    """
    app: FastAPI = FastAPIOffline(title="Kaozheng 考證", version=VERSION, description=DESCRIPTION, lifespan=_lifespan)
    app.state.ledger = ledger
    app.state.sparql = Endpoint(ledger.store)
    install_problems(app)
    app.middleware("http")(_refuse_large_bodies)
    # Neo4j Browser, a page of another origin, fetches guide and style; everything here may be read by any page
    # that reaches it, but only read.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET"],
        allow_headers=["*"],
        expose_headers=[sparql.CUT_HEADER],
    )
    app.add_api_route("/", lambda: RedirectResponse("/docs"), include_in_schema=False)
    for module in (documents, claims, reviews, relations, actors, resolutions, records, sparql, browser, health):
        app.include_router(module.router)
    return app
