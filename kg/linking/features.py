"""What speaks for or against two actors being one: small functions, each with a score and its reason in words.

A score from 0 to 1 is the share of pairs with only this in common that would be one actor; a negative one is
the share of pairs otherwise alike that this tells apart. They are set by judgement, not fitted.
"""

from collections.abc import Callable
from typing import Final

from kg.linking.profiles import Profile
from kg.linking.sounds import consonants_of, is_romanised, likeness
from schemas.actor import ActorType
from schemas.base import Model

ALIKE: Final = 0.74
"""From this likeness on, two names may be two ways of writing one."""
FEWEST_SOUNDS: Final = 3
"""Consonants that a name of a person must have to be compared across scripts: two are shared by chance.

Names of firms need one more: they are translated more often than spelt.
"""
FEWEST_CHARACTERS: Final = 2
"""A name of one character (鄧) is a surname that stands for many."""


class Feature(Model):
    """One thing that two actors have in common or that tells them apart."""

    name: str
    score: float
    reason: str


LEGAL_FORMS: Final = (
    "集团控股", "股份有限公司", "集团公司", "有限公司", "集团", "公司", "控股", "股份",
    "group", "inc", "inc.", "corp", "corp.", "corporation", "holdings", "co", "ltd", "plc",
)  # fmt: skip
"""What may follow the name of a firm without making it another firm; as names are folded, the longest first."""
TRADES: Final = (
    "银行", "证券", "保险", "科技", "电子", "汽车", "通信", "半导体", "bank", "securities", "insurance", "technology",
)  # fmt: skip
"""What may be left out of the name of a firm, and is also the name of many a subsidiary."""

FullName = tuple[str, str, str]
"""Given name, the mark between, family name."""
Compare = Callable[[Profile, Profile], Feature | None]


def shares_name(one: Profile, other: Profile) -> Feature | None:
    """Both bear the same name; the longer it is, the less by chance."""
    shared = max(one.names.keys() & other.names.keys(), key=lambda name: (len(name), name), default=None)
    if shared is None:
        return None
    score = 0.15 if len(shared) < FEWEST_CHARACTERS else 0.7 if len(shared) == FEWEST_CHARACTERS else 0.9
    return Feature(name="shares_name", score=score, reason=f"both are called {one.names[shared]}")


def shares_ticker(one: Profile, other: Profile) -> Feature | None:
    """Both are traded under the same code."""
    shared = min(one.tickers & other.tickers, default=None)
    if shared is None:
        return None
    return Feature(name="shares_ticker", score=0.9, reason=f"both have the ticker {shared}")


def name_holds_name(one: Profile, other: Profile) -> Feature | None:
    """One name is a part of the other: a person's the end (麥克·威爾森, 威爾森), a firm's the head (瑞銀集團, 瑞銀)."""
    if one.actor_type is not other.actor_type:
        return None
    is_person = one.actor_type is ActorType.PERSON
    pairs = [(a, b) for a in one.names for b in other.names] + [(b, a) for a in one.names for b in other.names]
    held = [(a, b) for a, b in pairs if (_is_last_part(a, b) if is_person else _is_head(a, b))]
    if not held:
        return None
    shown = {**one.names, **other.names}
    weighed = [
        (0.6 if is_person else _weight_of_rest(longer[len(shorter) :]), longer, shorter) for longer, shorter in held
    ]
    score, longer, shorter = max(weighed)
    return Feature(
        name="name_holds_name", score=score, reason=f"{shown[longer]} may be the full form of {shown[shorter]}"
    )


def sounds_alike(one: Profile, other: Profile) -> Feature | None:
    """Two names sound alike, as transliterations of one foreign name do (達利歐, 達里奧, Dalio)."""
    if one.actor_type is not other.actor_type:
        return None
    found = [(_sound(a, b, one.actor_type), a, b) for a in one.names for b in other.names if a != b]
    best = max(found, default=None)
    if best is None or best[0] < ALIKE:
        return None
    closeness, first, second = best
    reason = f"{one.names[first]} sounds like {other.names[second]}"
    return Feature(name="sounds_alike", score=round(0.6 * closeness, 2), reason=reason)


