"""What Neo4j Browser fetches from us: a guide through the graph, and the style that draws it."""

from fastapi import APIRouter, Request, Response

from kg.neo4j.browser import GUIDE_PATH, GUIDE_TYPE, STYLE_PATH, STYLE_TYPE, grass, guide_html

router = APIRouter(tags=["Neo4j Browser"])


@router.get(GUIDE_PATH, summary="The guide that Neo4j Browser plays")
def guide(request: Request) -> Response:
    """Return a deck of slides: what the graph holds, and ten questions whose queries run by a click."""
    return Response(guide_html(str(request.base_url)), media_type=GUIDE_TYPE)


@router.get(STYLE_PATH, summary="The style that Neo4j Browser draws the graph with")
def style() -> Response:
    """Return captions and colours for every label, as GraSS."""
    return Response(grass(), media_type=STYLE_TYPE)
