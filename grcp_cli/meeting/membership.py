"""What a common recommendation is made of, and which groups that alone makes share it.

It opens with the support that its cluster was written with: the groups that brought its members. A group whose last
member was taken out since shares it no more, one whose member came in does; `support` and `oppose` acts say otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .entry import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .entry import Entry


def opening(
    cluster: Entry, outcomes: Iterable[Mapping[str, Any]], group: Callable[[str], str]
) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """A cluster's fields, and the stances that hold before anybody was asked.

    Args:
        cluster: As it was written.
        outcomes: What each correction of it sets, in record order.
        group: The group of an entry by its id, empty for none.
    """
    first = texts(cluster.fields.get("targets"))
    now = first
    for each in outcomes:
        now = texts(each["targets"]) if "targets" in each else now
    brought = {group(each) for each in now}
    left = {group(each) for each in first} - brought if now != first else set()
    named = texts(cluster.fields.get("support"))
    support = dict.fromkeys(each for each in (*named, *map(group, now)) if each and each not in left)
    # Who supports it is told by stances alone, so that a later act can take it back.
    fields = {key: value for key, value in cluster.fields.items() if key not in ("group", "speaker")}
    return fields, {f"stance {each}": "support" for each in support}
