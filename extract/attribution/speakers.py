"""Who may be speaking: names, groups and pronouns, and which of them is the subject of a cue."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.attribution.crowds import is_betting
from extract.attribution.lexicon import words
from extract.normalize import shadow_of
from extract.phrases import Phrases, phrases_of
from schemas.actor import ANALYSTS, AUTHOR, MARKET, ActorTag, ActorType, Employment

_COMPARED = re.compile("(?:一如|优于|低于|高于|超过|超出|超|符合|不如|胜|好于|差于|快于|慢于)$")
_MARKET_NOUN = re.compile(
    "(?:预测(?=[:,。]|值|数|报告|显示)|展望|份额|规模|占有率|需求|价格|监管|监督|研究|调查|机制|经济|化)"
)
_POINTED_AT = re.compile(r"(?:这位|这名|该名|那位|那名)[^,。;:!?「『“他她]*$")
_JOINT = re.compile(r"^[^,。;:!?]{0,12}?(?:、|与|和|及|以及|跟|同)[^,。;:!?]{0,12}$")
_BRACKETED = re.compile(r"^\s*[(（]\s*$")
_PEOPLE = frozenset({"person"})
_BODIES = frozenset({"organisation", "government", "media"})
_OWNED = re.compile(
    r"^(?:的)?(?:[A-Za-z]{2,5}|首席|资深|外汇|研究|策略|股票|信用|团队|官员|部门|全球|亚洲|中国|台湾)*$"
)
_WITH_TEAM = re.compile(r"\s*\)?(?:的|与|和|及|领导的)?")  # 某某與團隊寫道: the person writes
_ALONE = re.compile(r"(?:^|[,。;:!?\s「『“]|这位|该名|该)$")
_NAMED = frozenset({"person", "organisation", "government", "media"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word or name that may be a speaker: its ids where it names one, its type.

    Types: the actor types, `group` (analysts, market), `pronoun` (a person), `role` (該行), `plural` (他們), `self`
    (我), `narrator`.
    `office` is what sort of body alone a role can mean: `company` (公司), `state` (當局), `house` (本行).
    """

    start: int
    end: int
    ids: tuple[str, ...]
    kind: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Floor:
    """Who had the floor so far: what pronouns and bare cues refer to. It changes as we read on.

    `holder` is who speaks in the first person here: one whose words a label or a running quotation introduced;
    `guest` is who answers in an interview: the person that a label named last, else one in the headline, else the
    company that it is about;
    `quoted` is who was quoted last, `source` which body spoke last: it is what 報告 means;
    `met` has the last body of each sort, `state` and `company`; `reporter` is who brought out a report last;
    `house` is where the author works, by a note (作者為某行經濟師).
    """

    person: str | None = None
    organisation: str | None = None
    last: tuple[str, ...] = ()
    topic: str | None = None
    guest: str | None = None
    holder: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    source: str | None = None
    types: dict[str, str] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)
    reporter: tuple[str, ...] = ()
    house: str | None = None

    def given_to(self, speakers: tuple[str, ...]) -> "Floor":
        """Return the floor after these have spoken."""
        kinds = [self.types.get(speaker, "group") for speaker in speakers]
        person = next((s for s, kind in zip(speakers, kinds, strict=True) if kind == "person"), self.person)
        body = next((s for s, kind in zip(speakers, kinds, strict=True) if kind not in ("person", "group")), None)
        floor = self._having(body) if body else self
        return replace(floor, person=person, last=speakers, source=body or self.source)

    def having_met(self, candidate: Candidate) -> "Floor":
        """Return the floor after a name was read that did not speak."""
        if candidate.kind == "person":
            return replace(self, person=candidate.ids[0])
        if candidate.kind in ("organisation", "media", "government"):
            return self._having(candidate.ids[0])
        return self

    def _having(self, body: str) -> "Floor":
        return replace(self, organisation=body, met={**self.met, _sort_of(self.types.get(body)): body})


def reporter_of(shadow: str, candidates: Sequence[Candidate], end: int) -> tuple[str, ...]:
    """Return who brings out a report in a sentence that ends there, the last one; nobody where none does."""
    named = [c for c in candidates if c.kind in _NAMED]
    found = [c for c in named if _REPORTS.match(shadow, c.end, end)]
    return found[-1].ids if found else ()


