"""Checks the vocabulary as it is published: terms, shapes with their examples, alignments, code schemes, context, catalog and redirects.

A finding is one line for a curator: which file, and what is wrong in it.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.graph import validate
from kg.graph.terms import SHACL
from kg.model import DataError
from kg.notation import quoted
from kg.ontology import KG, PREFIXES
from kg.ontology.actions import read_vocabulary

VANN = Namespace("http://purl.org/vocab/vann/")
PUBLISHED = ("kg.ttl", "actions.ttl", "relations.ttl", "alignments.ttl", "schemes.ttl", "shapes.ttl")
ROOT = "https://w3id.org/actor-kg/"
METADATA = (
    *(OWL.versionIRI, OWL.versionInfo, DCTERMS.title, DCTERMS.description, DCTERMS.creator),
    *(DCTERMS.created, DCTERMS.modified, DCTERMS.license, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
)
ALIGNING = (
    *(RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso, OWL.equivalentClass, OWL.equivalentProperty),
    *(SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch, SKOS.broadMatch, SKOS.narrowMatch),
)
RELATIONS = """\
# The direct edges between actors, one for each action; kg check --fix writes this file after actions.ttl.

@prefix action: <https://w3id.org/actor-kg/action/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix kg: <https://w3id.org/actor-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix relation: <https://w3id.org/actor-kg/relation/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix vs: <http://www.w3.org/2003/06/sw-vocab-status/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/actor-kg/ontology/relations> a owl:Ontology ;
    owl:versionIRI <https://w3id.org/actor-kg/ontology/relations/{version}> ;
    owl:versionInfo "{version}" ;
    dcterms:title "Direct edges between actors"@en ;
    dcterms:description "One property for each action: the subject did it to the object, as at least one statement asserts."@en ;
    dcterms:creator "The kg contributors" ;
    dcterms:created "2026-11-26"^^xsd:date ;
    dcterms:modified "2026-11-26"^^xsd:date ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    vann:preferredNamespacePrefix "relation" ;
    vann:preferredNamespaceUri "https://w3id.org/actor-kg/relation/" .
"""
RELATION = """
relation:{name} a owl:ObjectProperty ;
    rdfs:label {label}@en ;
    skos:definition "The subject did action:{name} to the object, as a statement asserts. When and where is told by the kg:Event."@en ;
    skos:example {example}@en ;
    rdfs:domain kg:Actor ;
    rdfs:range kg:Actor ;
    rdfs:seeAlso action:{name} ;
    vs:term_status "testing" ;
    rdfs:isDefinedBy <https://w3id.org/actor-kg/ontology/relations> .
