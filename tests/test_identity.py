"""One happening, many reports: what joins statements to one event, what keeps them apart, and how each merge is told."""

from dataclasses import replace
from itertools import permutations

import pytest
from click.testing import CliRunner
from conftest import make_statement as said
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.build import build, open_graph
from kg.check import weight_findings
from kg.cli import main
from kg.events import assemble, assemble_block, block_of, blocks_of
from kg.explain import why
from kg.model import Actor, DataError, Decision, Modality, Quantity
from kg.ontology import identity_of, read_ontology
from kg.ontology.identity import read_decisions, read_identity

ONTOLOGY = read_ontology()
WEIGHTS = ONTOLOGY.folder / "mappings" / "weights.csv"


def known(name: str) -> Actor:
    return ONTOLOGY.actors[f"actor:{name}"]


def missiles(number: float, qualifier: str = "") -> tuple[Quantity, ...]:
    return (Quantity(number, qualifier, "missiles"),)


def sizes(*statements) -> list[int]:
    """How many statements each event has, the largest first."""
    return sorted((len(event.statements) for event in assemble(statements, ONTOLOGY)), reverse=True)


def decided(*rows: tuple[str, str, str]):
    """Our ontology with decisions of a user."""
    decisions = [Decision(kind, one, other, "seen on film", f"mine/merges.csv:{line}") for line, (kind, one, other) in enumerate(rows, 2)]
    return replace(ONTOLOGY, identity=identity_of(ONTOLOGY.identity.weights.values(), decisions))


@pytest.mark.parametrize("row", ONTOLOGY.identity.weights.values(), ids=lambda row: f"{row.feature} {row.value}")
def test_a_weight_reads_its_own_example(row):
    assert list(weight_findings(row, ONTOLOGY)) == []


def test_three_counts_of_one_barrage_are_one_event():
    one, two, three = said(quantities=missiles(180)), said(document="002", quantities=missiles(200, "about")), None
    three = said(document="003", quantities=missiles(400))

    [event] = assemble([one, two, three], ONTOLOGY)

    assert [quantity.value for quantity in event.quantities] == [180, 200, 400]


def test_many_times_as_many_is_another_event():
    assert sizes(said(quantities=missiles(12)), said("actor:irgc", document="002", quantities=missiles(400))) == [1, 1]


def test_a_unit_acts_for_its_state_and_the_most_exact_act_and_place_stand():
    state = said("actor:israel", "action:assault", "actor:syria")
    unit = said(known("israeli-air-force"), "action:airstrike", "actor:syria", document="002", place="Damascus")

    [event] = assemble([state, unit], ONTOLOGY)

    assert (event.action, event.place) == ("action:airstrike", "Damascus")
    assert [merge.statement for merge in event.merges] == [state.id]


@pytest.mark.parametrize("side", ["actor", "target"])
@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (["israel", "israeli-air-force"], "israel"),
        (["israel", "israel", "israeli-air-force"], "israel"),
        (["israel", "israeli-air-force", "israeli-air-force"], "israeli-air-force"),
        (["israel", "israel-mil", "israeli-air-force"], "israel-mil"),
        (["israeli-air-force", None, None], "israeli-air-force"),
        (["benjamin-netanyahu", "israeli-air-force", "israel"], "israel"),
    ],
)
def test_who_it_is_more_than_half_of_the_articles_have_to_agree_on(side, named, expected):
    sides = [{"actor": "actor:syria", "target": "actor:syria", side: known(name) if name else None} for name in named]
    told = [said(**both, place="Damascus", document=str(number)) for number, both in enumerate(sides)]

    [event] = assemble(told, decided(*(("same", told[0].id, one.id) for one in told[1:])))

    assert getattr(event, side).id == f"actor:{expected}"


def test_one_article_that_says_it_often_counts_once():
    often = [said(known("israeli-air-force"), target="actor:syria", document="001", start=start) for start in (0, 90, 180)]

    [event] = assemble([*often, said("actor:israel", target="actor:syria", document="002")], ONTOLOGY)

    assert event.actor.id == "actor:israel"


def test_who_only_backs_a_state_does_not_act_for_it():
    assert sizes(said("actor:iran"), said(known("hezbollah"), document="002")) == [1, 1]


def test_a_state_is_not_one_of_two_units():
    units = [said(known(name), "action:assault", "actor:syria", document=name) for name in ("israeli-air-force", "benjamin-netanyahu")]

    assert sizes(*units, said("actor:israel", "action:assault", "actor:syria", document="003")) == [1, 1, 1]


def test_a_plan_is_no_more_exact_than_the_fact():
    fact = said("actor:israel", "action:assault", "actor:syria")
    plan = said(known("israeli-air-force"), "action:airstrike", "actor:syria", modality="intended", document="002")

    [event] = assemble([fact, plan], ONTOLOGY)

    assert (event.actor.id, event.action, event.modality) == ("actor:israel", "action:assault", Modality.ASSERTED)


