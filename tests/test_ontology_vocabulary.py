"""The vocabulary, the actions, the shapes and the questions: every term is whole, and every question can be asked."""

import re
from pathlib import Path

import pytest
from pyoxigraph import QueryTriples, RdfFormat, Store
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery

ONTOLOGY = Path(__file__).parent.parent / "ontology"
QUESTIONS = sorted((ONTOLOGY / "queries").glob("*.rq"))
KG = Namespace("https://w3id.org/actor-kg/ontology#")
ACTION = Namespace("https://w3id.org/actor-kg/action/")
PREFIXES = """
@prefix action: <https://w3id.org/actor-kg/action/> .
@prefix actor: <https://w3id.org/actor-kg/id/actor/> .
@prefix document: <https://w3id.org/actor-kg/id/document/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix event: <https://w3id.org/actor-kg/id/event/> .
@prefix kg: <https://w3id.org/actor-kg/ontology#> .
@prefix membership: <https://w3id.org/actor-kg/id/membership/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix conflict: <https://w3id.org/actor-kg/id/conflict/> .
@prefix side: <https://w3id.org/actor-kg/id/side/> .
@prefix statement: <https://w3id.org/actor-kg/id/statement/> .
@prefix vs: <http://www.w3.org/2003/06/sw-vocab-status/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# Two armies in an invented war: an air strike that one report asserts and one denies, a meeting, and a visit that is only planned.
EXAMPLE = (
    PREFIXES
    + """
actor:norland a kg:Actor ; skos:prefLabel "Norland" ; kg:actorType "state" ; kg:code "NOR" .
actor:norland-mil a kg:Actor ; skos:prefLabel "Norland military" ; kg:actorType "armed-forces" ; kg:partOf actor:norland .
actor:sudland a kg:Actor ; skos:prefLabel "Sudland" ; kg:actorType "state" .
actor:ada a kg:Actor ; skos:prefLabel "Ada Veen" ; kg:actorType "person" ; kg:partOf actor:norland .
actor:norland-president a kg:Actor , org:Post ; skos:prefLabel "President of Norland" ; kg:actorType "office" ;
    kg:partOf actor:norland ; org:postIn actor:norland .
membership:ada a org:Membership ; org:member actor:ada ; org:organization actor:norland ; kg:office actor:norland-president ;
    kg:from "2023-01-01"^^xsd:date .
event:meeting kg:actorOffice actor:norland-president .
document:one a kg:Document , schema:NewsArticle ; schema:headline "Strike in the south" ; schema:datePublished "2024-05-03"^^xsd:date .
document:two a kg:Document , schema:NewsArticle .
event:strike a kg:Event , sem:Event ; kg:actor actor:norland-mil ; kg:target actor:sudland ; kg:action action:drone-attack ;
    kg:date "2024-05-02"^^xsd:date ; kg:edtf "2024-05-02"^^edtf:EDTF ; kg:place "Ost" ; kg:modality kg:asserted ; kg:sources 2 .
event:meeting a kg:Event , sem:Event ; kg:actor actor:norland ; kg:target actor:sudland ; kg:action action:meet ;
    kg:modality kg:asserted ; kg:sources 1 .
event:journey a kg:Event , sem:Event ; kg:actor actor:sudland ; kg:target actor:norland ; kg:action action:visit ;
    kg:modality kg:intended ; kg:sources 1 .
statement:a a kg:Statement , schema:Claim ; kg:event event:strike ; kg:modality kg:asserted ; kg:attributedTo actor:sudland ;
    kg:quote "Twelve drones struck Ost." ; kg:start 0 ; kg:end 25 ; kg:rule "strike" ; kg:quantityText "12 drones" ;
    prov:wasQuotedFrom document:one .
statement:b a kg:Statement , schema:Claim ; kg:event event:strike ; kg:modality kg:negated ; kg:attributedTo actor:norland ;
    kg:quote "Norland said it had struck nothing." ; kg:start 0 ; kg:end 35 ; kg:rule "strike" ; prov:wasQuotedFrom document:two .
