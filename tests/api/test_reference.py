import re

from api.reference import error_codes, reference_text
from api.settings import STORE_VARIABLE
from schemas.extraction import Refusal


def test_every_error_code_says_its_area_and_its_reason() -> None:
    codes = error_codes()
    assert len(codes) > 30
    assert [code for code in codes if not re.fullmatch(r"[a-z0-9]+\.[a-z0-9_]+", code)] == []


def test_the_page_names_what_a_user_meets() -> None:
    page = reference_text({"paths": {"/v1/claims": {"get": {"summary": "Find claims"}}}})
    wanted = ["`kaozheng observations import`", "`GET /v1/claims`", STORE_VARIABLE, "`document.empty`", "`ASSERTED_BY`"]
    assert [name for name in [*wanted, *Refusal] if name not in page] == []
