"""Who is named in a sentence, and whom a phrase stands for."""

import pytest

from kg.build import extract
from kg.mentions import body_of, mentions_of, phrases_of, slug
from kg.model import Actor, Mention
from kg.ontology import Role, read_ontology
from kg.sentences import parse

ONTOLOGY = read_ontology()


def named(text: str) -> list[tuple[str, str]]:
    """The listed names of a text, in order."""
    return [(mention.text, mention.actor.id) for sentence in parse(text) for mention in mentions_of(sentence, ONTOLOGY)]


def subjects(text: str) -> list[Mention]:
    """Whom the subject of a sentence stands for."""
    [sentence] = parse(text)
    head = next(token.index for token in sentence.tokens if token.dep.startswith("nsubj"))
    return phrases_of(sentence, ONTOLOGY).actors(head)


def subject(text: str) -> Actor:
    """The one actor that the subject of a sentence stands for."""
    [mention] = subjects(text)
    return mention.actor


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The US helped us.", [("US", "actor:united-states")]),
        ("They helped us.", []),
        ("South Sudan warned Sudan.", [("South Sudan", "actor:south-sudan"), ("Sudan", "actor:sudan")]),
        ("The UN Security Council met.", [("UN Security Council", "actor:un-security-council")]),
        ("The Democratic Republic of Congo won.", [("Democratic Republic of Congo", "actor:democratic-republic-of-the-congo")]),
        ("Israel’s army left.", [("Israel’s army", "actor:israel-mil")]),
        ("Tehran vowed revenge.", [("Tehran", "actor:iran")]),
        ("Iranians voted.", [("Iranians", "actor:iran")]),
        ("Iran-backed militias left.", [("Iran", "actor:iran")]),
        ("The Iran-backed Hezbollah militia fired.", [("Iran", "actor:iran"), ("Hezbollah", "actor:hezbollah")]),
        ("Lebanon's Hezbollah fired.", [("Lebanon's Hezbollah", "actor:hezbollah")]),
        ("Iranology is taught.", []),
        ("The polish was good.", []),
    ],
)
def test_a_name_is_found_whole_longest_first_and_in_its_case(text, names):
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "id", "code", "part_of"),
    [
        ("Israeli troops left.", "actor:israel-mil", "ISRMIL", "actor:israel"),
        ("The Israeli military left.", "actor:israel-mil", "ISRMIL", "actor:israel"),
        ("Israel's army left.", "actor:israel-mil", "ISRMIL", "actor:israel"),
        ("Chinese officials left.", "actor:china-gov", "CHNGOV", "actor:china"),
        ("Kenyan police left.", "actor:kenya-pol", "KENCOP", "actor:kenya"),
        ("The Biden administration left.", "actor:united-states-gov", "USAGOV", "actor:united-states"),
    ],
)
def test_a_nationality_with_a_role_is_a_body_of_that_state(text, id, code, part_of):
    actor = subject(text)

    assert (actor.id, actor.code, actor.part_of, actor.listed) == (id, code, part_of, True)


@pytest.mark.parametrize(
    ("text", "id", "code"),
    [
        ("Police left.", "actor:police", "---COP"),
        ("Gunmen left.", "actor:gunmen", "---UAF"),
        ("Iran-backed militias left.", "actor:iran-backed-militias", "---REB"),
    ],
)
def test_a_role_without_a_nationality_is_nobody_listed(text, id, code):
    actor = subject(text)

    assert (actor.id, actor.code, actor.part_of, actor.listed) == (id, code, "", False)


def test_backing_is_not_belonging():
    assert [mention.actor.label for mention in subjects("Iran-backed militias attacked Iraq.")] == ["Iran-backed militias"]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("US President Joe Biden left.", "actor:joe-biden"),
        ("French President Emmanuel Macron left.", "actor:emmanuel-macron"),
        ("Russian Foreign Minister Sergei Lavrov left.", "actor:sergei-lavrov"),
        ("Kenya's president, William Ruto, left.", "actor:william-ruto"),
        ("Saudi Arabia's crown prince Mohammed bin Salman left.", "actor:mohammed-bin-salman"),
    ],
)
def test_a_title_and_a_nationality_belong_to_the_name_beside_them(text, id):
    assert subject(text).id == id


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Turkey and Qatar left.", ["actor:turkey", "actor:qatar"]),
        ("Turkey, Qatar and the EU left.", ["actor:turkey", "actor:qatar", "actor:european-union"]),
        ("American and British targets were hit.", ["actor:united-states", "actor:united-kingdom"]),
        ("Turkey and Ankara left.", ["actor:turkey"]),
    ],
)
def test_all_who_are_coordinated_are_meant_each_once(text, ids):
    assert [mention.actor.id for mention in subjects(text)] == ids


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Hezbollah positions were hit.", "actor:hezbollah"),
        ("Iran's embassy was hit.", "actor:iran"),
        ("The embassy of Iran was hit.", "actor:iran"),
        ("Bases in Iraq were hit.", "actor:iraq"),
        ("Iranian targets were hit.", "actor:iran"),
    ],
)
def test_a_thing_stands_for_its_owner(text, id):
    assert subject(text).id == id


