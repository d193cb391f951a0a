"""Whom a noun phrase stands for: one sentence for each construction and each kind of mistake that has been made."""

import pytest

from kg.mentions import phrases_of
from kg.model import Mention
from kg.ontology import read_ontology
from kg.sentences import parse

ONTOLOGY = read_ontology()


def meant(text: str, relation: str) -> list[Mention]:
    """Whom the subject or object of a sentence stands for."""
    [sentence] = parse(text)
    head = next(token.index for token in sentence.tokens if token.dep.startswith(relation))
    return phrases_of(sentence, ONTOLOGY).actors(head)


def subject(text: str) -> tuple[str, str]:
    """Label and code of the one actor that the subject stands for."""
    [mention] = meant(text, "nsubj")
    return mention.actor.label, mention.actor.code


def target(text: str) -> tuple[str, str]:
    """Label and code of the one actor that the object stands for."""
    [mention] = meant(text, "obj")
    return mention.actor.label, mention.actor.code


@pytest.mark.parametrize(
    ("text", "label", "code"),
    [
        ("Rebels abducted three engineers.", "engineers", "---LAB"),
        ("Police arrested 14 men.", "men", "---CVL"),
        ("Police arrested a truck driver.", "truck driver", "---LAB"),
        ("Police arrested a suspect.", "suspect", "---CVL"),
        ("Police beat the strikers.", "strikers", "---LAB"),
        ("Police arrested a human rights lawyer.", "human rights lawyer", "---HRI"),
        ("The court banned two opposition parties.", "opposition parties", "---OPP"),
        ("Rebels released a nun.", "nun", "---REL"),
        ("They closed the newspaper.", "newspaper", "---MED"),
        ("Hackers attacked a bank.", "bank", "---BUS"),
        ("Police met the families of the hostages.", "families", "---CVL"),
        ("They insulted the head of state.", "head of state", "---GOV"),
    ],
)
def test_described_people_and_groups_are_called_by_their_own_words(text, label, code):
    assert target(text) == (label, code)


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("Armed men attacked the town.", "armed men", "armed-group"),
        ("Fighter jets bombed the town.", "Fighter jets", "armed-forces"),
        ("A suicide bomber attacked the town.", "suicide bomber", "armed-group"),
        ("Bank employees left the town.", "bank employees", "organisation"),
    ],
)
def test_the_words_before_a_noun_tell_what_kind_of_people_they_are(text, label, kind):
    [mention] = meant(text, "nsubj")

    assert (mention.actor.label.lower(), mention.actor.type) == (label.lower(), kind)


@pytest.mark.parametrize("text", ["They demanded freedom of movement.", "They demanded weapons.", "They opposed the country."])
def test_what_names_nobody_is_no_actor(text):
    assert meant(text, "obj") == []


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("Troops of the 7th Coastal Brigade attacked Kenya.", "7th Coastal Brigade", "armed-forces"),
        ("Mercenaries of the Orlan Group attacked Kenya.", "Orlan Group", "armed-group"),
        ("Fighters from the Bashiri movement attacked Kenya.", "Bashiri movement", "armed-group"),
        ("Members of the Zorani Front attacked Kenya.", "Zorani Front", "armed-group"),
        ("The leader of the Zorani Front attacked Kenya.", "Zorani Front", "armed-group"),
        ("A spokesman for the Zorani Front attacked Kenya.", "Zorani Front", "armed-group"),
        ("The head of the Zorani Front attacked Kenya.", "Zorani Front", "armed-group"),
        ("Supporters of former president Kaspar Bonter attacked Kenya.", "supporters of Kaspar Bonter", "population"),
        ("Critics of Macron attacked Kenya.", "critics of Emmanuel Macron", "organisation"),
        ("The prosecutor's office closed.", "prosecutor", "government"),
        ("Residents of Kafra attacked Kenya.", "residents of Kafra", "population"),
        ("Members of parliament attacked Kenya.", "members of parliament", "government"),
        ("A Boston policeman attacked Kenya.", "Boston policeman", "government"),
        ("A Nigerian group attacked Kenya.", "Nigerian group", "organisation"),
        ("Armed police attacked Kenya.", "armed police", "government"),
    ],
)
def test_members_and_leaders_stand_for_their_group_and_supporters_for_a_side(text, label, kind):
    [mention] = meant(text, "nsubj")

    assert (mention.actor.label, mention.actor.type) == (label, kind)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Gen. Pervan Kotlic left.", "Pervan Kotlic"),
        ("Mr. Tarek Boulos left.", "Tarek Boulos"),
        ("Prime Minister Kaspar Ohm left.", "Kaspar Ohm"),
        ("Secretary-General Boutros Boutros-Ghali left.", "Boutros Boutros-Ghali"),
        ("Lt. Col. Samir Dagher left.", "Samir Dagher"),
        ("U.N. peacekeeping chief Jean-Pierre Delorme left.", "Jean-Pierre Delorme"),
        ("Tariq Biden left.", "Tariq Biden"),
        ("Vladmir Putin left.", "Vladimir Putin"),
        ("Mr. Putin left.", "Vladimir Putin"),
        ("The acting head of state Nol Vathana left.", "Nol Vathana"),
        ("The diamond merchant Nirad Mohan left.", "Nirad Mohan"),
    ],
)
def test_a_title_is_no_part_of_a_name_and_a_surname_within_another_name_is_nobody_listed(text, label):
    assert subject(text)[0] == label