def is_spelt_in_pinyin(one: Profile, other: Profile) -> Feature | None:
    """One name is the other in Pinyin (何小鵬, He Xiaopeng); other spellings of Chinese names are not known here."""
    pairs = [(a, b) for a in one.names for b in other.names] + [(b, a) for a in one.names for b in other.names]
    spelt = max((pair for pair in pairs if is_romanised(*pair)), default=None)
    if one.actor_type is not other.actor_type or spelt is None:
        return None
    shown = {**one.names, **other.names}
    reason = f"{shown[spelt[0]]} is {shown[spelt[1]]} in Pinyin"
    return Feature(name="is_spelt_in_pinyin", score=0.7, reason=reason)


def shares_job(one: Profile, other: Profile) -> Feature | None:
    """Both work for the same employer, perhaps under the same title."""
    if same := min(one.jobs & other.jobs, default=None):
        return Feature(name="shares_job", score=0.4, reason=f"both are {same[1]} at {same[0]}")
    shared = min({employer for employer, _ in one.jobs} & {employer for employer, _ in other.jobs}, default=None)
    return None if shared is None else Feature(name="shares_job", score=0.2, reason=f"both work for {shared}")


def shares_documents(one: Profile, other: Profile) -> Feature | None:
    """Both stand in the same document, where a text often names one actor in two ways."""
    shared = len(one.documents & other.documents)
    if not shared:
        return None
    return Feature(name="shares_documents", score=0.15, reason=f"both stand in {_count(shared, 'document')}")


def shares_company(one: Profile, other: Profile) -> Feature | None:
    """Both stand in claims together with the same third actors."""
    shared = sorted(one.met_in_claims & other.met_in_claims)
    if not shared:
        return None
    named = ", ".join(shared[:3])
    return Feature(name="shares_company", score=min(0.1 * len(shared), 0.3), reason=f"both are named beside {named}")


def is_of_other_type(one: Profile, other: Profile) -> Feature | None:
    """One is a person, the other a firm: nobody is both."""
    if one.actor_type is other.actor_type:
        return None
    reason = f"one is of type {one.actor_type.value}, the other {other.actor_type.value}"
    both = {one.actor_type, other.actor_type}
    # Whether a body counts as an organisation, a government, or a medium is often a matter of taste.
    score = -0.9 if both & {ActorType.PERSON, ActorType.PLACE} else -0.3
    return Feature(name="is_of_other_type", score=score, reason=reason)


def is_known_apart(one: Profile, other: Profile) -> Feature | None:
    """Both are actors of the base, which was put together with care."""
    if one.is_provisional or other.is_provisional:
        return None
    return Feature(name="is_known_apart", score=-0.8, reason="the actor base holds both as actors of their own")


def stands_beside(one: Profile, other: Profile) -> Feature | None:
    """One claim names both: a sentence seldom names one actor in two ways."""
    if other.actor_id not in one.met_in_claims:
        return None
    return Feature(name="stands_beside", score=-0.4, reason="one claim names both beside each other")


def has_other_full_name(one: Profile, other: Profile) -> Feature | None:
    """Both are persons with full names in one script, and these differ (Mike and Peter Wilson, Rubin and Le Pen)."""
    if one.actor_type is not ActorType.PERSON or other.actor_type is not ActorType.PERSON:
        return None
    for is_latin in (True, False):
        first, second = (_full_names(profile, is_latin=is_latin) for profile in (one, other))
        if first and second and not any(_may_be_one(a, b) for a in first for b in second):
            reason = f"{one.names[_whole(first[0])]} and {other.names[_whole(second[0])]} are different full names"
            return Feature(name="has_other_full_name", score=-0.8, reason=reason)
    return None


FEATURES: Final[tuple[Compare, ...]] = (
    shares_name,
    shares_ticker,
    name_holds_name,
    sounds_alike,
    is_spelt_in_pinyin,
    shares_job,
    shares_documents,
    shares_company,
    is_of_other_type,
    is_known_apart,
    stands_beside,
    has_other_full_name,
)
NAMING: Final = frozenset({"shares_name", "shares_ticker", "name_holds_name", "sounds_alike", "is_spelt_in_pinyin"})
"""Without one of these nothing else counts: colleagues share much and are two all the same."""


