"""Who did what to whom, when, according to whom: news articles as an actor-relationship knowledge graph.

>>> import kg
>>> [statement.action for statement in kg.extract("Iran fired missiles at Israel.", date="2024-10-02")]
['action:missile-attack']
"""

from kg.build import Graph, Intake, build, extract
from kg.build import open_graph as open
from kg.model import DataError, Statement

__all__ = ["DataError", "Graph", "Intake", "Statement", "build", "extract", "open"]
