"""Only a dateline tells when an article was published."""

from datetime import date

import pytest

from extract.normalize import shadow_of
from extract.publication_dates import published_in

BODY = "航運股領跌大盤，法人認為運價已在高檔。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"運價續跌\n2025/03/20 14:05\n{BODY}", date(2025, 3, 20)),
        (f"運價續跌\n發布時間：2025年3月20日（四）下午2:05\n{BODY}", date(2025, 3, 20)),
        (f"運價續跌\n記者王大同／台北報導 民國114年3月20日\n{BODY}", date(2025, 3, 20)),
        (f"运价续跌\n2022年6月14日 本报记者 周远\n{BODY}", date(2022, 6, 14)),
        (f"運價續跌\n【本報2025年3月20日訊】{BODY}", date(2025, 3, 20)),
        (f"運價續跌\n{BODY}\n{BODY}\n{BODY}\n{BODY}\n{BODY}\n（2025-03-20 刊於航運週刊）", date(2025, 3, 20)),
        (f"運價續跌\n新制自2025年1月1日起上路，{BODY}", None),
        (f"2025年1月1日新制上路\n{BODY}", None),
        (f"運價續跌\n2025-03-20\n更新：2025-03-22\n{BODY}", None),
        (f"運價續跌\n2025-02-30\n{BODY}", None),
        (f"運價續跌\n3月20日 記者王大同\n{BODY}", None),
        ("", None),
    ],
)
def test_a_dateline_is_taken_and_nothing_else(text: str, expected: date | None) -> None:
    assert published_in(shadow_of(text)) == expected
