"""A page gives its article and its publication data, and nothing of its navigation."""

from datetime import date

import pytest

from extract.pages import page_of
from schemas.errors import InputError

PARAGRAPHS = "".join(
    f"<p>第{i}點，主計總處把今年經濟成長率預測調高到3.{i}%，出口與投資都比預期好。</p>" for i in range(1, 6)
)
PAGE = f"""<!doctype html><html lang="zh-Hant"><head><meta charset="utf-8"><title>成長上修 - 測試日報</title>
<meta property="og:title" content="成長上修"><meta property="og:site_name" content="測試日報">
<meta name="author" content="林小明"><meta property="article:published_time" content="2025-02-26T16:00:00+08:00"></head>
<body><nav><a href="/">首頁</a> <a href="/stock">股市</a></nav><article><h1>成長上修</h1>{PARAGRAPHS}</article>
<footer>© 2019 測試日報</footer></body></html>"""


def test_the_article_stands_below_its_title_without_navigation() -> None:
    text = page_of(PAGE).text
    assert text.startswith("成長上修\n第1點，")
    assert "首頁" not in text
    assert "2019" not in text


def test_the_page_tells_its_publication() -> None:
    publication = page_of(PAGE).publication
    assert (publication.title, publication.publisher, publication.author) == ("成長上修", "測試日報", "林小明")
    assert publication.published == date(2025, 2, 26)


@pytest.mark.parametrize("html", ["<html></html>", "<html><body><nav><a href='/'>首頁</a></nav></body></html>", "<p>"])
def test_a_page_without_an_article_is_refused(html: str) -> None:
    with pytest.raises(InputError, match="holds no article") as caught:
        page_of(html)
    assert caught.value.code == "document.no_article"
