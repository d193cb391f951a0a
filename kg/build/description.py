"""``void.ttl``: what a graph is, for catalogues (VoID and DCAT). No clock and no path: the same graph gives the same bytes."""

import re
from collections import Counter
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path

from rdflib import OWL, URIRef

from kg.graph import prefixes
from kg.notation import block, heading, quoted
from kg.ontology import PREFIXES, Ontology
from kg.store import open_store

DESCRIPTION = "void.ttl"
MEDIA = {"graph.ttl": "text/turtle", "statements.csv": "text/csv", "events.csv": "text/csv", "conflicts.csv": "text/csv"}
MEDIA |= {"statements.jsonl": "application/jsonl", "documents.jsonl": "application/jsonl"}
OTHERS = {"dcat": "http://www.w3.org/ns/dcat#", "void": "http://rdfs.org/ns/void#"}
SUBJECT = re.compile(rb"\n\n\S+ (?:a ([^;\n]*))?")
CLASS = re.compile(rb"(?:kg|org):\w+")
USED = ("org", "prov", "schema", "sem", "skos")

Properties = Iterator[tuple[str, str]]


def write_description(folder: Path, base: str, ontology: Ontology) -> None:
    """Describe the graph in a folder, whose tables and store have been written."""
    spaces = {name: prefixes(base)[name] for name in ("dcterms", "kg", "org", "xsd")} | OTHERS
    with (folder / "graph.ttl").open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as turtle:
        subjects, classes = counted(turtle)
    files = [name for name in sorted(MEDIA) if (folder / name).is_file()]
    dataset = f"{base}dataset"
    triples = len(open_store(folder / "store"))
    parts = [(f"<{dataset}>", about_dataset(dataset, base, ontology, files, subjects, classes, triples))]
    parts += [(f"<{dataset}/{name.partition(':')[2]}>", about_class(name, count)) for name, count in sorted(classes.items())]
    parts += [(f"<{dataset}/{name}>", about_file(folder / name)) for name in files]
    text = heading(spaces) + "".join(block(subject, about) for subject, about in parts)
    (folder / DESCRIPTION).write_text(text, encoding="utf-8", newline="\n")


def counted(turtle: bytes | mmap) -> tuple[int, Counter[str]]:
    r"""How many subjects a graph has, written as it is here, and how many of each class of ours and of W3C ORG.

    >>> counted(b"@prefix kg: <x> .\n\nevent:1 a kg:Event , sem:Event ;\n    kg:sources 1 .\n\n<x> kg:sources 1 .\n")
    (2, Counter({'kg:Event': 1}))
    """
    types = Counter(found[1] for found in SUBJECT.finditer(turtle))
    classes = Counter[str]()
    for told, count in types.items():
        classes.update({name.decode(): count for name in CLASS.findall(told or b"")})
    return types.total(), classes


def about_dataset(
    dataset: str, base: str, ontology: Ontology, files: list[str], subjects: int, classes: Counter[str], triples: int
) -> Properties:
    """What it is, how much there is, and which files."""
    yield "a", "void:Dataset"
    yield "a", "dcat:Dataset"
    yield "dcterms:title", '"Who did what to whom, as told in the news"@en'
    counts = ", ".join(f"{classes[f'kg:{name}']} {name.lower()}s" for name in ("Document", "Statement", "Event", "Actor", "Conflict"))
    yield "dcterms:description", quoted(f"An actor-relationship knowledge graph: {counts}.") + "@en"
    yield "dcterms:conformsTo", f"<{version_of(ontology)}>"
    yield "void:uriSpace", quoted(base)
    yield "void:triples", str(triples)
    yield "void:distinctSubjects", str(subjects)
    yield "void:entities", str(classes["kg:Event"])
    yield "void:feature", "<http://www.w3.org/ns/formats/Turtle>"
    yield "void:dataDump", "<graph.ttl>"
    for name in ("kg", *USED):
        yield "void:vocabulary", f"<{PREFIXES.get(name) or prefixes()[name]}>"
    for name in classes:
        yield "void:classPartition", f"<{dataset}/{name.partition(':')[2]}>"
    for name in files:
        yield "dcat:distribution", f"<{dataset}/{name}>"


def version_of(ontology: Ontology) -> str:
    """The IRI of the version of the vocabulary, or of the vocabulary itself where it names no version."""
    about = URIRef(PREFIXES["kg"].removesuffix("#"))
    return str(ontology.vocabulary.value(about, OWL.versionIRI) or about)


def about_class(name: str, count: int) -> Properties:
    """How many there are of a class."""
    yield "a", "void:Dataset"
    yield "void:class", name
    yield "void:entities", str(count)


def about_file(path: Path) -> Properties:
    """One of the files it is written in."""
    yield "a", "dcat:Distribution"
    yield "dcterms:title", quoted(path.name)
    yield "dcat:downloadURL", f"<{path.name}>"
    yield "dcat:mediaType", f"<https://www.iana.org/assignments/media-types/{MEDIA[path.name]}>"
    yield "dcat:byteSize", f'"{path.stat().st_size}"^^xsd:nonNegativeInteger'