def score_of(features: tuple[Feature, ...]) -> float:
    """Return how likely it is that two actors are one, from 0 to 1.

    With supports s and doubts d: (1 - product of (1 - s)) * product of (1 - d). Each support alone would be
    enough; each doubt takes its share of what they say together.

    Example:
        >>> support = Feature(name="shares_name", score=0.5, reason="")
        >>> doubt = Feature(name="stands_beside", score=-0.5, reason="")
        >>> score_of((support, support)), score_of((support, support, doubt)), score_of(())
        (0.75, 0.375, 0.0)
    """
    if not any(feature.name in NAMING for feature in features):
        return 0.0
    missing, kept = 1.0, 1.0
    for feature in features:
        if feature.score > 0:
            missing *= 1 - feature.score
        else:
            kept *= 1 + feature.score
    return round((1 - missing) * kept, 3)


def _is_last_part(longer: str, shorter: str) -> bool:
    return len(shorter) >= FEWEST_CHARACTERS and longer.endswith((f"·{shorter}", f" {shorter}"))


def _is_head(longer: str, shorter: str) -> bool:
    """Whether a longer name begins with a shorter one; in Latin letters at the end of a word."""
    if len(shorter) < FEWEST_CHARACTERS or longer == shorter or not longer.startswith(shorter):
        return False
    return not shorter.isascii() or longer[len(shorter)] in " ·,"


def _sound(one: str, other: str, actor_type: ActorType) -> float:
    """Return how alike two names sound: given and family names each, the whole where one is not parted."""
    if one.isascii() and other.isascii():
        return 0
    is_mixed = one.isascii() or other.isascii()
    first, second = _split(one), _split(other)
    if actor_type is ActorType.PERSON and bool(first) is not bool(second):
        # Texts leave the given name out, not the family name.
        one, other = first[2] if first else one, second[2] if second else other
    fewest = FEWEST_SOUNDS + (actor_type is not ActorType.PERSON)
    if is_mixed and min(len(consonants_of(one)), len(consonants_of(other))) < fewest:
        return 0
    if actor_type is ActorType.PERSON and first and second:
        return min(likeness(first[0], second[0]), likeness(first[2], second[2]))
    return likeness(_own_part(one, actor_type), _own_part(other, actor_type))


def _weight_of_rest(rest: str) -> float:
    """Return how much it says that a firm's name begins with another one, by what follows."""
    rest = rest.strip(" ·,")
    return 0.75 if rest in LEGAL_FORMS else 0.5 if rest in TRADES else 0.35


def _own_part(name: str, actor_type: ActorType) -> str:
    """Return a name without marks and, of a firm, without its legal form and trade, which many firms share."""
    joined = name.replace("·", "").replace(" ", "")
    if actor_type is ActorType.PERSON:
        return joined
    tails = (tail for tail in (*LEGAL_FORMS, *TRADES) if len(joined) >= len(tail) + FEWEST_CHARACTERS)
    return joined.removesuffix(next((tail for tail in tails if joined.endswith(tail)), ""))


def _split(name: str) -> FullName | None:
    """Return given name, mark and family name where a mark parts them."""
    place = max(name.rfind("·"), name.rfind(" "))
    return (name[:place], name[place], name[place + 1 :]) if 0 < place < len(name) - 1 else None


def _whole(name: FullName) -> str:
    return "".join(name)


def _full_names(profile: Profile, *, is_latin: bool) -> list[FullName]:
    return [full for name in profile.names if name.isascii() is is_latin and (full := _split(name)) is not None]


def _may_be_one(one: FullName, other: FullName) -> bool:
    """Whether two full names of one script may be one: the same family name, and given names that may be short."""
    (given, _, family), (other_given, _, other_family) = one, other
    if not given.isascii():
        return likeness(family, other_family) >= ALIKE and likeness(given, other_given) >= ALIKE
    heads = (given.rstrip("."), other_given.rstrip("."))
    return family == other_family and (heads[0].startswith(heads[1]) or heads[1].startswith(heads[0]))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number > 1 else ''}"