@pytest.mark.parametrize(
    ("text", "label", "code"),
    [
        ("The South African Government left.", "South African government", "ZAFGOV"),
        ("The United States Government left.", "American government", "USAGOV"),
        ("South Korean police left.", "South Korean police", "KORCOP"),
        ("The republic of Slovenia left.", "Slovenia", "SVN"),
        ("Iraq's oil minister left.", "Iraqi government", "IRQGOV"),
        ("The Israeli prime minister's adviser left.", "Israeli government", "ISRGOV"),
        ("The office of the president of Armenia left.", "President of Armenia", "ARMGOV"),
        ("UN human rights experts left.", "United Nations", "IGOUNO"),
        ("U.S. border patrol agents left.", "American police", "USACOP"),
        ("Syrian government warplanes left.", "Syrian armed forces", "SYRMIL"),
        ("The Sudan Revolutionary Council left.", "Sudan Revolutionary Council", "SDN"),
        ("Kenya's Bright Future Party left.", "Bright Future Party", "KENPTY"),
        ("The Xian Liberation Army left.", "Xian Liberation Army", "---REB"),
    ],
)
def test_names_are_whole_and_have_the_land_they_are_said_to_be_of(text, label, code):
    assert subject(text) == (label, code)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The United States's F-16s bombed the town.", "United States"),
        ("Israel's F-16s bombed Beirut.", "Israel"),
        ("Israeli helicopters and tanks shelled the town.", "Israel"),
        ("US Predator drones bombed the town.", "United States"),
        ("UN helicopters bombed the town.", "United Nations"),
    ],
)
def test_machines_stand_for_their_owner(text, label):
    assert subject(text)[0] == label


@pytest.mark.parametrize(
    ("text", "label", "code"),
    [
        ("The Albanians of southern Serbia left.", "Albanians of southern Serbia", "SRBCVL"),
        ("Ethnic Albanians left.", "Ethnic Albanians", ""),
        ("Ethnic Albanian guerrillas left.", "Ethnic Albanian guerrillas", "---REB"),
        ("Bosnian Serbs left.", "Bosnian Serbs", "BIHSRB"),
        ("Tamil civilians left.", "Tamil civilians", "---CVL"),
        ("Kurdish fighters left.", "Kurdish fighters", "---REB"),
        ("Muslim leaders in France left.", "Muslim leaders", "FRAREL"),
    ],
)
def test_peoples_are_not_the_state_that_has_their_name(text, label, code):
    assert subject(text) == (label, code)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Rebels shelled the Bosnian town of Gorazde.", "Bosnia and Herzegovina"),
        ("Rebels shelled the village of Kafra.", "Kafra"),
        ("Police searched Sea-Watch 3.", "Sea-Watch 3"),
        ("Rebels shelled the capital Harare.", "Zimbabwe"),
        ("Rebels bombed a base outside Mogadishu.", "Somalia"),
        ("They banned German industrial products.", "Germany"),
        ("They attacked Danish web sites.", "Danish media"),
        ("They rejected a motion by former president Hosni Mubarak.", "Hosni Mubarak"),
        ("They arrested a handful of journalists.", "journalists"),
        ("Macron met his Chinese counterpart.", "Chinese government"),
        ("Kenya is at war and rebels left the country.", "Kenya"),
        ("Rebels shelled a base in Kenya's coastal region.", "Kenya"),
        ("Soldiers drove aid workers out of Kenya.", "aid workers"),
        ("They backed Otto Brand's rally in Kenya.", "Otto Brand"),
        ("Police arrested Viktor Putin.", "Viktor Putin"),
    ],
)
def test_places_and_things_stand_for_their_land_or_owner(text, label):
    assert target(text)[0] == label


def test_a_group_is_of_the_land_in_which_it_is_based_but_not_of_the_one_that_backs_it():
    assert subject("A Somalia-based militia left.")[1] == "SOMREB"
    assert subject("An Iran-backed militia left.")[1] == "---REB"


def test_a_sea_is_not_the_state_that_has_its_name():
    assert [mention.actor.label for mention in meant("Pirates crossed the Indian Ocean.", "obj")] != ["India"]


@pytest.mark.parametrize(
    ("text", "label", "code"),
    [
        ("A court in Marseille acquitted the editor.", "Marseille court", "FRAJUD"),
        ("Police in San Diego left.", "San Diego police", "USACOP"),
        ("Kenya's al-Shabaab fighters left.", "Al-Shabaab", "SOMREB"),
        ("The Kenyan side left.", "Kenya", "KEN"),
    ],
)
def test_a_body_is_named_by_the_town_or_group_it_belongs_to_wherever_that_stands(text, label, code):
    assert subject(text) == (label, code)


def test_a_name_behind_a_title_and_the_one_coordinated_with_it_are_two():
    assert [mention.actor.label for mention in meant("Envoy Otto Brand and Minister Bar Odinga left.", "nsubj")] == [
        "Otto Brand",
        "Bar Odinga",
    ]
