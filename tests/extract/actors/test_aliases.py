"""Names that editors gave: found from the next article on, and refused where they would do harm."""

import pytest

from extract.actors import tag_actors
from extract.actors.aliases import GivenName, check_name, with_names
from extract.actors.base import ActorBase, build_base, read_records
from extract.normalize import shadow_of
from extract.reading import Reading
from schemas.actor import ActorType
from schemas.errors import KaozhengError
from schemas.text import Document

BASE = build_base(
    read_records("type: organisation\nactors:\n  seastar: 海星電子; Seastar\n  reef: 礁石", name="a.yaml")
)


def tagged(text: str, base: ActorBase) -> list[tuple[str, str]]:
    layer = tag_actors(Reading(Document(document_id="d", text=text), shadow_of(text)), base=base)
    return [(tag.span.of(text), tag.actor_id) for tag in layer.tags]


def test_a_given_name_is_found_in_either_script() -> None:
    base = with_names(BASE, [GivenName("五臂廠", "seastar", ActorType.ORGANISATION)])
    assert tagged("五臂廠、五臂厂與海星電子。", base) == [
        ("五臂廠", "seastar"),
        ("五臂厂", "seastar"),
        ("海星電子", "seastar"),
    ]
    assert tagged("五臂廠。", BASE) == []


def test_an_actor_met_in_texts_gets_the_name_and_stays_provisional() -> None:
    base = with_names(BASE, [GivenName("潮間帶社", "潮社", ActorType.MEDIA)])
    text = "潮間帶社報導。"
    layer = tag_actors(Reading(Document(document_id="d", text=text), shadow_of(text)), base=base)
    assert [(actor.actor_id, actor.actor_type, actor.is_provisional) for actor in layer.actors] == [
        ("潮社", ActorType.MEDIA, True)
    ]


def test_a_name_of_the_base_keeps_its_meaning() -> None:
    assert with_names(BASE, [GivenName("礁石", "seastar", ActorType.ORGANISATION)]).entries == BASE.entries


def test_the_base_itself_does_not_change() -> None:
    names = set(BASE.entries)
    with_names(BASE, [GivenName("五臂廠", "seastar", ActorType.ORGANISATION)])
    assert set(BASE.entries) == names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("星", "alias.too_short"),
        ("", "alias.too_short"),
        (" 五臂廠", "alias.malformed"),
        ("五臂\n廠", "alias.malformed"),
        ("世界", "alias.ordinary_word"),
        ("礁石", "alias.taken"),
    ],
)
def test_a_harmful_name_is_refused(text: str, code: str) -> None:
    with pytest.raises(KaozhengError) as refused:
        check_name(text, "seastar", BASE)
    assert refused.value.code == code


def test_a_name_that_the_actor_has_already_is_no_harm() -> None:
    check_name("海星電子", "seastar", BASE)