@pytest.mark.parametrize(("others", "expected"), [([], [2]), ([said(date="2024-10-03", document="003")], [1, 1, 1])])
def test_a_vague_date_joins_where_one_event_fits_and_only_there(others, expected):
    week = said(date="2024-09-29/2024-10-05", document="002")

    assert sizes(said(date="2024-10-01"), week, *others) == expected


def test_two_strikes_in_a_week_are_two_events():
    assert sizes(said(date="2024-10-01"), said(date="2024-10-03", document="002")) == [1, 1]


def test_without_a_date_the_article_decides():
    dated, elsewhere = said(document="001"), said(document="002")
    undated = said(date="", document="001", start=90)

    assert sizes(dated, undated) == [2]
    assert sizes(elsewhere, undated) == [1, 1]
    assert sizes(dated, undated, said(date="2024-04-13", document="001", start=180)) == [1, 1, 1]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Odesa", "Kharkiv", [1, 1]),
        ("Odesa", "Odesa", [2]),
        ("Odesa", "Ukraine", [2]),
        ("Odesa", "", [2]),
        ("Kyiv", "Kiev", [2]),
        ("Odesa", "Syria", [1, 1]),
    ],
)
def test_places_that_exclude_each_other_are_two_events(one, other, expected):
    assert sizes(said(place=one), said(place=other, document="002")) == expected


def test_a_denial_belongs_to_what_it_denies():
    [event] = assemble([said(), said(known("irgc"), modality="negated", document="002", attribution=("actor:iran",))], ONTOLOGY)

    assert event.modality is Modality.ASSERTED
    assert [speaker.id for speaker in event.denied_by] == ["actor:iran"]


def test_a_fear_of_no_known_day_is_not_what_happened():
    assert sizes(said(), said(date="", start=90, modality="hypothetical")) == [1, 1]


def test_an_attacker_who_is_not_named_is_the_one_who_is():
    assert sizes(said(None, "action:assault"), said(document="002")) == [2]
    assert sizes(said(None, "action:assault"), said(document="002"), said(known("hezbollah"), document="003")) == [1, 1, 1]


def test_two_articles_may_name_two_attackers_of_one_place():
    here, there = said("actor:iran", place="Haifa"), said(known("hezbollah"), document="002", place="Haifa")

    assert sizes(here, there) == [2]
    assert sizes(here, replace(there, place="")) == [1, 1]
    assert sizes(here, said(known("hezbollah"), start=90, place="Haifa")) == [1, 1]


def test_an_act_on_nobody_is_told_twice():
    left = [
        said("actor:kenya", "action:halt-negotiations", None, date="", place=place, start=start)
        for place, start in (("Jeddah", 0), ("", 90))
    ]

    assert sizes(*left) == [2]


def test_what_two_people_say_is_two_events():
    condemned = [said(name, "action:condemn", place="Paris", document=name) for name in ("actor:kenya", "actor:iran")]

    assert sizes(*condemned) == [1, 1]


def test_a_crowd_without_a_name_is_another_in_another_article():
    people = Actor("actor:people", "people", "population", "---CIV", listed=False)

    assert sizes(said(None, target=people), said(None, target=people, document="002", quote="People were attacked.")) == [1, 1]
    assert sizes(said(None, target=people, place="Haifa"), said(None, target=people, place="Haifa", document="002")) == [2]


def test_what_one_sentence_tells_as_two_acts_is_two():
    assert sizes(said("actor:iran"), said(known("irgc"), "action:assault")) == [1, 1]


def test_a_decision_joins_what_no_score_would():
    one, other = said(), said("actor:kenya", "action:condemn", "actor:iran", date="2024-10-05", document="002")

    [event] = assemble([one, other], decided(("same", one.id, other.id)))

    assert event.id in {alone.id for alone in assemble([one, other], ONTOLOGY)}
    assert [merge.decision and merge.decision.where for merge in event.merges] == ["mine/merges.csv:2"]
    assert any(line.endswith("by mine/merges.csv:2: seen on film") for line in why(event, ONTOLOGY))


def test_a_decision_parts_even_the_same_words():
    one, other = said(), said(document="002")
    ontology = decided(("apart", one.id, other.id))

    events = assemble([one, other], ontology)

    assert len({event.id for event in events}) == 2
    assert f"        kept apart from {other.id} by mine/merges.csv:2: seen on film" in [x for event in events for x in why(event, ontology)]


def test_decisions_that_contradict_each_other_are_told():
    with pytest.raises(DataError, match=r"mine/merges\.csv:4: statement:a and statement:c are apart here"):
        decided(("same", "statement:a", "statement:b"), ("same", "statement:b", "statement:c"), ("apart", "statement:a", "statement:c"))


