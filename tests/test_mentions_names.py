"""Which stretches of a sentence are listed names: the matcher, and what tells that a name is not meant."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions import mentions_of, names_in, phrases_of
from kg.model import Actor, Sentence, Token
from kg.ontology import Name, Ontology, read_ontology
from kg.sentences import parse

ONTOLOGY = read_ontology()
WORDS = st.sampled_from(["a", "b", "ab", "ba", "A", "-", "'s"])


def listing(names: dict[str, Name]) -> Ontology:
    """An ontology with these names only."""
    return replace(ONTOLOGY, names=names)


def named(*names: str, kind: str = "name") -> Ontology:
    """An ontology in which each of these names is an actor of its own."""
    return listing({name: Name(Actor(f"actor:{number}", name, "organisation"), kind) for number, name in enumerate(names)})  # type: ignore[arg-type]


def sentence(*words: str, pos: str = "PROPN") -> Sentence:
    """Words parted by blanks; one that begins with an apostrophe follows the one before it closely."""
    tokens, text = [], ""
    for index, word in enumerate(words):
        text += "" if word[0] in "'’" or not text else " "
        tokens.append(Token(index, word, word, pos, "", "", -1, "root", len(text)))
        text += word
    return Sentence("", 0, 0, text, tuple(tokens))


def found(words: Sentence, ontology: Ontology) -> list[tuple[str, str]]:
    """Each stretch found, with the name that it was found as."""
    return [(one.text, one.name.actor.label) for start, one in sorted(names_in(words, ontology).items()) if one.start == start]


def longest(words: Sentence, ontology: Ontology) -> list[str]:
    """The names of a sentence, by trying at each word every stretch that begins there, the longest first."""
    stretches, start = [], 0
    while start < len(words.tokens):
        begin = words.tokens[start].start
        ends = [end for end in range(len(words.tokens), start, -1) if words.text[begin : words.tokens[end - 1].end] in ontology.names]
        stretches += [words.text[begin : words.tokens[end - 1].end] for end in ends[:1]]
        start = ends[0] if ends else start + 1
    return stretches


@given(st.lists(WORDS, min_size=1, max_size=12), st.sets(st.lists(WORDS, min_size=1, max_size=4).map(lambda words: sentence(*words).text)))
def test_names_are_those_that_trying_every_stretch_finds(words, names):
    said = sentence(*words, pos="NOUN")
    ontology = named(*sorted(names))

    assert [text for text, _ in found(said, ontology)] == longest(said, ontology)


@pytest.mark.parametrize(
    ("words", "names", "stretches"),
    [
        (["New", "York", "Times"], ["New York", "York", "New York Times"], ["New York Times"]),
        (["New", "York", "Times"], ["New York", "York Times"], ["New York"]),
        (["Newark"], ["New"], []),
        (["us", "US"], ["US"], ["US"]),
        (["New", "’s"], ["New's"], ["New’s"]),
        (["New", "York"], [], []),
    ],
)
def test_the_longest_name_that_begins_at_a_word_and_ends_with_one_is_found(words, names, stretches):
    assert [text for text, _ in found(sentence(*words), named(*names))] == stretches


@pytest.mark.parametrize(
    ("text", "name"),
    [("Nauseda", "Nausėda"), ("Nausėda", "Nauseda"), ("Walesa", "Wałęsa"), ("Kalın", "Kalin"), ("Cote d’Or", "Côte d'Or")],
)
def test_a_name_is_found_with_and_without_its_accents(text, name):
    assert found(sentence(*text.split()), named(name)) == [(text, name)]


def test_the_spelling_of_the_text_goes_before_the_same_without_accents():
    ontology = named("Réunion", "Reunion")

    assert found(sentence("Réunion", "Reunion"), ontology) == [("Réunion", "Réunion"), ("Reunion", "Reunion")]


@pytest.mark.parametrize(("text", "kind", "pos"), [("Male", "metonym", "PROPN"), ("Male", "place", "PROPN"), ("Male", "name", "ADJ")])
def test_a_word_without_accents_may_be_another_word(text, kind, pos):
    assert found(sentence(text, pos=pos), named("Malé", kind=kind)) == []


def test_a_spelling_that_two_share_without_accents_is_nobody():
    assert found(sentence("Öz"), named("Oz", "Óz")) == []


def test_a_headline_in_capitals_names_states_but_no_short_words():
    states = {"Kenya": Name(Actor("actor:kenya", "Kenya", "state"), "name"), "Oma": Name(Actor("actor:oma", "Oma", "state"), "name")}

    assert found(sentence("KENYA", "OMA"), listing(states)) == [("KENYA", "Kenya")]
    assert found(sentence("KENYA", "voted"), listing(states)) == []


def names_of(text: str) -> list[tuple[str, str]]:
    """The listed names of a text and the actors they stand for."""
    return [(mention.text, mention.actor.label) for one in parse(text) for mention in mentions_of(one, ONTOLOGY)]


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan bought the team.",
        "Jordan Pickford saved the penalty.",
        "The Jordan River dried up.",
        "Villages along the River Jordan were flooded.",
        "Chad Johnson resigned.",
        "Lake Chad is shrinking.",
        "The Niger River flooded villages.",
        "Boats sank on the Congo River.",
        "The South China Sea dispute grew.",
        "Oil drifted through the Gulf of Mexico.",
        "Paris Hilton left.",
        "Denzel Washington won.",
        "Kenya Moore left.",
        "Holland Taylor spoke.",
        "Israel Adesanya won.",
        "Kashmir Hill reported the story.",
        "Captain America was shown.",
        "New Guinea was hit.",
        "They ate turkey on Thursday.",
        "Fine china was sold.",
        "Xi Mingze spoke.",
        "Donald Trump Jr. spoke.",
        "Male nurses left.",
        "Germán Ocampo left.",
        "Labour Minister Işıl Karadeniz spoke.",
    ],
)
def test_a_name_within_another_is_not_meant(text):
    assert names_of(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jordan condemned the attack.", [("Jordan", "Jordan")]),
        ("King Abdullah of Jordan left.", [("Jordan", "Jordan")]),
        ("Georgia condemned the attack.", [("Georgia", "Georgia")]),
        ("Chad and Sudan signed a pact.", [("Chad", "Chad"), ("Sudan", "Sudan")]),
        ("Turkey shelled the town.", [("Turkey", "Turkey")]),
        ("Niger expelled the ambassador.", [("Niger", "Niger")]),
        ("Mali's junta arrested officers.", [("Mali", "Mali")]),
        ("Militants in the Niger Delta attacked pipelines.", [("Niger Delta", "Nigeria")]),
        ("The State of Israel voted.", [("State of Israel", "Israel")]),
        ("Coast Province in Kenya was flooded.", [("Kenya", "Kenya")]),
        ("Foreign Minister Israel Katz left.", [("Israel Katz", "Israel Katz")]),
        ("The Washington Post reported the strike.", [("The Washington Post", "Washington Post")]),
        ("Xi Jinping left.", [("Xi Jinping", "Xi Jinping")]),
        ("New England was flooded.", [("New England", "United States")]),
        ("Atlanta, Georgia, was quiet.", [("Atlanta, Georgia", "United States")]),
    ],
)
def test_a_name_that_other_names_have_too_is_still_meant_by_itself(text, names):
    assert names_of(text) == names


@pytest.mark.parametrize(
    ("text", "land"),
    [
        ("A fire broke out in Lebanon, Pennsylvania.", "United States"),
        ("Moscow, Idaho, mourned the students.", "United States"),
        ("St. Petersburg, Florida, was hit.", "United States"),
        ("Paris, Texas, was hit.", "United States"),
        ("Rebels left Tripoli, Lebanon.", "Lebanon"),
    ],
)
def test_a_place_lies_in_the_land_named_behind_it(text, land):
    assert {actor for _, actor in names_of(text)} == {land}


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("The Jordan River dried up.", "Jordan River", "place"),
        ("China Airlines cancelled flights.", "China Airlines", "company"),
        ("Kenya Airways cancelled flights.", "Kenya Airways", "company"),
        ("Georgia Tech expelled the students.", "Georgia Tech", "organisation"),
        ("Kenya Moore left.", "Kenya Moore", "person"),
    ],
)
def test_whoever_bears_the_name_of_a_state_is_called_by_the_whole_name(text, label, kind):
    [one] = parse(text)
    head = next(token.index for token in one.tokens if token.dep.startswith("nsubj"))
    [mention] = phrases_of(one, ONTOLOGY).actors(head)

    assert (mention.actor.label, mention.actor.type) == (label, kind)
