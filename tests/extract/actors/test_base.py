"""The base refuses what would mislead, with file, line and reason; the shipped one is large and clean."""

import pytest

from extract.actors.base import ActorBase, build_base, load_base, read_records
from extract.actors.lint import lint_base
from extract.actors.records import parse_record
from extract.actors.scripts import fold_names
from schemas.actor import ActorType, NameKind
from schemas.errors import DomainError


def base_of(lines: str, name: str = "a.yaml") -> ActorBase:
    return build_base(read_records("type: organisation\nactors:\n" + lines, name=name))


@pytest.mark.parametrize(
    ("lines", "code", "place"),
    [
        ("  x: 甲公司\n  y: 甲公司", "actor.duplicate_alias", "a.yaml:4"),
        ("  x: 甲公司\n  y: 甲公司 ?乙", "actor.duplicate_alias", "a.yaml:4"),
        ("  x: 甲公司\n  x: 乙公司", "actor.duplicate_id", "a.yaml:4"),
        ("  x: 甲公司; @nobody CEO", "actor.unknown_parent", "a.yaml:3"),
        ("  x: 甲公司; @y\n  y: 乙公司; @x", "actor.parent_cycle", "a.yaml:3"),
        ("  x: 甲公司; @x", "actor.parent_cycle", "a.yaml:3"),
        ("  x: 甲公司; ; 甲", "actor.bad_item", "a.yaml:3"),
        ("  x: 甲公司; ~", "actor.bad_item", "a.yaml:3"),
        ("  x: 甲公司; :planet", "actor.bad_item", "a.yaml:3"),
        ("  x: 甲公司; @y CEO 2020-13-01..", "actor.bad_item", "a.yaml:3"),
        ("  x: $1234; Q1", "actor.no_name", "a.yaml:3"),
        ("  x: [甲公司]", "actor.bad_file", "a.yaml:3"),
        ("  x: 'open", "actor.bad_file", "a.yaml"),
    ],
)
def test_bad_base_data_is_refused_with_file_line_and_reason(lines: str, code: str, place: str) -> None:
    with pytest.raises(DomainError) as caught:
        base_of(lines)
    assert caught.value.code == code
    assert caught.value.message.startswith(place)


def test_an_id_in_two_files_is_refused() -> None:
    first, second = (list(read_records("actors:\n  x: 甲公司", name=name)) for name in ("a.yaml", "b.yaml"))
    with pytest.raises(DomainError, match=r"b\.yaml:2: x stands at a\.yaml:2 too"):
        build_base([*first, *second])


def test_guarded_names_may_be_shared() -> None:
    base = base_of("  x: 甲央行; 央行 ?TW\n  y: 乙央行; 央行 ?CN")
    assert [entry.record.actor_id for entry in base.entries["央行"]] == ["x", "y"]


def test_a_record_holds_all_its_items() -> None:
    line = "達利歐; ~老達; ^神人; Ray Dalio; $RAY; :person; @bridgewater Founder 1975-01-01..; Q1"
    record = parse_record("ray", line, default=ActorType.ORGANISATION, place="a.yaml:1")
    assert [a.kind for a in record.aliases] == [
        NameKind.FULL,
        NameKind.SHORT,
        NameKind.SHORT,
        NameKind.FULL,
        NameKind.TICKER,
    ]
    assert record.aliases[2].is_epithet
    assert (record.actor_type, record.wikidata_id, record.roles[0].employer_id) == (
        ActorType.PERSON,
        "Q1",
        "bridgewater",
    )


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("台积电", "holds the Simplified 积"),
        ("電", "has one character only"),
        ("統一", "is an ordinary word"),
        ("甲公司; @y CEO 2020-01-01..2019-01-01", "leaves y before starting"),
    ],
)
def test_the_lint_says_what_is_wrong(line: str, complaint: str) -> None:
    complaints = lint_base(base_of(f"  x: {line}\n  y: 乙公司"))
    assert len(complaints) == 1
    assert complaint in complaints[0]
    assert complaints[0].startswith("a.yaml:3: ")


def test_the_lint_finds_bad_ids_and_shared_wikidata_ids() -> None:
    complaints = lint_base(base_of("  Bad Id: 甲公司; Q5\n  y: 乙公司; Q5"))
    assert [c.split(": ")[0] for c in complaints] == ["a.yaml:3", "a.yaml:4"]


def test_the_shipped_base_is_clean_and_large() -> None:
    base = load_base()
    assert lint_base(base) == ()
    assert len(base.records) >= 2500


def test_actors_of_the_shipped_base_have_names_in_both_scripts() -> None:
    actor = load_base().actor("tsmc")
    assert {"台積電", "台积电", "TSMC", "2330"} <= {name.text for name in actor.names}
    assert actor.caption == "台積電"
    assert actor.wikidata_id == "Q713418"


def test_every_chinese_name_of_the_shipped_base_is_given_in_simplified_too() -> None:
    base = load_base()
    for actor_id in ("federal-reserve", "ray-dalio", "hsbc", "catl"):
        texts = {name.text for name in base.actor(actor_id).names}
        assert set(fold_names(sorted(texts))) <= texts
