"""SPARQL 1.1 Protocol: queries by GET, by form and as they are; read-only.

Source: https://www.w3.org/TR/sparql11-protocol/, section 2.1
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response

from api.accepting import accepted_types
from api.problems import MEDIA_TYPE, Problem
from api.routes.parameters import PROBLEMS
from kg.sparql.answers import FORMS, Answer
from kg.sparql.endpoint import Endpoint
from schemas.errors import InputError

CUT_HEADER: Final = "X-Kaozheng-Cut"
"""Is `true` on an answer that has not all rows."""
FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
DATASET_PARAMETERS: Final = frozenset({"default-graph-uri", "named-graph-uri"})

_PROBLEM: Final = {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Rows or yes and no as SPARQL results, a graph as RDF, as `Accept` wishes",
        "content": {form.media_types[0]: {"schema": {"type": "string"}} for form in FORMS},
        "headers": {CUT_HEADER: {"description": "`true` where rows were cut", "schema": {"type": "string"}}},
    },
    400: {"description": "It is no SPARQL query, or none is given", "content": _PROBLEM},
    406: {"description": "No media type in `Accept` can hold the answer", "content": _PROBLEM},
    413: {"description": "The query is too long", "content": _PROBLEM},
    415: {"description": "A query can't be posted in that form", "content": _PROBLEM},
}
_EXAMPLE: Final = (
    'SELECT ?text ?target { ?claim kp:direction "up" ; kp:text ?text ; kp:forecast_target ?target } LIMIT 10'
)
_BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {
            QUERY: {"schema": {"type": "string"}, "example": _EXAMPLE},
            FORM: {"schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}},
        },
    }
}
_PARAMETERS: Final = {
    "parameters": [
        {"name": "query", "in": "query", "required": True, "schema": {"type": "string"}, "example": _EXAMPLE}
    ]
}

router = APIRouter(prefix="/v1/sparql", tags=["SPARQL"], responses=PROBLEMS | _ANSWERS)


def endpoint_of(request: Request) -> Endpoint:
    """Return the endpoint that the app serves."""
    endpoint: Endpoint = request.app.state.sparql
    return endpoint


def asked_in(parameters: Mapping[str, Sequence[str]]) -> str:
    """Return the one query among parameters.

    Raises:
        InputError: there is none or more than one, code "sparql.query_missing"; another graph is named than ours,
            code "sparql.dataset_parameter"; an update is sent, code "sparql.update_parameter"; or what nobody knows,
            code "sparql.parameter".

    Example:
        >>> asked_in({"query": ["ASK {}"]})
        'ASK {}'
    """
    if "update" in parameters:
        raise InputError("sparql.update_parameter", "the graph is read-only here: send a query")
    if DATASET_PARAMETERS & set(parameters):
        raise InputError("sparql.dataset_parameter", "the graph to ask can't be chosen: use GRAPH in the query")
    unknown = sorted(set(parameters) - {"query"})
    if unknown:
        raise InputError("sparql.parameter", f"there is no parameter {unknown[0]}: send query alone")
    queries = parameters.get("query", [])
    if len(queries) != 1:
        raise InputError("sparql.query_missing", f"{len(queries)} queries are given: send one, as the parameter query")
    return queries[0]


async def posted(request: Request) -> str:
    """Return the query that a request brings in its body.

    Raises:
        InputError: the body is of another kind, code "sparql.media_type"; it is not UTF-8, code "sparql.encoding";
            or as `asked_in` says.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (FORM, QUERY):
        raise InputError("sparql.media_type", f"a query can't be posted as {kind or 'nothing'}: use {QUERY} or {FORM}")
    try:
        body = (await request.body()).decode()
    except UnicodeDecodeError as error:
        raise InputError("sparql.encoding", "this query is not UTF-8: send it as that") from error
    return body if kind == QUERY else asked_in(parse_qs(body, keep_blank_values=True))


def _response(answer: Answer) -> Response:
    headers = {CUT_HEADER: "true"} if answer.is_cut else {}
    return Response(answer.body, media_type=f"{answer.media_type}; charset=utf-8", headers=headers)


TheEndpoint = Annotated[Endpoint, Depends(endpoint_of)]


@router.get("", summary="Ask the graph with SPARQL", openapi_extra=_PARAMETERS, response_class=Response)
def query_by_get(request: Request, endpoint: TheEndpoint) -> Response:
    """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE over the graph as it is now.

    Our prefixes (kz, kp, schema, prov, oa, skos, …) need not be declared. Each document has a named graph with what was
    read from it; without GRAPH all are asked together. A query is stopped after ten seconds and cut after 10,000 rows.
    SERVICE, FROM and updates are refused.
    """
    parameters = {name: request.query_params.getlist(name) for name in request.query_params}
    return _response(endpoint.ask(asked_in(parameters), accepted_types(request.headers.getlist("accept"))))


@router.post("", summary="Ask the graph with a long SPARQL query", openapi_extra=_BODY, response_class=Response)
def query_by_post(request: Request, endpoint: TheEndpoint, query: Annotated[str, Depends(posted)]) -> Response:
    """Answer a query that is the body itself, or the field `query` of a form; nothing is changed by it."""
    return _response(endpoint.ask(query, accepted_types(request.headers.getlist("accept"))))
