"""Errors as problem+json (RFC 9457): one shape for ours, for bad parameters and for unknown paths."""

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import Field
from starlette.exceptions import HTTPException

from api.errors import fault_of, status_of
from schemas.base import Model
from schemas.errors import KaozhengError

MEDIA_TYPE = "application/problem+json"


class Problem(Model):
    """A problem as RFC 9457 has it; `code` is our mnemonic, `context` helps to find the place."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    context: dict[str, str | int | float | bool] = Field(default_factory=dict)


def problem_response(problem: Problem) -> JSONResponse:
    """Return the response that carries a problem."""
    return JSONResponse(jsonable_encoder(problem), problem.status, media_type=MEDIA_TYPE)


def problem_of(error: KaozhengError) -> Problem:
    """Return the problem that tells of an error.

    Example:
        >>> from schemas.errors import NotFoundError
        >>> problem_of(NotFoundError("claim.unknown", "there is no claim x")).status
        404
    """
    return Problem(
        type=f"urn:kaozheng:error:{error.code}",
        title=error.code.replace(".", ": ").replace("_", " "),
        status=status_of(error),
        detail=error.message,
        code=error.code,
        context={key: value if isinstance(value, int | float | bool) else str(value)
                 for key, value in error.context.items()},
    )  # fmt: skip


def _domain(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, KaozhengError):
        raise error
    return problem_response(problem_of(error))


def _fault(_: Request, error: Exception) -> JSONResponse:
    """Answer for a fault of the program; the server logs its trace."""
    return problem_response(problem_of(fault_of(error, "the log of the server says where")))


def _validation(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
    return problem_response(
        Problem(
            type="urn:kaozheng:error:request.invalid",
            title="request: invalid",
            status=422,
            detail="; ".join(faults).encode(errors="backslashreplace").decode(),
            code="request.invalid",
            context={"faults": len(faults)},
        )
    )


def _http(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    code = {404: "path.unknown", 405: "method.not_allowed"}.get(error.status_code, "request.refused")
    problem = Problem(
        type=f"urn:kaozheng:error:{code}",
        title=code.replace(".", ": ").replace("_", " "),
        status=error.status_code,
        detail=f"{error.detail}: see /docs for what there is",
        code=code,
    )
    return problem_response(problem)


def install_problems(app: FastAPI) -> None:
    """Make the app answer every error with a problem."""
    app.add_exception_handler(KaozhengError, _domain)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)
