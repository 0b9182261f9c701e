"""Our own cases for relations: what claims say of each other, and what looks like it and is none."""

from collections import Counter
from typing import Any

import pytest

from kg.relations.reading import stated_of
from kg.relations.relating import relate
from tests.kg.relations.cases import CASES, claims_of, identities_of_case

APART = [case for case in CASES if not any("doc" in given for given in case["claims"])]
"""Cases in which each claim stands in a document of its own."""

Found = set[tuple[str, str, str, str]]


def relations_of(case: dict[str, Any]) -> Found:
    canonical = identities_of_case(case).canonical
    stated = [found for claim in claims_of(case) if (found := stated_of(claim, canonical)) is not None]
    employed = {tuple(pair) for pair in case.get("employed", ())}
    relations = relate(stated, is_house=lambda person, employer: (person, employer) in employed)
    return {(r.source_id, r.edge_type.value, r.target_id, r.reason.value.removeprefix("relation.")) for r in relations}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_claims_stand_to_each_other_as_their_values_say(case: dict[str, Any]) -> None:
    assert relations_of(case) == {tuple(expected) for expected in case["expect"]}


@pytest.mark.parametrize("case", APART, ids=lambda case: case["name"])
def test_the_order_in_which_documents_are_read_decides_nothing(case: dict[str, Any]) -> None:
    assert relations_of({**case, "claims": case["claims"][::-1]}) == relations_of(case)


def test_each_relation_has_cases_where_it_holds_and_as_many_cases_hold_none() -> None:
    kinds = Counter(expected[1] for case in CASES for expected in case["expect"])
    assert set(kinds) == {"RESTATES", "CONTRADICTS", "SUPERSEDES"}
    assert min(kinds.values()) >= 8
    assert sum(not case["expect"] for case in CASES) >= 35
