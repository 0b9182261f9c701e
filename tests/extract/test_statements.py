"""When something was said, where its introduction has a date."""

from datetime import date

import pytest

from extract.attribution import find_frames
from extract.periods import tag_periods
from extract.propositions import Layers
from extract.statements import statement_of
from tests.extract.claim_readings import actors_in, read


def said(text: str) -> tuple[date | None, date | None] | None:
    """Return the days in which the first speech of a text was uttered; the text was published on 2024-05-06."""
    reading, actors = read(text), actors_in(text)
    layers = Layers(periods=tag_periods(reading)[0], actors=actors)
    frame = next(frame for frame in find_frames(reading, actors) if frame.cue_span)
    found = statement_of(frame, reading, layers)
    return (found.period.start, found.period.end) if found else None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("林大中4月20日表示，房價明年會跌。", date(2024, 4, 20), date(2024, 4, 20)),
        ("林大中4月20日在立法院表示，房價明年會跌。", date(2024, 4, 20), date(2024, 4, 20)),
        ("林大中4月20日在北部的論壇上表示，房價明年會跌。", date(2024, 4, 20), date(2024, 4, 20)),
        ("4月20日，林大中表示，房價明年會跌。", date(2024, 4, 20), date(2024, 4, 20)),
        ("2024年2月，北海銀行指出，房價明年會跌。", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_date_right_before_the_cue_or_at_the_head_of_the_sentence_dates_the_speech(
    text: str, start: date, end: date
) -> None:
    assert said(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "林大中表示，4月20日房價會公布。",
        "3月出口公布後，林大中表示，景氣轉好。",
        "去年，林大中表示，房價會跌。",
        "自林大中4月20日表示房價會跌以來，成交縮了三成。",
        "林大中談4月的出口時表示，景氣轉好。",
        "6月20日的會議上，林大中將表示意見，北海銀行指出。",
    ],
)
def test_a_date_of_anything_else_dates_no_speech(text: str) -> None:
    assert said(text) is None