"""
RULE = re.compile(r"^RewriteRule (\S+) (\S+)", re.MULTILINE)
XML = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri"


def vocabulary_findings(folder: Path) -> Iterator[str]:
    """Check every file beside the tables that is published with the vocabulary in ``folder``."""
    files = {name: read_turtle(folder / name) for name in PUBLISHED}
    yield from metadata_findings(files)
    yield from example_findings(folder, files["shapes.ttl"])
    yield from alignment_findings(files["kg.ttl"] + files["actions.ttl"], files["alignments.ttl"])
    yield from relation_findings(folder, files)
    yield from scheme_findings(files["actions.ttl"], files["schemes.ttl"])
    yield from context_findings(folder / "context.jsonld", files["kg.ttl"])
    yield from address_findings(folder, files)


def read_turtle(path: Path) -> rdflib.Graph:
    """Parse one file. Raises DataError."""
    try:
        return rdflib.Graph().parse(path, format="turtle")
    except (OSError, SyntaxError, IndexError, ValueError) as error:
        raise DataError(f"{path}: {error}\nMend the Turtle, then run kg check.") from error


def metadata_findings(files: dict[str, rdflib.Graph]) -> Iterator[str]:
    """Every file says what it is, of which version, by whom, since when and under which licence."""
    versions: dict[str, str] = {}
    for name, graph in files.items():
        about = list(graph.subjects(RDF.type, OWL.Ontology))
        if len(about) != 1:
            yield f"{name}: {len(about)} nodes are an owl:Ontology instead of one"
            continue
        for wanted in METADATA:
            if (about[0], wanted, None) not in graph:
                yield f"{name}: {wanted.n3(graph.namespace_manager)} is missing"
        version = str(graph.value(about[0], OWL.versionInfo))
        versions[name] = version
        if str(graph.value(about[0], OWL.versionIRI)) != f"{about[0]}/{version}":
            yield f"{name}: owl:versionIRI is not <{about[0]}/{version}>"
    if len(set(versions.values())) > 1:
        yield f"versions differ: {', '.join(f'{name} {version}' for name, version in versions.items())}"


def example_findings(folder: Path, shapes: rdflib.Graph) -> Iterator[str]:
    """One graph keeps to the shapes; each node of the other breaks them as its comments say, and each shape is broken."""
    passing, failing = (read_turtle(folder / "examples" / f"{name}.ttl") for name in ("passing", "failing"))
    vocabulary = read_vocabulary(folder)
    for line in validate(vocabulary, shapes):
        yield f"kg.ttl, actions.ttl: {line}"
    whole = vocabulary + passing
    for line in validate(whole, shapes):
        yield f"examples/passing.ttl: {line}"
    together = whole + failing
    told = validate(together, shapes)
    expected = {
        node: sorted(map(str, failing.objects(node, RDFS.comment))) for node in sorted(failing.subjects(RDFS.comment, unique=True), key=str)
    }
    refused: set[str] = set()
    for node, comments in expected.items():
        name = node.n3(together.namespace_manager)
        lines = [line for line in told if line.startswith((f"{name}:", f"{name} "))]
        refused.update(lines)
        yield from (f"examples/failing.ttl: refused otherwise: {line}" for line in lines if not any(_says(line, one) for one in comments))
        missing = (comment for comment in comments if not any(_says(line, comment) for line in lines))
        yield from (f"examples/failing.ttl: {name} is not refused with: {comment}" for comment in missing)
    yield from (f"examples/failing.ttl: refused without a comment: {line}" for line in told if line not in refused)
    unbroken = {str(message) for message in shapes.objects(None, SHACL["message"])} - {one for found in expected.values() for one in found}
    yield from (f"examples/failing.ttl: no node breaks: {message}" for message in sorted(unbroken))


def _says(line: str, comment: str) -> bool:
    """Whether a line that the shapes tell of a node is this."""
    return f": {comment}" in line


def alignment_findings(ours: rdflib.Graph, alignments: rdflib.Graph) -> Iterator[str]:
    """Whatever is said of our terms in terms of others has its reason, and every reason has its statement."""
    stated = {*ours, *alignments}
    said = {triple for triple in stated if triple[1] in ALIGNING and _is_alignment(triple)}
    parts = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
    reasoned: dict[Any, str] = {
        tuple(alignments.value(axiom, part) for part in parts): str(alignments.value(axiom, RDFS.comment) or "")
        for axiom in alignments.subjects(RDF.type, OWL.Axiom)
    }
    for triple in sorted(said - reasoned.keys(), key=_shown):
        yield f"alignments.ttl: no reason is given for {_shown(triple)}"
    for triple, reason in reasoned.items():
        if triple not in stated:
            yield f"alignments.ttl: a reason for what is not said: {_shown(triple)}"
        if len(reason) < 20:
            yield f"alignments.ttl: too short a reason for {_shown(triple)}"


def _is_alignment(triple: tuple[Node, Node, Node]) -> bool:
    subject, _, value = triple
    ours = (PREFIXES["kg"], PREFIXES["action"])
    return str(subject).startswith(ours) and isinstance(value, URIRef) and not str(value).startswith(ours)


def _shown(triple: Any) -> str:
    return " ".join(f"<{part}>" for part in triple)


def relations(actions: rdflib.Graph, version: str) -> str:
    """The direct edges as properties, in Turtle: one for each action, told after it."""
    told = [RELATIONS.format(version=version)]
    for action in sorted(actions.subjects(SKOS.inScheme, KG.actions), key=str):
        name = str(action).removeprefix(PREFIXES["action"])
        label, example = (quoted(str(actions.value(action, part))) for part in (SKOS.prefLabel, SKOS.example))
        told.append(RELATION.format(name=name, label=label, example=example))
    return "".join(told)


def relation_findings(folder: Path, files: dict[str, rdflib.Graph]) -> Iterator[str]:
    """Each action has its direct edge, described as the action is."""
    about = files["actions.ttl"].value(None, RDF.type, OWL.Ontology)
    version = str(files["actions.ttl"].value(about, OWL.versionInfo))
    if (folder / "relations.ttl").read_text(encoding="utf-8") != relations(files["actions.ttl"], version):
        yield "relations.ttl: it does not follow from actions.ttl: kg check --fix writes it again"
    yield from (f"relations.ttl: {line}" for line in validate(files["relations.ttl"], files["shapes.ttl"]))


def write_relations(folder: Path) -> None:
    """Write ``relations.ttl`` again, after ``actions.ttl``."""
    actions = read_turtle(folder / "actions.ttl")
    version = str(actions.value(actions.value(None, RDF.type, OWL.Ontology), OWL.versionInfo))
    (folder / "relations.ttl").write_text(relations(actions, version), encoding="utf-8", newline="\n")


def scheme_findings(actions: rdflib.Graph, schemes: rdflib.Graph) -> Iterator[str]:
    """Each code has its score, each action its code and type, and no match says otherwise than the action."""
    matches = {
        SKOS.narrowMatch: {(concept, action) for concept, action in schemes.subject_objects(SKOS.narrowMatch)},
        SKOS.closeMatch: {(concept, action) for concept, action in schemes.subject_objects(SKOS.closeMatch)},
        SKOS.exactMatch: {(concept, action) for concept, action in schemes.subject_objects(SKOS.exactMatch)},
    }
    coded = {(URIRef(f"{ROOT}cameo/{code}"), action) for action, code in actions.subject_objects(SKOS.notation)}
    typed = {(URIRef(f"{ROOT}plover/{plover}"), action) for action, plover in actions.subject_objects(KG.ploverType)}
    matched = matches[SKOS.narrowMatch] | matches[SKOS.closeMatch]
    for concept, action in sorted((coded ^ matched) | (typed ^ matches[SKOS.exactMatch])):
        yield f"schemes.ttl: {_shown((concept, action))}: the match and the action in actions.ttl differ"
    for concept, _ in matches[SKOS.closeMatch]:
        if sum(other == concept for other, _ in coded) > 1:
            yield f"schemes.ttl: <{concept}>: several actions share the code, so that each matches it only broadly"
    for code in sorted(schemes.subjects(SKOS.inScheme, URIRef(f"{ROOT}cameo")), key=str):
        score = schemes.value(code, KG.goldstein)
        if not isinstance(score, Literal) or score.datatype != XSD.decimal or not -10 <= float(score) <= 10:
            yield f"schemes.ttl: <{code}>: kg:goldstein is not one decimal number from -10.0 to 10.0"
        if next((up for up in schemes.transitive_objects(code, SKOS.broader) if (up, KG.quad, None) in schemes), None) is None:
            yield f"schemes.ttl: <{code}>: no quad class is given above it"


def context_findings(path: Path, vocabulary: rdflib.Graph) -> Iterator[str]:
    """The context for JSON-LD has every term of ours, and none that does not exist."""
    try:
        context = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: {error}\nIt must be JSON with an @context.") from error
    meant = {name: (meaning if isinstance(meaning, str) else meaning.get("@id", "")) for name, meaning in context.items() if name[0] != "@"}
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    terms = {f"kg:{term.removeprefix(KG)}" for kind in kinds for term in map(str, vocabulary.subjects(RDF.type, kind))}
    yield from (f"context.jsonld: {term} is missing" for term in sorted(terms - set(meant.values())))
    strange = {curie for curie in meant.values() if curie.startswith("kg:")} - terms
    yield from (f"context.jsonld: {term} does not stand in kg.ttl" for term in sorted(strange))
    prefixes = {name for name, iri in meant.items() if iri.endswith(("/", "#"))}
    unknown = {curie for curie in meant.values() if re.match(r"\w+:[^/]", curie) and curie.partition(":")[0] not in prefixes}
    yield from (f"context.jsonld: the prefix of {curie} is not declared" for curie in sorted(unknown))


def address_findings(folder: Path, files: dict[str, rdflib.Graph]) -> Iterator[str]:
    """The catalog knows the file of each ontology and version, and the redirects have a rule for every address."""
    catalog = {entry.get("name", ""): entry.get("uri", "") for entry in ElementTree.parse(folder / "catalog-v001.xml").iter(XML)}
    redirected = _redirects((folder / "w3id" / ".htaccess").read_text(encoding="utf-8"))
    for name, graph in files.items():
        about = graph.value(None, RDF.type, OWL.Ontology)
        for iri in (about, graph.value(about, OWL.versionIRI)):
            if catalog.pop(str(iri), None) != name:
                yield f"catalog-v001.xml: <{iri}> is not {name}"
    yield from (f"catalog-v001.xml: <{iri}> is no ontology of ours" for iri in catalog)
    ours = {str(term) for graph in files.values() for triple in graph for term in triple if str(term).startswith(ROOT)}
    for address in sorted({iri.partition("#")[0] for iri in ours}):
        if not redirected(address.removeprefix(ROOT)):
            yield f"w3id/.htaccess: no rule leads on from <{address}>"


def _redirects(text: str) -> Callable[[str], bool]:
    patterns = [re.compile(pattern) for pattern, _ in RULE.findall(text)]
    return lambda path: any(pattern.search(path) for pattern in patterns)
