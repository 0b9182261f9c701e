"""What a person sees of actors in a terminal: who there is, and who might be one."""

from collections.abc import Iterable

from rich import box
from rich.table import Table

from api.views import ActorView
from kg.linking.features import Feature
from kg.linking.suggestions import Suggestion


def actors_table(views: Iterable[ActorView]) -> Table:
    """Return a table of actors, one row each, with the id and name under which each is shown."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for heading in ("id", "shown as", "type", "known from", "names"):
        table.add_column(heading, overflow="fold")
    for view in views:
        actor, shown_id = view.actor, view.actor_ids[0]
        shown = view.name if shown_id == actor.actor_id else f"{view.name} ({shown_id})"
        names = "、".join(dict.fromkeys(name.text for name in actor.names))
        known_from = "texts" if actor.is_provisional else "the base"
        table.add_row(actor.actor_id, shown, actor.actor_type.value, known_from, names)
    return table


def suggestions_table(suggestions: Iterable[Suggestion]) -> Table:
    """Return a table of pairs that might be one, the likeliest first."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("score", justify="right")
    for heading in ("actor", "other", "why"):
        table.add_column(heading, overflow="fold")
    for one in suggestions:
        table.add_row(
            f"{one.score:.2f}", _named(one.first_name, one.first_id), _named(one.second_name, one.second_id),
            "; ".join(map(reason_text, one.reasons)),
        )  # fmt: skip
    return table


def reason_text(feature: Feature) -> str:
    """Return a reason with its weight; what speaks against the pair has a minus.

    Example:
        >>> reason_text(Feature(name="shares_name", score=0.9, reason="both are called 瑞銀"))
        'both are called 瑞銀 (+0.9)'
    """
    return f"{feature.reason} ({feature.score:+.2g})"


def _named(name: str, actor_id: str) -> str:
    return f"{name} ({actor_id})"