_REPORTS = re.compile(
    "[^。;!?\n「“,]{0,16}?(?:,[^。;!?\n「“,]{0,8}?)?(?:发布|发表|出具|公布|推出|出版|公开|提出|发出|完成|的|最新|份)"
    "[^。;!?\n,「“]{0,24}?(?:报告|研报|调查|问卷|民调|白皮书|研究(?!员|所|院|部|机构|团队|主管)|论文)"
)


def _sort_of(actor_type: str | None) -> str:
    return "state" if actor_type == ActorType.GOVERNMENT.value else "company"


def first_of_each(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the first person and the first body: what a sentence is about, and a later pronoun means.

    No person where a pronoun stands before the name: it goes on with whom it means (他和某某不同, 他…).
    """
    people = [c for c in candidates if c.kind in ("person", "pronoun")]
    people = [c for c in people[:1] if c.kind == "person"]
    bodies = [c for c in candidates if c.kind in _NAMED and c.kind != "person"]
    return (*bodies[:1], *people)


@dataclass(frozen=True, slots=True)
class Offices:
    """Titles that the text gives to persons, so that 總裁 alone or behind the employer means the person."""

    phrases: Phrases
    holders: dict[str, tuple[Employment, ...]]

    def find(self, shadow: str, named: Sequence[Candidate], start: int, end: int) -> Iterator[Candidate]:
        """Yield the titles in [start, end) that stand for a person: no name follows, and the text gave the title."""
        for hit in self.phrases.find(shadow, start, end):
            owner = next((c for c in reversed(named) if c.end == hit.start and c.kind in _BODIES), None)
            is_label = shadow.startswith(":", hit.end)  # a heading calls so whom the text names below it
            known = [one for one in self.holders[hit.phrase] if is_label or one.span.start < hit.start]
            same = [one for one in known if owner is None or one.employer_id == owner.ids[0]]
            if owner is None and (not _ALONE.search(shadow[: hit.start][-3:]) or len({o.person_id for o in same}) > 1):
                continue
            has_name = any(hit.end <= c.start <= hit.end + _NAME_BEHIND for c in named if c.kind == "person")
            if same and not has_name:
                yield Candidate(hit.start, hit.end, (same[-1].person_id,), "person")


_NAME_BEHIND = 2  # characters between a title and its name, room for a blank or a bracket


def offices_of(shadow: str, employments: Sequence[Employment]) -> Offices:
    """Return the titles of a document with who holds them, in text order."""
    holders: dict[str, tuple[Employment, ...]] = {}
    for one in sorted(employments, key=lambda employment: employment.span.start):
        title = shadow_of(one.title)
        if len(title) >= _SHORTEST_TITLE and title not in words().unnamed.categories:
            holders[title] = (*holders.get(title, ()), one)
    return Offices(phrases_of({"title": holders}), holders)


_SHORTEST_TITLE = 2


def candidates_of(
    shadow: str, tags: Sequence[ActorTag], offices: Offices, start: int, end: int
) -> tuple[Candidate, ...]:
    """Return the possible speakers in [start, end), in text order.

    An unnamed role inside or right behind a name belongs to the name (高盛分析師 is Goldman Sachs).
    """
    named = [
        Candidate(tag.span.start, tag.span.end, (tag.actor_id,), _kind_of(tag))
        for tag in tags
        if start <= tag.span.start and tag.span.end <= end
    ]
    named = _gauged(shadow, _outside_titles(shadow, named))
    known = [*named, *offices.find(shadow, named, start, end)]
    return tuple(sorted([*known, *_unnamed(shadow, known, start, end)], key=lambda c: (c.start, -c.end)))


def _kind_of(tag: ActorTag) -> str:
    return "group" if tag.actor_id == ANALYSTS else tag.actor_type.value


def _outside_titles(shadow: str, named: Sequence[Candidate]) -> list[Candidate]:
    """Return the names without the employer that only tells who is pointed at (這位高盛董事長 is a person)."""
    kept: list[Candidate] = []
    employer = -1
    for candidate in named:
        before = shadow[max(0, candidate.start - _POINTED) : candidate.start]
        behind = candidate.start - employer <= _NAME_BEHIND and "(" in shadow[employer : candidate.start]
        if candidate.kind in _BODIES and (_POINTING.search(before) or (employer >= 0 and behind)):
            employer = candidate.end
        else:
            kept.append(candidate)
    return kept


def _gauged(shadow: str, named: Sequence[Candidate]) -> list[Candidate]:
    """Return the names, the market in place of an exchange whose tool or rate futures tell the odds (芝商所的工具)."""
    return [replace(c, ids=(MARKET,), kind="group") if _tells_odds(shadow, c) else c for c in named]


def _tells_odds(shadow: str, candidate: Candidate) -> bool:
    is_exchange = candidate.kind in _BODIES and shadow.endswith(_EXCHANGES, candidate.start, candidate.end)
    return is_exchange and _GAUGE.match(shadow, candidate.end) is not None


_EXCHANGES = ("所", "CME", "CME Group", "交易所集团")
_GAUGE = re.compile(
    r"\s?(?:集团)?(?:旗下)?的?\s?(?:FedWatch|(?:利率)?(?:观察)?工具|(?:联邦(?:基金|资金))?利率期货|联邦基金期货)"
)
_POINTING = re.compile("(?:这位|这名|该名|那位)(?:前|现任|时任|来自|出身|今年|新任|资深)?$")
_POINTED = 6  # characters before an employer in which somebody is pointed at


def _unnamed(shadow: str, named: Sequence[Candidate], start: int, end: int) -> Iterator[Candidate]:
    groups = {"analysts": (ANALYSTS,), "market": (MARKET,), "narrator": (AUTHOR,)}
    kinds = {"person": "pronoun", "plural": "plural", "narrator": "narrator", "first_person": "self"}
    kinds |= dict.fromkeys(_ROLES, "role")
    for hit in words().unnamed.find(shadow, start, end):
        inside = any(c.start < hit.end and hit.start < c.end for c in named)
        behind = any(c.kind in _BODIES and _OWNED.match(shadow[c.end : hit.start]) for c in named if c.end <= hit.start)
        measure = hit.category == "market" and (
            _COMPARED.search(shadow[max(start, hit.start - 3) : hit.start]) or _MARKET_NOUN.match(shadow, hit.end)
        )
        pointed = hit.category == "analysts" and _POINTED_AT.search(shadow[max(start, hit.start - 16) : hit.start])
        joined = hit.category in _ROLES and any(
            c.kind == "person" and _WITH_TEAM.fullmatch(shadow, c.end, hit.start) for c in named if c.end <= hit.start
        )
        if not (inside or measure or pointed or joined) and not (behind and hit.category in ("analysts", *_ROLES)):
            office = hit.category if hit.category in _OFFICES else ""
            ids = (MARKET,) if is_betting(shadow, hit) else groups.get(hit.category, ())
            yield Candidate(hit.start, hit.end, ids, kinds.get(hit.category, "group"), office)


_OFFICES = ("company", "state", "house")
_ROLES = ("organisation", *_OFFICES)


def subject_of(shadow: str, candidates: Sequence[Candidate], start: int, cue_start: int) -> tuple[Candidate, ...]:
    """Return the candidates in [start, cue_start) that are the subject: the nearest and those joined to it.

    A name in a phrase of place or address (在白宮表示, 向國會說) is no subject; a country is one only where nothing
    else is.
    """
    inside = [c for c in candidates if start <= c.start and c.end <= cue_start]
    free = [
        c
        for c in inside
        if not (
            _is_framed(shadow, c, start, cue_start)
            or _is_in_title(shadow, c, start)
            or is_topic(shadow, c)
            or _is_aside(shadow, inside, c, cue_start)
        )
    ]
    spoken = [c for c in free if c.kind != ActorType.PLACE.value] or [c for c in free if cue_start - c.end <= _NEAR]
    if not spoken:
        return ()
    nearest = spoken[-1]
    if len(spoken) > 1 and nearest.kind == "group" and nearest.end == cue_start and spoken[-2].kind in _NAMED:
        nearest = spoken[-2] if _ONE_PHRASE.fullmatch(shadow, spoken[-2].end, nearest.start) else nearest
    if len(spoken) > 1 and _BRACKETED.match(shadow[spoken[-2].end : nearest.start]):
        nearest = spoken[-2]
    return (*_joined(shadow, spoken, nearest), nearest)


_ONE_PHRASE = re.compile(r"[^\s,。;:!?]*")  # 某行駐倫敦的分析師: the body; 某行加碼 法人說: the crowd


def _is_aside(shadow: str, inside: Sequence[Candidate], candidate: Candidate, cue_start: int) -> bool:
    """Return whether a candidate only tells in brackets who a person right before them is (某某（前央行官員）說).

    A name in another script is the person.
    """
    if shadow[candidate.start].isascii():
        return False
    opened = shadow.rfind("(", 0, candidate.start)
    before = next((c for c in inside if c.end <= opened and not shadow[c.end : opened].strip()), None)
    closed = shadow.find(")", candidate.end, cue_start)
    return before is not None and before.kind in _PEOPLE and closed >= 0 and ")" not in shadow[opened : candidate.start]


def _is_in_title(shadow: str, candidate: Candidate, start: int) -> bool:
    """Return whether a name is part of the title of a work (《某某的未來》報告), not all of it, as a newspaper's is."""
    opened = shadow.rfind("《", start, candidate.start)
    is_whole = opened == candidate.start - 1 and shadow.startswith("》", candidate.end)
    return opened > shadow.rfind("》", start, candidate.start) and not is_whole


def is_topic(shadow: str, candidate: Candidate) -> bool:
    """Return whether a name only tells whose figure it is (X 目標價, X 評等)."""
    return _OWN_FIGURE.match(shadow, candidate.end) is not None


_OWN_FIGURE = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:的|今年|明年)?(?:目标价|股价|评等|评级|EPS|每股|本益比)")
_NEAR = 6  # characters between a country and its cue, room for a date or an adverb


