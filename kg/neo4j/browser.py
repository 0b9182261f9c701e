"""What Neo4j Browser shows: a guide with ten questions, and a style, both made from the ontology.

Browser fetches them over HTTP, so whoever serves them allows other origins, preflight included.
"""

from functools import cache
from html import escape
from importlib import resources
from typing import Final
from urllib.parse import urlencode, urlsplit

import yaml

from kg.neo4j.layout import ENTITY
from kg.ontology import Style, ontology
from schemas.base import Model

GUIDE_PATH: Final = "/neo4j/guide.html"
STYLE_PATH: Final = "/neo4j/style.grass"
GUIDE_TYPE: Final = "text/html; charset=utf-8"
STYLE_TYPE: Final = "text/plain; charset=utf-8"
BROWSER_PORT: Final = 7474
"""Where Neo4j serves Browser unless it was told otherwise."""


class Question(Model):
    """A question an analyst asks, why its answer tells something, and the query that gives it."""

    title: str
    why: str
    cypher: str


class _Questions(Model):
    questions: tuple[Question, ...]


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions of the guide, in its order."""
    source = resources.files("kg.neo4j").joinpath("questions.yaml").read_text(encoding="utf-8")
    return _Questions.model_validate(yaml.safe_load(source)).questions


def grass() -> str:
    """Return the style sheet: colour, size and caption of each label, colours and Chinese names of the edge types.

    Browser lets later rules win and makes up one for a label without: so the shared label comes first.

    Example:
        >>> "node.Actor {" in grass() and 'caption: "載於";' in grass()
        True
    """
    shared = _node_rule(ENTITY, Style(colour="#A5ABB6", diameter=50))
    nodes = (_node_rule(label, entry.style) for label, entry in ontology().nodes.items())
    common = "relationship {\n  color: #A5ABB6;\n  shaft-width: 1px;\n  font-size: 8px;\n  padding: 3px;\n}\n"
    edges = (
        f'relationship.{kind} {{\n  color: {entry.colour};\n  caption: "{entry.gloss}";\n}}\n'
        for kind, entry in ontology().edges.items()
    )
    return "\n".join((shared, *nodes, common, *edges))


def guide_html(base_url: str) -> str:
    """Return the guide: what the graph holds, then one slide a question. A click puts its query into the editor.

    Args:
        base_url: where our API serves guide and style, as the browser reaches it.
    """
    slides = [_opening(base_url.rstrip("/")), *(_slide(n, question) for n, question in enumerate(questions(), start=1))]
    deck = "\n".join(f'<slide class="row-fluid"><div class="col-sm-12">\n{slide}\n</div></slide>' for slide in slides)
    return f'<article class="guide">\n<carousel class="deck container-fluid">\n{deck}\n</carousel>\n</article>\n'


def browser_link(bolt_uri: str, *, has_auth: bool = True, browser_port: int = BROWSER_PORT) -> str:
    """Return the address that opens Browser on a server and connects it.

    The guide then opens by itself where the server's setting `browser.post_connect_cmd` plays it, as
    `make neo4j` and `deploy/compose.yaml` set it. A link can't play it: Browser obeys links before it
    knows from which hosts the server allows guides.

    Args:
        bolt_uri: the server's address without user and password.
        has_auth: False for a server that asks for no password; Browser then connects by itself.
        browser_port: where the server serves Browser.

    Example:
        >>> browser_link("neo4j://127.0.0.1:7687", has_auth=False)
        'http://127.0.0.1:7474/browser/?dbms=bolt%3A%2F%2F127.0.0.1%3A7687&preselectAuthMethod=NO_AUTH'
    """
    place = urlsplit(bolt_uri)
    asked = {"dbms": f"bolt://{place.netloc}", "preselectAuthMethod": "PASSWORD" if has_auth else "NO_AUTH"}
    host = f"[{place.hostname}]" if ":" in (place.hostname or "") else place.hostname
    return f"http://{host}:{browser_port}/browser/?{urlencode(asked)}"


def _node_rule(label: str, style: Style) -> str:
    return (
        f"node.{label} {{\n  color: {style.colour};\n  border-color: {_darker(style.colour)};\n"
        f'  text-color-internal: #000000;\n  diameter: {style.diameter}px;\n  caption: "{{caption}}";\n}}\n'
    )


def _opening(base_url: str) -> str:
    rows = "\n".join(
        f"<tr><td>{entry.gloss}</td><td><code>{label}</code></td>"
        f"<td>{'、'.join(p.gloss for p in list(entry.properties.values())[:5])}</td></tr>"
        for label, entry in ontology().nodes.items()
    )
    links = "、".join(f"{entry.gloss} <code>{kind}</code>" for kind, entry in ontology().edges.items())
    return (
        "<h3>考證：財經文章裡的主張與預測</h3>\n"
        "<p>誰說了什麼、憑哪些數字、說的是哪段期間，後來成真了沒有。</p>\n"
        "<p>點一下灰框裡的指令或查詢，就放進最上方的編輯列，再按 ▶ 執行。先套用配色：</p>\n"
        f"{_runnable(f':style {base_url}{STYLE_PATH}')}\n"
        f"<table><tr><th>節點</th><th>標籤</th><th>主要欄位</th></tr>\n{rows}\n</table>\n<p>關係：{links}</p>\n"
        f"{_runnable('CALL db.schema.visualization()')}"
    )


def _slide(number: int, question: Question) -> str:
    return f"<h3>{number}. {escape(question.title)}</h3>\n<p>{escape(question.why)}</p>\n{_runnable(question.cypher)}"


def _runnable(command: str) -> str:
    return f'<figure><pre class="pre-scrollable code runnable">{escape(command.strip(), quote=False)}</pre></figure>'


def _darker(colour: str) -> str:
    """Return a colour at four fifths of its brightness, for the rim of a node."""
    parts = (int(colour[i : i + 2], 16) * 4 // 5 for i in (1, 3, 5))
    return "#" + "".join(f"{part:02X}" for part in parts)
