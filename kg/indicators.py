"""The catalogue: which official series settle which forecasts, and by which rule.

The rules are data (`indicators.yaml`), so that they can be read, dated and hashed before outcomes are known.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

import yaml
from pydantic import Field, ValidationError

from schemas.base import Model
from schemas.claim import Direction
from schemas.errors import InputError
from schemas.evidence import Frequency, Indicator
from schemas.ids import content_id
from schemas.prediction import Basis

FILE: Final = "indicators.yaml"


class Family(StrEnum):
    """How a rule looks at its series; one module of `kg.resolution` each."""

    FIGURE = "figure"
    PATH = "path"
    POLICY_RATE = "policy-rate"
    MOVES = "moves"
    STATE = "state"


class VintagePolicy(StrEnum):
    """Which of several published values of one period counts."""

    FIRST = "first"
    LATEST = "latest"


class Rule(Model):
    """What settles the forecasts of some targets.

    `tolerance` is how far a stated level may miss and still be true, in the unit of the series;
    `lag_days` how long after its period a figure is normally out; `grace_days` how much longer we wait
    before it counts as missing; `gap_days` the longest stretch without a figure that a path may
    show; `band` the width of a target range below its upper bound; `move` the direction a rule of moves
    counts; `hold_out_months` how long after the window the publisher may still date an event in it; `bases` as what its
    figures are meant, by frequency: a forecast whose words say otherwise is not settled by them.
    """

    rule_id: str
    family: Family
    statement: str
    targets: tuple[str, ...] = Field(min_length=1)
    indicator_ids: tuple[str, ...] = Field(min_length=1)
    tolerance: dict[Frequency, Decimal] = Field(default_factory=dict)
    bases: dict[Frequency, tuple[Basis, ...]] = Field(default_factory=dict)
    vintage: VintagePolicy = VintagePolicy.FIRST
    lag_days: int = Field(default=0, ge=0)
    grace_days: int = Field(default=0, ge=0)
    gap_days: int = Field(default=0, ge=0)
    hold_out_months: int = Field(default=0, ge=0)
    band: Decimal = Field(default=Decimal(0), ge=0)
    move: Direction | None = None


class _File(Model):
    indicators: tuple[Indicator, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Catalogue:
    """Indicators by id and rules by target.

    `digest` names the state of the rules, so that a resolution can be traced to them.
    """

    indicators: Mapping[str, Indicator]
    rules: tuple[Rule, ...]
    digest: str

    def rule_for(self, target_id: str) -> Rule | None:
        """Return the rule that settles a target; None where no official series does."""
        return next((rule for rule in self.rules if target_id in rule.targets), None)

    def indicators_of(self, rule: Rule) -> tuple[Indicator, ...]:
        """Return the series a rule reads, in its order."""
        return tuple(self.indicators[indicator_id] for indicator_id in rule.indicator_ids)


def read_catalogue(text: str, *, name: str = FILE) -> Catalogue:
    """Return the catalogue that a YAML text holds.

    Args:
        text: YAML with the lists `indicators` and `rules`.
        name: how errors call the text.

    Raises:
        InputError: it is no YAML or lacks a field, code "catalogue.malformed"; it contradicts itself
            (see `lint`), code "catalogue.inconsistent".
    """
    try:
        parsed = _File.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise InputError("catalogue.malformed", f"{name} is no valid YAML: {error}", name=name) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError("catalogue.malformed", f"{name}: {place}: {first['msg']}: mend it", name=name) from error
    problems = lint(parsed.indicators, parsed.rules)
    if problems:
        raise InputError("catalogue.inconsistent", f"{name}: {'; '.join(problems)}", name=name, problems=problems)
    indicators = {i.indicator_id: _with_targets(i, parsed.rules) for i in parsed.indicators}
    digest = content_id("rules", *(rule.model_dump_json() for rule in parsed.rules))
    return Catalogue(MappingProxyType(indicators), parsed.rules, digest)


def lint(indicators: Iterable[Indicator], rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return what is wrong with a catalogue, each problem with what to do; empty where nothing is."""
    indicators, rules = tuple(indicators), tuple(rules)
    by_id = {i.indicator_id: i for i in indicators}
    return (
        *_repeated("indicator", (i.indicator_id for i in indicators)),
        *_repeated("rule", (rule.rule_id for rule in rules)),
        *_repeated("target", (target for rule in rules for target in rule.targets)),
        *(problem for rule in rules for problem in _problems_of(rule, by_id)),
        *(f"indicator {i.indicator_id} lists targets: leave them to its rules" for i in indicators if i.targets),
    )


def _repeated(what: str, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{what} {key} stands {n} times: keep one" for key, n in Counter(ids).items() if n > 1)


def _problems_of(rule: Rule, by_id: Mapping[str, Indicator]) -> tuple[str, ...]:
    unknown = [i for i in rule.indicator_ids if i not in by_id]
    units = {by_id[i].unit for i in rule.indicator_ids if i in by_id}
    frequencies = [by_id[i].frequency for i in rule.indicator_ids if i in by_id]
    found = [f"rule {rule.rule_id} names the unknown indicator {i}: add it or mend the id" for i in unknown]
    if len(units) > 1:
        found.append(f"rule {rule.rule_id} mixes the units {', '.join(sorted(units))}: give each its own rule")
    if rule.family is Family.FIGURE and len(set(frequencies)) < len(frequencies):
        found.append(f"rule {rule.rule_id} has two series of one frequency: keep the one that decides")
    if rule.family is not Family.FIGURE and len(rule.indicator_ids) != 1:
        found.append(f"rule {rule.rule_id} of family {rule.family} reads one series: name exactly one")
    if rule.family is Family.PATH and rule.gap_days == 0:
        found.append(f"rule {rule.rule_id} needs gap_days: without it no stretch counts as covered")
    if (rule.family is Family.MOVES) != (rule.move in {Direction.UP, Direction.DOWN}):
        found.append(f"rule {rule.rule_id}: `move: up` or `move: down` belongs to the family moves, and only there")
    return tuple(found)


def _with_targets(indicator: Indicator, rules: Iterable[Rule]) -> Indicator:
    targets = {t for rule in rules if indicator.indicator_id in rule.indicator_ids for t in rule.targets}
    return indicator.model_copy(update={"targets": tuple(sorted(targets))})


@cache
def catalogue() -> Catalogue:
    """Return our catalogue, loaded and checked once.

    Example:
        >>> catalogue().rule_for("us.recession").family.value
        'state'
        >>> catalogue().rule_for("nvidia.moat") is None
        True
    """
    return read_catalogue(files("kg").joinpath(FILE).read_text(encoding="utf-8"))