def _joined(shadow: str, spoken: Sequence[Candidate], nearest: Candidate) -> tuple[Candidate, ...]:
    before: list[Candidate] = []
    last = nearest
    for candidate in reversed([c for c in spoken if c.end <= nearest.start]):
        between = shadow[candidate.end : last.start]
        is_alike = (candidate.kind in _PEOPLE) == (nearest.kind in _PEOPLE) and candidate.kind == nearest.kind
        if is_alike and candidate.ids != nearest.ids and _JOINT.match(between):
            before.append(candidate)
            last = candidate
    return tuple(reversed(before))


def _is_framed(shadow: str, candidate: Candidate, start: int, cue_start: int) -> bool:
    lexicon = words()
    if shadow.startswith(("看来", "眼中", "眼里"), cue_start):
        return False
    before = shadow[start : candidate.start].rstrip(" 《〈")
    if before.endswith(
        (
            "向",
            "对",
            "跟",
            "接受",
            "告诉",
            "针对",
            "对于",
            "关于",
            "谈到",
            "谈及",
            "提到",
            "说到",
            "致函",
            "引述",
            "引用",
            "问",
            "被问",
        )
    ):
        return True
    if _TOWARDS.search(before):
        return True
    if before.endswith(("在", "于")) and _BESIDE.fullmatch(shadow, candidate.end, cue_start):
        return True
    opened = max(before.rfind("在"), before.rfind("于"), before.rfind("就"))
    if opened < 0 or "," in before[opened:]:
        return False
    return any(end in shadow[candidate.end : cue_start] for end in lexicon.frame_ends)


