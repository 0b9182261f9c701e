"""Who is mentioned where: by name, by what leads in a frame, by a word for a crowd."""

from extract.attribution import find_frames
from extract.models.encoder.mentions import mentions_of
from tests.extract.claim_readings import layers_of, read

TEXT = "林大中表示，明年出口可望成長。投資人則擔心庫存。"


def mentioned(text: str) -> set[tuple[tuple[str, ...], str, bool]]:
    reading, layers = read(text), layers_of(text)
    found = mentions_of(reading, layers, find_frames(reading, layers.actors))
    return {(mention.speakers, mention.span.of(text), mention.leads) for mention in found}


def test_a_name_and_what_leads_in_its_words_are_both_mentions() -> None:
    found = mentioned(TEXT)
    assert (("lin-da-zhong",), "林大中", False) in found
    assert any(who == ("lin-da-zhong",) and leads for who, _, leads in found)


def test_a_word_for_a_crowd_mentions_it() -> None:
    assert (("market",), "投資人", False) in mentioned(TEXT)


def test_the_narrator_is_mentioned_nowhere() -> None:
    assert all("author" not in who for who, _, _ in mentioned(TEXT))


def test_a_text_without_speakers_has_no_mentions() -> None:
    assert mentioned("上季營收年增一成。") == set()