@pytest.mark.parametrize(
    ("row", "advice"),
    [
        ("join,statement:a,statement:b,", r"merges\.csv:2: unknown kind 'join'"),
        ("same,statement:a,,", r"nothing in the column other"),
    ],
)
def test_a_bad_decision_is_told_with_its_line(tmp_path, row, advice):
    (tmp_path / "merges.csv").write_text(f"kind,one,other,reason\n{row}\n", encoding="utf-8")

    with pytest.raises(DataError, match=advice):
        list(read_decisions(tmp_path / "merges.csv"))


@pytest.mark.parametrize(
    ("before", "after", "advice"),
    [
        ("actor,part,2", "actor,part,two", r"weights\.csv:\d+: the weight 'two' is no number"),
        ("actor,part,2", "actor,part,nan", "the weight 'nan' is no number"),
        ("actor,part,2", "actor,part,1e999", "the weight '1e999' is no number"),
        ("actor,part,2", "actor,parts,2", "unknown value 'parts'"),
        ("limit,score,8", "limit,score,never", "the weight 'never' is no number"),
        ("actor,part,2,actor:israeli-air-force,actor:israel\n", "", "no row for actor part"),
    ],
)
def test_a_bad_weight_is_told_with_its_line(tmp_path, before, after, advice):
    text = WEIGHTS.read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "weights.csv").write_text(text.replace(before, after), encoding="utf-8")

    with pytest.raises(DataError, match=advice):
        read_identity([tmp_path / "weights.csv"], [])


BUNDLE = (
    said(quantities=missiles(180)),
    said(known("irgc"), document="002", quantities=missiles(200, "about")),
    said(date="2024-09-29/2024-10-05", document="003"),
    said(None, "action:assault", document="004"),
    said(document="005", place="Haifa"),
    said(date="", start=90, modality="negated"),
    said(date="2024-10-03", document="006"),
    said("actor:kenya", "action:meet", "actor:iran"),
    said("actor:iran", "action:meet", "actor:kenya", document="002", start=90),
)


@settings(max_examples=60, deadline=None)
@given(st.permutations(BUNDLE))
def test_the_order_of_the_statements_changes_nothing(statements):
    assert assemble(statements, ONTOLOGY) == assemble(BUNDLE, ONTOLOGY)


def test_each_block_is_assembled_by_itself():
    blocks = blocks_of(BUNDLE, ONTOLOGY)
    alone = [event for block in blocks.values() for event in assemble_block(block, ONTOLOGY)]

    assert {name: {block_of(one, ONTOLOGY) for one in block} for name, block in blocks.items()} == {name: {name} for name in blocks}
    assert sorted(alone, key=lambda event: event.id) == assemble(BUNDLE, ONTOLOGY)


def test_every_statement_is_in_one_event_and_every_event_has_its_own_name():
    for some in permutations(BUNDLE[:6], 4):
        events = assemble(some, ONTOLOGY)

        assert sorted(one.id for event in events for one in event.statements) == sorted(one.id for one in some)
        assert len({event.id for event in events}) == len(events)


def test_a_merge_is_told_with_its_weights():
    event = next(event for event in assemble(BUNDLE[:2], ONTOLOGY) if event.merges)

    told = list(why(event, ONTOLOGY))

    assert told[1] == "    1 source in 2 articles"
    assert (
        f"        {BUNDLE[0].id}: beside {BUNDLE[1].id}: action same +3, date same +3, target same +3, actor part +2, "
        "place unknown +0, quantity fits +0.5, modality same +0; together 11.5, at least 8" in told
    )


def test_a_decision_outlives_the_rebuild_and_is_known_to_the_graph_on_disk(tmp_path):
    article, mine = tmp_path / "a.txt", tmp_path / "mine"
    article.write_text(
        "date: 2024-05-02\n\nIran attacked Israel on Monday.\nThe Guards rested.\nIran attacked Israel on Tuesday.\n", "utf-8"
    )
    ids = [one.id for one in build(article).statements]
    mine.mkdir()
    (mine / "merges.csv").write_text(f"kind,one,other,reason\nsame,{','.join(ids)},one night\n", encoding="utf-8")
    for _ in range(2):
        build(article, ontology=mine).save(tmp_path / "out", with_text=False)

    graph = open_graph(tmp_path / "out")
    told = CliRunner().invoke(main, ["explain", graph.events[0].id, "--out", str(tmp_path / "out")])

    assert [sorted(one.id for one in event.statements) for event in graph.events] == [sorted(ids)]
    assert "by mine/merges.csv:2: one night" in told.output
    assert CliRunner().invoke(main, ["explain", "event:none", "--out", str(tmp_path / "out")]).exit_code == 1


def test_signatures_are_kept_without_the_texts(built, corpus, tmp_path):
    corpus.save(tmp_path / "out", with_text=False)

    kept = open_graph(tmp_path / "out")

    assert [document.text for document in kept.documents if document.text] == []
    assert [document.signature for document in kept.documents] == [document.signature for document in corpus.documents]
    assert kept.events == open_graph(built).events