_TOWARDS = re.compile("向[^,。;:的]{1,4}$")  # 向美國某某政府提出
_BESIDE = re.compile(r".?|(?:网站|官网)?(?:发出|发|刊发|刊登|登出|挂出|提交|递交)?(?:的|业绩|盈利)?")
"""What may stand between a place of speech and its cue (在推特寫道, 在立法院也說, 於交易所發出公告)."""


def resolve(subject: Sequence[Candidate], floor: Floor) -> tuple[str, ...]:
    """Return the ids of a subject, pronouns and roles resolved to who had the floor; empty where nobody fits."""
    found: list[str] = []
    for candidate in subject:
        found += candidate.ids or _referent(candidate, floor)
    return tuple(dict.fromkeys(found))


def _referent(candidate: Candidate, floor: Floor) -> tuple[str, ...]:
    if candidate.kind == "self":
        return floor.holder or (AUTHOR,)
    if candidate.kind == "pronoun":
        return (floor.person,) if floor.person else floor.last
    if candidate.kind == "plural" and (len(floor.last) > 1 or floor.last == (ANALYSTS,)):
        return floor.last
    body = floor.organisation or floor.topic
    if candidate.office == "house" and floor.house:
        return (floor.house,)
    if candidate.office in ("company", "state") and body and _sort_of(floor.types.get(body)) != candidate.office:
        body = floor.met.get(candidate.office, body)
    return (body,) if body else floor.last