@pytest.mark.parametrize("text", ["The weather was fine.", "Bridges were hit.", "It was hit."])
def test_what_belongs_to_nobody_named_is_no_actor(text):
    assert subjects(text) == []


def test_a_name_that_no_table_knows_is_kept_as_it_stands():
    [mention] = subjects("Zanu Bele Front attacked Kenya.")

    front = Actor("actor:zanu-bele-front", "Zanu Bele Front", "armed-group", "---REB", listed=False)
    assert mention == Mention(0, 3, "Zanu Bele Front", front)


@pytest.mark.parametrize(
    ("text", "label", "kind", "code"),
    [
        ("The 12th Desert Brigade attacked Kenya.", "12th Desert Brigade", "armed-forces", "---MIL"),
        ("Orlan Shipping Ltd sued Kenya.", "Orlan Shipping Ltd", "company", "---BUS"),
        ("Jonas Adeyemi accused Kenya of lying.", "Jonas Adeyemi", "person", ""),
        ("General Ivo Kranj accused Kenya of lying.", "Ivo Kranj", "person", "---MIL"),
        ("General David Steel accused Kenya of lying.", "David Steel", "person", "---MIL"),
        ("The rebel group Azra Tin attacked Kenya.", "Azra Tin", "armed-group", "---REB"),
    ],
)
def test_a_name_that_no_table_knows_has_the_type_that_its_words_its_title_or_the_parser_tell(text, label, kind, code):
    [mention] = subjects(text)

    assert (mention.actor.label, mention.actor.type, mention.actor.code) == (label, kind, code)


def test_a_place_tells_its_land_and_its_name():
    [mention] = subjects("Kharkiv was hit.")

    assert (mention.actor.id, mention.place) == ("actor:ukraine", "Kharkiv")


def test_a_body_of_anybody_but_a_state_is_that_actor_itself():
    troops = Role("mil", "armed-forces", "MIL", "armed forces")

    assert body_of(ONTOLOGY.actors["actor:united-nations"], troops, ONTOLOGY).id == "actor:united-nations"
    assert body_of(ONTOLOGY.actors["actor:kenya"], troops, ONTOLOGY) == Actor(
        "actor:kenya-mil", "Kenyan armed forces", "armed-forces", "KENMIL", part_of="actor:kenya"
    )


@pytest.mark.parametrize(
    ("label", "made"), [("Ansar Allah", "ansar-allah"), ("Côte d’Ivoire's  Army", "côte-divoires-army"), ("M23", "m23")]
)
def test_an_identifier_is_made_of_the_words_of_a_label(label, made):
    assert slug(label) == made


@pytest.mark.parametrize(
    ("text", "label", "code"),
    [
        ("U.S. Secretary of State Baro Tindi met Emmanuel Macron.", "Baro Tindi", "USAGOV"),
        ("German Foreign Minister Baro Tindi met Emmanuel Macron.", "Baro Tindi", "DEUGOV"),
        ("President Baro Tindi met Emmanuel Macron.", "Baro Tindi", "---GOV"),
    ],
)
def test_a_title_tells_whose_officer_an_unknown_person_is(text, label, code):
    (met,) = extract(text)

    assert met.actor is not None
    assert (met.actor.label, met.actor.code, met.actor.type) == (label, code, "person")


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("The Iran-backed Hezbollah militia left.", "actor:hezbollah"),
        ("The pro-Iranian militias left.", "actor:pro-iranian-militias"),
        ("The militias backed by Iran left.", "actor:militias"),
    ],
)
def test_backing_is_not_belonging_however_it_is_put(text, id):
    assert subject(text).id == id


def test_aides_are_not_the_person_they_serve():
    [statement] = extract("Lena Dubrovic spoke. Hamas killed her bodyguards.")

    assert statement.target is not None
    assert (statement.target.label, statement.target.type) == ("bodyguards of Lena Dubrovic", "government")
