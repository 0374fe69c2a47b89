"""Draws at real desks: an evening whose method draws, and everybody taking part."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from evalclient.core.evaluation.drawing import draw_due, waiting_for
from evalclient.core.evaluation.fold import Documents
from evalclient.desk.drawing import take_part
from tests.builders.documents import documents_of, drawing_method, tender_of

if TYPE_CHECKING:
    from tests.builders.desks import Desks


@lru_cache
def drawing_documents() -> Documents:
    """The documents of a construction tender that draws lots at every point of the meeting."""
    return documents_of("construction", tender=tender_of("construction"), method=drawing_method())


def draw(desks: Desks, *people: str) -> None:
    """Everybody (or ``people``) who has not yet takes part in the draw that is due, if any; the clients publish."""
    when = draw_due(desks.evaluation)
    for person in waiting_for(desks.evaluation, when) if when else ():
        if person not in desks.windows and (not people or person in people):
            take_part(desks.desk(person))
    desks.share()