statement:c a kg:Statement , schema:Claim ; kg:event event:meeting ; kg:modality kg:asserted ;
    kg:quote "Norland met Sudland." ; kg:start 40 ; kg:end 60 ; kg:rule "meet" ; prov:wasQuotedFrom document:two .
statement:d a kg:Statement , schema:Claim ; kg:event event:journey ; kg:modality kg:intended ;
    kg:quote "Sudland will visit Norland." ; kg:start 61 ; kg:end 88 ; kg:rule "visit" ; prov:wasQuotedFrom document:two .
conflict:strike a kg:Conflict ; kg:event event:strike ; kg:property "modality" ; kg:side side:yes , side:no .
side:yes a kg:Side ; kg:value "asserted" ; kg:statement statement:a .
side:no a kg:Side ; kg:value "negated" , "never" ; kg:statement statement:b .
"""
)
PLAYFUL = """
action:wink a skos:Concept ; skos:inScheme kg:actions ; skos:broader action:consult ; skos:prefLabel "wink at"@en ;
    skos:definition "The actor closes one eye at the target."@en ; skos:scopeNote "With both eyes it is action:visit."@en ;
    skos:example "The minister winked at the speaker."@en ; vs:term_status "testing" ;
    <http://www.w3.org/2000/01/rdf-schema#isDefinedBy> kg:actions .
