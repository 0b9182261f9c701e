"""The one ontology: which labels, edge types and properties there are, in Neo4j, in RDF and on the screen."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated, Final, TypeAlias, get_args

import yaml
from pydantic import BaseModel, Field, JsonValue, ValidationError

from schemas.actor import Actor, Alias, Judgement
from schemas.base import Model
from schemas.claim import Claim, Target
from schemas.errors import InputError
from schemas.evidence import Indicator, Observation, Resolution, Verdict
from schemas.graph import EdgeType, NodeLabel
from schemas.text import Document

MODEL_OF: Final[Mapping[NodeLabel, type[Model]]] = MappingProxyType(
    {
        NodeLabel.DOCUMENT: Document,
        NodeLabel.CLAIM: Claim,
        NodeLabel.ACTOR: Actor,
        NodeLabel.TARGET: Target,
        NodeLabel.INDICATOR: Indicator,
        NodeLabel.OBSERVATION: Observation,
        NodeLabel.RESOLUTION: Resolution,
        NodeLabel.VERDICT: Verdict,
        NodeLabel.JUDGEMENT: Judgement,
        NodeLabel.ALIAS: Alias,
    }
)
"""Whose dump the data of a node is."""

Scalar: TypeAlias = str | int | bool | Decimal | date
Value: TypeAlias = Scalar | list[Scalar]


class PropertyType(StrEnum):
    """What a property holds; the plural is a list of the singular."""

    STRING = "string"
    STRINGS = "strings"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    DECIMALS = "decimals"
    DATE = "date"
    DATES = "dates"

    @property
    def is_list(self) -> bool:
        """Whether it holds many values, in order."""
        return self.value.endswith("s")

    def read(self, value: JsonValue) -> Scalar | None:
        """Return one JSON value as the type names it; None where it is of another form.

        Example:
            >>> PropertyType.DATES.read("2025-03-20"), PropertyType.DATE.read("March")
            (datetime.date(2025, 3, 20), None)
        """
        try:
            return _READERS[self](value)
        except (ValueError, TypeError, ArithmeticError):
            return None


def _number(value: JsonValue) -> Decimal:
    return Decimal(str(value))


_READERS: Final[Mapping[PropertyType, Callable[[JsonValue], Scalar]]] = MappingProxyType(
    {
        PropertyType.STRING: str,
        PropertyType.STRINGS: str,
        PropertyType.INTEGER: lambda value: int(str(value)),
        PropertyType.BOOLEAN: bool,
        PropertyType.DECIMAL: _number,
        PropertyType.DECIMALS: _number,
        PropertyType.DATE: lambda value: date.fromisoformat(str(value)),
        PropertyType.DATES: lambda value: date.fromisoformat(str(value)),
    }
)

Compact = Annotated[str, Field(pattern=r"^[a-z]+:[A-Za-z]+$")]


class Property(Model):
    """A flat value that is shown and searched; `path` is where it stands in the data, default its name."""

    path: str | None = None
    type: PropertyType
    also: tuple[Compact, ...] = ()
    gloss: str


Colour = Annotated[str, Field(pattern=r"^#[0-9A-F]{6}$")]


class Style(Model):
    """How a node is drawn: its colour, and its diameter in pixels."""

    colour: Colour
    diameter: int = Field(ge=20, le=100)


class NodeEntry(Model):
    """A node label: Chinese gloss, RDF classes, style, properties."""

    gloss: str
    iri: Compact
    also: tuple[Compact, ...] = ()
    style: Style
    properties: dict[str, Property]


class EdgeEntry(Model):
    """An edge type: Chinese gloss, RDF properties, labels of its ends, colour, properties of the edge itself."""

    gloss: str
    iri: Compact
    source: tuple[NodeLabel, ...] = Field(min_length=1)
    target: tuple[NodeLabel, ...] = Field(min_length=1)
    also: tuple[Compact, ...] = ()
    colour: Colour = "#A5ABB6"
    properties: dict[str, Property] = Field(default_factory=dict)


class Ontology(Model):
    """The file as a whole."""

    prefixes: dict[str, str]
    nodes: dict[NodeLabel, NodeEntry]
    edges: dict[EdgeType, EdgeEntry]

    def expand(self, compact: str) -> str:
        """Return the full IRI of a compact one.

        Example:
            >>> ontology().expand("schema:Claim")
            'https://schema.org/Claim'
        """
        prefix, _, name = compact.partition(":")
        return self.prefixes[prefix] + name

    def values(self, member: NodeLabel | EdgeType, data: Mapping[str, JsonValue]) -> dict[str, Value]:
        """Return the properties that the data of a node or edge holds, typed.

        What has no value, or one of another form than the ontology says, is left out: a store takes any data.

        Example:
            >>> ontology().values(NodeLabel.CLAIM, {"text": "台股收漲", "span": {"start": 0}, "said_on": None})
            {'text': '台股收漲', 'start': 0}
        """
        entry = self.nodes[member] if isinstance(member, NodeLabel) else self.edges[member]
        found: dict[str, Value] = {}
        for name, expected in entry.properties.items():
            read = (expected.type.read(value) for value in values_at(data, (expected.path or name).split(".")))
            values = [value for value in read if value is not None]
            if values:
                found[name] = values if expected.type.is_list else values[0]
        return found


def values_at(data: JsonValue | Mapping[str, JsonValue], steps: list[str]) -> Iterator[JsonValue]:
    """Yield what stands at the end of a path, through lists too; nothing where the path ends early.

    Example:
        >>> list(values_at({"names": [{"text": "輝達"}, {"text": "Nvidia"}]}, ["names", "*", "text"]))
        ['輝達', 'Nvidia']
    """
    if isinstance(data, list):
        steps = steps[1:] if steps[:1] == ["*"] else steps
        for item in data:
            yield from values_at(item, steps)
    elif not steps:
        if data is not None and not isinstance(data, Mapping):
            yield data
    elif isinstance(data, Mapping):
        yield from values_at(data.get(steps[0]), steps[1:])


def parse(source: str) -> Ontology:
    """Return the ontology that a YAML text holds, checked against the enums and the models.

    Raises:
        InputError: it is no YAML, breaks the form or leaves something out, code "ontology.invalid".
    """
    try:
        found = Ontology.model_validate(yaml.safe_load(source))
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError("ontology.invalid", f"kg/ontology.yaml can't be read: {error}") from error
    wrong = problems(found)
    if wrong:
        raise InputError("ontology.invalid", f"kg/ontology.yaml: {'; '.join(wrong)}")
    return found


@cache
def ontology() -> Ontology:
    """Return the ontology of `kg/ontology.yaml`; it is read once."""
    return parse(resources.files("kg").joinpath("ontology.yaml").read_text(encoding="utf-8"))


def problems(found: Ontology) -> tuple[str, ...]:
    """Return what is missing or unknown in an ontology, one line each; empty where it is sound."""
    missing = [f"no entry for {m}" for m in (*NodeLabel, *EdgeType) if m not in found.nodes and m not in found.edges]
    terms = [t for e in found.nodes.values() for t in (e.iri, *e.also)]
    terms += [t for e in found.edges.values() for t in (e.iri, *e.also)]
    terms += [t for e in found.nodes.values() for p in e.properties.values() for t in p.also]
    unknown = [f"no prefix for {t}" for t in terms if t.partition(":")[0] not in found.prefixes]
    astray = [
        f"{label}.{name}: no field {path}"
        for label, entry in found.nodes.items()
        for name, path in ((n, p.path or n) for n, p in entry.properties.items())
        if not has_field(MODEL_OF[label], path.split("."))
    ]
    return (*missing, *unknown, *astray)


def has_field(model: type[BaseModel], steps: list[str]) -> bool:
    """Return whether a path leads to a plain field of a model.

    Example:
        >>> has_field(Document, ["publication", "title"]), has_field(Document, ["title"])
        (True, False)
    """
    field = model.model_fields.get(steps[0])
    if field is None:
        return False
    rest = [step for step in steps[1:] if step != "*"]
    inner = _models_in(field.annotation)
    return any(has_field(m, rest) for m in inner) if rest else not inner


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models_in(argument)]
