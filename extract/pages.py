"""Articles out of web pages, by trafilatura: the running text, and what the page says of its publication."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.errors import InputError
from schemas.text import Publication

_SENTENCE = re.compile("[。！？]|[\u3400-\u9fff]{20}")  # what is left of a page without an article are labels of links


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page: its text with the title as first line, and its metadata."""

    text: str
    publication: Publication


def page_of(html: str) -> Page:
    """Return the article of a page.

    Raises:
        InputError: there is no article in it, code "document.no_article".
    """
    import trafilatura  # a quarter of a second, which plain text need not wait for

    # Extensive search would take any date of the page (a copyright line, a comment) for that of the article.
    tree = trafilatura.load_html(html)
    found = (
        None
        if tree is None
        else trafilatura.bare_extraction(
            tree,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    )
    metadata = {} if found is None else found if isinstance(found, dict) else found.as_dict()
    text = metadata.get("text") or ""
    if not _SENTENCE.search(text):
        message = "holds no article that could be told from the page: give its text alone"
        raise InputError("document.no_article", message)
    named = [] if tree is None else tree.xpath("//meta[@name='author']/@content")
    return Page(_with_title(text, metadata.get("title")), _publication(metadata, named))


def _with_title(body: str, title: str | None) -> str:
    """Put the headline, which is part of what was published, on the first line where the body lacks it."""
    headline = (title or "").strip()
    return body if not headline or body.lstrip().startswith(headline) else f"{headline}\n{body}"


def _publication(metadata: dict[str, Any], authors: list[str]) -> Publication:
    # Trafilatura drops authors whose names hold no blank, as Chinese names do.
    return Publication(
        title=metadata.get("title") or None,
        url=metadata.get("url") or None,
        publisher=metadata.get("sitename") or metadata.get("hostname") or None,
        author=metadata.get("author") or next((name.strip() for name in authors if name.strip()), None),
        published=_day(metadata.get("date")),
    )


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None
