"""Keeps the graph on disk and answers SPARQL.

A question arrives as hostile text: it must not make the engine fetch anything, change
anything or crash. What cannot be answered is a DataError that says where and why.

``loading`` writes and opens the store, ``guard`` refuses what is dangerous, ``answers`` asks the engine,
``errors`` explains what it did not understand, ``formats`` writes what it said, ``questions`` fills in parameters,
``names`` finds whom they name, ``nearest`` which question was meant, ``hints`` remarks on what is misspelt.
``bridge`` and ``engine`` show the store to rdflib, ``lines`` gives out a graph for a store elsewhere,
``reading`` reads what such a store answered.
"""

from kg.store.answers import Answer, answer
from kg.store.bridge import to_rdflib
from kg.store.formats import format_answer
from kg.store.guard import refuse_danger, words_of
from kg.store.hints import is_empty, remarks
from kg.store.lines import batches, lines_of
from kg.store.loading import amend, base_of, copy_store, load, open_store
from kg.store.nearest import nearest_questions
from kg.store.questions import Parameter, Question, answer_with, filled, filled_in, unknown_parameter
from kg.store.reading import Form, read_answer

__all__ = [
    "Answer",
    "Form",
    "Parameter",
    "Question",
    "amend",
    "answer",
    "answer_with",
    "base_of",
    "batches",
    "copy_store",
    "filled",
    "filled_in",
    "format_answer",
    "is_empty",
    "lines_of",
    "load",
    "nearest_questions",
    "open_store",
    "read_answer",
    "refuse_danger",
    "remarks",
    "to_rdflib",
    "unknown_parameter",
    "words_of",
]
