"""Draws the network page: who did what to whom, in one file that needs nothing else.

    outlines -> chosen (which events go onto it)
    events -> rows (what is said of them) -> ties (who with whom) -> layout (where) -> page

The text of every event is written once, by the template, as a row of an ordinary
table. Without JavaScript that table is the page; with it, the picture, the filters
and the evidence beside a chosen actor are views of its rows. What runs on the page lies
in ``assets``, in files that are put together in the order of ``page.SCRIPTS``.

``static`` and ``timeline`` draw figures for papers, ``framed`` shuts the page into a notebook.
"""

from kg.views.choosing import Chosen, Outline, choose, outline
from kg.views.framing import framed
from kg.views.marking import other_names
from kg.views.page import network_page
from kg.views.quick import quick_view
from kg.views.static import network_figure
from kg.views.timeline import timeline_figure
from kg.views.words import ENGLISH, languages

__all__ = [
    "ENGLISH",
    "Chosen",
    "Outline",
    "choose",
    "framed",
    "languages",
    "network_figure",
    "network_page",
    "other_names",
    "outline",
    "quick_view",
    "timeline_figure",
]