"""
# The event types that PLOVER's conversion of 2021 gives to codes of CAMEO: the longest beginning counts.
PLOVER = {
    **{"03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "CONCEDE", "09": "ACCUSE"},
    **{"10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION"},
    **{"17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT"},
    **dict.fromkeys(("0813", "0814", "084", "085", "086", "087"), "RETREAT"),
    **dict.fromkeys(("163", "191", "192"), "COERCE"),
    **dict.fromkeys(("1712", "175"), "ASSAULT"),
}
QUADS = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2}
QUADS |= {"REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3}
QUADS |= {"PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}


@pytest.fixture(scope="module")
def vocabulary():
    return Graph().parse(ONTOLOGY / "kg.ttl").parse(ONTOLOGY / "actions.ttl")


@pytest.fixture(scope="module")
def shapes():
    return Graph().parse(ONTOLOGY / "shapes.ttl")


@pytest.fixture(scope="module")
def stores(vocabulary):
    """The example graph, in both engines."""
    graph = (vocabulary + Graph()).parse(data=EXAMPLE, format="turtle")
    store = Store()
    store.load(graph.serialize(format="nt"), format=RdfFormat.N_TRIPLES)
    return graph, store


def complaints(vocabulary, shapes, turtle):
    graph = (vocabulary + Graph()).parse(data=PREFIXES + turtle, format="turtle")
    _, report, _ = validate(graph, shacl_graph=shapes)
    return {str(message) for message in report.objects(None, URIRef("http://www.w3.org/ns/shacl#resultMessage"))}


def actions(vocabulary):
    return sorted(vocabulary.subjects(SKOS.inScheme, KG.actions))


def plover_type(vocabulary, action):
    return next(str(found) for up in vocabulary.transitive_objects(action, SKOS.broader) for found in vocabulary.objects(up, KG.ploverType))


def read_by_rdflib(graph, sparql):
    answer = graph.query(sparql)
    rows = [tuple(None if cell is None else str(cell) for cell in row) for row in answer]
    return sorted(rows) if answer.type == "CONSTRUCT" else rows


def read_by_oxigraph(store, sparql):
    answer = store.query(sparql)
    if isinstance(answer, QueryTriples):
        return sorted((row.subject.value, row.predicate.value, row.object.value) for row in answer)
    return [tuple(None if cell is None else cell.value for cell in row) for row in answer]


def question(name):
    return (ONTOLOGY / "queries" / f"{name}.rq").read_text(encoding="utf-8")


# The vocabulary and the actions


def test_every_term_and_every_action_is_whole(vocabulary, shapes):
    assert complaints(vocabulary, shapes, "") == set()


def test_nothing_in_the_vocabulary_is_nameless(vocabulary):
    assert [triple for triple in vocabulary if any(isinstance(term, BNode) for term in triple)] == []


def test_every_term_of_ours_that_is_used_is_defined(vocabulary, shapes):
    used = {term for triple in vocabulary + shapes for term in triple if isinstance(term, URIRef) and term.startswith(KG)}
    defined = set(vocabulary.subjects()) | set(shapes.subjects(RDF.type, None))

    assert used - defined == set()


def test_no_term_of_the_vocabulary_is_defined_by_anyone_else(vocabulary):
    terms = {
        term
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDFS.Datatype, KG.Modality)
        for term in vocabulary.subjects(RDF.type, kind)
    }

    assert {vocabulary.value(term, RDFS.isDefinedBy) for term in terms} == {URIRef("https://w3id.org/actor-kg/ontology")}


def test_there_are_the_16_types_of_plover_and_at_least_70_finer_actions(vocabulary):
    types = {
        str(vocabulary.value(top, KG.ploverType)): int(vocabulary.value(top, KG.quad))
        for top in vocabulary.objects(KG.actions, SKOS.hasTopConcept)
    }

    assert types == QUADS
    assert len(actions(vocabulary)) >= 16 + 70


def test_the_name_of_a_type_is_its_plover_type(vocabulary):
    tops = vocabulary.subject_objects(KG.ploverType)

    assert [top for top, plover in tops if top != ACTION[plover.lower()]] == []


def test_an_action_stands_at_most_two_levels_below_its_type(vocabulary):
    assert [action for action in actions(vocabulary) if len(list(vocabulary.transitive_objects(action, SKOS.broader))) > 3] == []


def test_an_identifier_is_made_of_lower_case_words(vocabulary):
    names = [action.removeprefix(ACTION) for action in actions(vocabulary)]

    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []


def test_no_action_is_defined_twice():
    defined = re.findall(r"^(action:\S+) a skos:Concept", (ONTOLOGY / "actions.ttl").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(defined) == sorted(set(defined))


@pytest.mark.parametrize("what", [SKOS.prefLabel, SKOS.definition, SKOS.scopeNote, SKOS.example], ids=lambda what: what.rsplit("#")[-1])
def test_no_two_actions_say_the_same(vocabulary, what):
    said = [str(text).lower() for action in actions(vocabulary) for text in vocabulary.objects(action, what)]

    assert sorted(said) == sorted(set(said))


def test_a_scope_note_names_other_actions_that_exist(vocabulary):
    named = {
        (action, ACTION[name])
        for action in actions(vocabulary)
        for name in re.findall(r"action:([a-z-]+)", str(vocabulary.value(action, SKOS.scopeNote)))
    }

    assert {action for action, _ in named} == set(actions(vocabulary))
    assert [(action, other) for action, other in named if action == other or (other, RDF.type, SKOS.Concept) not in vocabulary] == []


def test_a_cameo_code_counts_under_the_type_of_its_action(vocabulary):
    codes = {
        action: str(vocabulary.value(action, SKOS.notation)) for action in actions(vocabulary) if vocabulary.value(action, SKOS.notation)
    }
    types = {action: max((beginning for beginning in PLOVER if code.startswith(beginning)), key=len) for action, code in codes.items()}

    assert [(action, codes[action]) for action, found in types.items() if PLOVER[found] != plover_type(vocabulary, action)] == []


def test_an_action_without_a_cameo_code_says_why(vocabulary):
    silent = [action for action in actions(vocabulary) if not vocabulary.value(action, SKOS.notation)]

    assert [action for action in silent if "CAMEO" not in str(vocabulary.value(action, SKOS.editorialNote))] == []


def test_acts_that_both_sides_do_are_symmetric(vocabulary):
    symmetric = {action.removeprefix(ACTION) for action in vocabulary.subjects(KG.symmetric, Literal(True))}

    assert {"consult", "meet", "call", "negotiate", "cooperate", "clash"} <= symmetric
    assert not {"visit", "host", "mediate", "assault"} & symmetric


# The shapes


def test_a_whole_action_is_accepted(vocabulary, shapes):
    assert complaints(vocabulary, shapes, PLAYFUL) == set()


@pytest.mark.parametrize(
    ("whole", "broken", "advice"),
    [
        ('skos:prefLabel "wink at"@en ;', "", "prefLabel"),
        ('skos:prefLabel "wink at"@en ;', 'skos:prefLabel "wink at" ;', "prefLabel"),
        ('skos:definition "The actor closes one eye at the target."@en ;', "", "skos:definition"),
        ("With both eyes it is action:visit.", "Both eyes do not count.", "most often confused with"),
        ('skos:example "The minister winked at the speaker."@en ;', "", "skos:example"),
        ("skos:inScheme kg:actions ;", "", "inScheme"),
        ("skos:broader action:consult ;", "", "one of the 16 types"),
        ("action:consult", "action:flirt", "must be defined"),
        ("skos:broader action:consult", 'skos:topConceptOf kg:actions ; kg:quad 1 ; kg:ploverType "FLIRT"', "one of the 16 types"),
        ("skos:broader", "skos:topConceptOf kg:actions ; skos:broader", "or else it is a type"),
        ("skos:prefLabel", 'skos:notation "195" ; skos:prefLabel', "one code of CAMEO"),
    ],
)
def test_a_broken_action_is_reported_with_a_remedy(vocabulary, shapes, whole, broken, advice):
    assert PLAYFUL.count(whole) == 1
    assert advice in " ".join(complaints(vocabulary, shapes, PLAYFUL.replace(whole, broken)))


def test_a_whole_graph_is_accepted(vocabulary, shapes):
    assert complaints(vocabulary, shapes, EXAMPLE) == set()


@pytest.mark.parametrize(
    ("whole", "broken", "advice"),
    [
        ("kg:action action:meet ;", "", "exactly one kg:action"),
        ("kg:action action:meet ;", "kg:action action:meet , action:call ;", "exactly one kg:action"),
        ("kg:action action:meet ;", "kg:action action:meat ;", "define it in actions.ttl"),
        ("kg:modality kg:intended ; kg:sources 1", "kg:sources 1", "exactly one kg:modality"),
        ("kg:event event:meeting", "kg:event event:strike", "at least one kg:Statement"),
        ('"2024-05-02"^^xsd:date ;', '"2 May"^^xsd:string ;', "an interval belongs in kg:edtf"),
        ("kg:modality kg:intended ; kg:sources 1", "kg:modality kg:asserted ; kg:sources 1", "only if a statement asserts it"),
        ("kg:actor actor:norland ; kg:target actor:sudland ;", "", "a kg:actor or a kg:target"),
        ("kg:event event:journey ;", "", "exactly one kg:event"),
        ('kg:quote "Norland met Sudland." ;', "", "exactly one kg:quote"),
        ("kg:start 40 ; kg:end 60", "kg:start 60 ; kg:end 40", "before its kg:end"),
        ('kg:rule "visit" ;', "", "exactly one kg:rule"),
        ('kg:rule "visit" ; prov:wasQuotedFrom document:two', 'kg:rule "visit"', "exactly one document"),
        ('skos:prefLabel "Sudland" ;', "", "skos:prefLabel"),
        ('skos:prefLabel "Sudland" ; kg:actorType "state"', 'skos:prefLabel "Sudland" ; kg:actorType "realm"', "kg:actorType"),
        ('kg:property "modality" ;', 'kg:property "mood" ;', "exactly one kg:property"),
        ('kg:event event:strike ; kg:property "modality"', 'kg:property "modality"', "exactly one kg:event"),
        ('kg:event event:strike ; kg:property "modality"', 'kg:event event:journey ; kg:property "modality"', "speak of its event"),
        ("kg:side side:yes , side:no .", "kg:side side:yes .", "at least two sides"),
        ('kg:value "asserted" ;', "", "at least one kg:value"),
        ('kg:value "asserted" ; kg:statement statement:a', 'kg:value "asserted"', "at least one kg:Statement"),
    ],
)
def test_a_broken_graph_is_reported_with_a_remedy(vocabulary, shapes, whole, broken, advice):
    assert EXAMPLE.count(whole) == 1
    assert advice in " ".join(complaints(vocabulary, shapes, EXAMPLE.replace(whole, broken)))


# The questions


def test_there_are_questions():
    assert len(QUESTIONS) >= 40


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_begins_with_its_meaning(path):
    assert re.match(r"# [A-Z].*[.?]\n", path.read_text(encoding="utf-8"))
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", path.stem)


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_orders_its_answer(path):
    assert "\nORDER BY " in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_can_be_asked_of_an_empty_graph(path):
    sparql = path.read_text(encoding="utf-8")

    assert read_by_rdflib(Graph(), prepareQuery(sparql)) == []
    assert read_by_oxigraph(Store(), sparql) == []


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_both_engines_answer_a_question_alike(stores, path):
    graph, store = stores
    answer = read_by_oxigraph(store, path.read_text(encoding="utf-8"))

    assert answer == read_by_rdflib(graph, path.read_text(encoding="utf-8"))


ABOUT_CLAIMS = {"claims-not-facts", "announced-not-done", "sentences-with", "who-says-what", "rules-used"}


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_what_is_only_planned_is_in_no_answer_about_facts(stores, path):
    answer = read_by_oxigraph(stores[1], path.read_text(encoding="utf-8"))

    assert path.stem in ABOUT_CLAIMS or "visit" not in {cell for row in answer for cell in row}


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        (
            "who-did-what-to-whom",
            [
                ("2024-05-02", "Norland military", "attack with drones", "Sudland", "Ost", "2", "Sudland"),
                (None, "Norland", "meet", "Sudland", None, "1", None),
            ],
        ),
        ("who-met-whom", [(None, "Norland", "meet", "Sudland", None, "Norland met Sudland.")]),
        ("attacks", [("2024-05-02", "Norland military", "attack with drones", "Sudland", "Ost", "2", "Sudland")]),
        (
            "claims-not-facts",
            [
                ("denied", "Norland military", "attack with drones", "Sudland", "Norland", "Norland said it had struck nothing."),
                ("planned", "Sudland", "visit", "Norland", None, "Sudland will visit Norland."),
            ],
        ),
        (
            "disputed-events",
            [
                (
                    *("2024-05-02", "Norland military", "attack with drones", "Sudland", "modality"),
                    *("asserted", "Sudland", "Strike in the south", "", "Twelve drones struck Ost."),
                ),
                (
                    *("2024-05-02", "Norland military", "attack with drones", "Sudland", "modality"),
                    *("negated; never", "Norland", "https://w3id.org/actor-kg/id/document/two", "", "Norland said it had struck nothing."),
                ),
            ],
        ),
        ("strongest-dyads", [("Norland", "Sudland", "1", "1", "0"), ("Norland military", "Sudland", "1", "0", "1")]),
        ("cooperation-and-conflict", [("Norland", "Sudland", "1", "0", "0", "0"), ("Norland military", "Sudland", "0", "0", "0", "1")]),
        ("events-by-month", [("2024-05", "ASSAULT", "1")]),
        (
            "actors-most-active",
            [("Norland", "state", "1", "0"), ("Norland military", "armed-forces", "1", "0"), ("Sudland", "state", "0", "2")],
        ),
        (
            "who-is-part-of-whom",
            [
                ("Ada Veen", "person", None, "Norland"),
                ("Norland military", "armed-forces", None, "Norland"),
                ("President of Norland", "office", None, "Norland"),
            ],
        ),
        ("who-sides-with-whom", [("Norland", "Sudland", "1", "1")]),
    ],
)
def test_a_question_gets_its_answer(stores, name, answer):
    assert read_by_oxigraph(stores[1], question(name)) == answer
