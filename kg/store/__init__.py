"""Keeps the graph on disk and answers SPARQL.

A question arrives as hostile text: it must not make the engine fetch anything, change
anything or crash. What cannot be answered is a DataError that says where and why.

``loading`` writes and opens the store, ``guard`` refuses what is dangerous, ``answers`` asks the engine,
``errors`` explains what it did not understand, ``formats`` writes what it said, ``bridge`` shows the store to rdflib.
"""

from kg.store.answers import Answer, answer
from kg.store.bridge import to_rdflib
from kg.store.formats import format_answer
from kg.store.guard import refuse_danger
from kg.store.loading import amend, base_of, copy_store, load, open_store

__all__ = ["Answer", "amend", "answer", "base_of", "copy_store", "format_answer", "load", "open_store", "refuse_danger", "to_rdflib"]
