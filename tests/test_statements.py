"""The grammar: who did what to whom in a sentence, whether it happened, when, where, how many, and who says so.

No test here needs a particular verb: what a verb means stands in the tables, which test themselves.
"""

import pytest

from kg.build import extract
from kg.model import Block, Document, Modality, Statement
from kg.ontology import read_ontology
from kg.sentences import sentences_of
from kg.statements import statements_of


def short(statement: Statement) -> str:
    """A statement in one line: "turkey > syria assault", with its modality in front unless it is asserted."""
    sides = f"{statement.actor_id.removeprefix('actor:')} > {statement.target_id.removeprefix('actor:')}".strip()
    said = "" if statement.modality == "asserted" else f"{statement.modality.value} "
    return f"{said}{sides} {statement.action.removeprefix('action:')}"


def read(text: str, date: str = "") -> set[str]:
    """What is read in a text, in short."""
    return {short(statement) for statement in extract(text, date)}


def only(text: str, date: str = "") -> Statement:
    """The one statement of a text."""
    [statement] = extract(text, date)
    return statement


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey attacked Syria.", {"turkey > syria assault"}),
        ("Syria was attacked by Turkey.", {"turkey > syria assault"}),
        ("Syria was attacked.", {"> syria assault"}),
        ("Syria has been attacked by Turkey.", {"turkey > syria assault"}),
        ("It was Turkey that attacked Syria.", {"turkey > syria assault"}),
        ("Turkey began attacking Syria.", {"turkey > syria assault"}),
        ("Turkey is attacking Syria.", {"turkey > syria assault"}),
    ],
)
def test_active_and_passive_say_the_same(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey's attack on Syria lasted an hour.", {"turkey > syria assault"}),
        ("The Turkish attack on Syria lasted an hour.", {"turkey > syria assault"}),
        ("The attack on Syria by Turkey lasted an hour.", {"turkey > syria assault"}),
        ("Turkey's airstrikes on Syria continued.", {"turkey > syria airstrike"}),
        ("Emmanuel Macron's visit to Kenya pleased many.", {"emmanuel-macron > kenya visit"}),
    ],
)
def test_a_noun_of_an_act_takes_its_sides_from_its_owner_and_its_prepositions(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey launched an airstrike on Syria.", {"turkey > syria airstrike"}),
        ("Turkey carried out an airstrike on Syria.", {"turkey > syria airstrike"}),
        ("The airstrike was carried out by Turkey against Syria.", {"turkey > syria airstrike"}),
        ("Syria suffered an attack by Turkey.", {"turkey > syria assault"}),
        ("Russia imposed sanctions on Iran.", {"russia > iran impose-sanctions"}),
        ("Sanctions were imposed on Iran by Russia.", {"russia > iran impose-sanctions"}),
    ],
)
def test_a_light_verb_lends_its_noun_a_subject(text, expected):
    assert read(text) == expected


def test_two_actors_and_two_targets_are_four_statements():
    assert read("The UN and the EU urged both Israel and Iran to stop.") == {
        "united-nations > israel call-on",
        "united-nations > iran call-on",
        "european-union > israel call-on",
        "european-union > iran call-on",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey and Qatar criticised Israel.", {"turkey > israel criticise", "qatar > israel criticise"}),
        ("Both Kenya and Uganda condemned Sudan.", {"kenya > sudan condemn", "uganda > sudan condemn"}),
        ("Turkey criticised Israel, Iraq and Syria.", {"turkey > israel criticise", "turkey > iraq criticise", "turkey > syria criticise"}),
        ("Turkey attacked Syria and criticised Iraq.", {"turkey > syria assault", "turkey > iraq criticise"}),
        ("Turkey attacked and occupied Syria.", {"turkey > syria assault", "turkey > syria occupy"}),
    ],
)
def test_what_is_coordinated_shares_the_sides(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey, which attacked Syria, criticised Iraq.", {"turkey > syria assault", "turkey > iraq criticise"}),
        ("Syria, which was attacked by Turkey, criticised Iraq.", {"turkey > syria assault", "syria > iraq criticise"}),
        ("Syria, which Turkey attacked, criticised Iraq.", {"turkey > syria assault", "syria > iraq criticise"}),
        ("Turkey warned Syria, attacking Iraq.", {"turkey > syria warn", "turkey > iraq assault"}),
        ("Having attacked Syria, Turkey warned Iraq.", {"turkey > syria assault", "turkey > iraq warn"}),
        ("Attacked by Turkey, Syria warned Iraq.", {"turkey > syria assault", "syria > iraq warn"}),
        ("Turkey attacked Syria after Iraq warned Kenya.", {"turkey > syria assault", "iraq > kenya warn"}),
        ("Before Turkey attacked Syria, Iraq had warned Turkey.", {"turkey > syria assault", "iraq > turkey warn"}),
    ],
)
def test_relative_clauses_and_participles_find_their_subject(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France and Germany met in Berlin.", {"france > germany meet"}),
        ("France met with Germany.", {"france > germany meet"}),
        ("Russia and Ukraine fought in Donetsk.", {"russia > ukraine clash"}),
        ("France and Germany signed an agreement.", {"france > germany sign-agreement"}),
        ("France signed an agreement with Germany.", {"france > germany sign-agreement"}),
    ],
)
def test_those_who_act_together_act_on_each_other(text, expected):
    assert read(text) == expected


def test_three_who_meet_are_three_pairs():
    assert read("France, Germany and Italy met in Berlin.") == {"france > germany meet", "france > italy meet", "germany > italy meet"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey bombed Syria's airport.", {"turkey > syria airstrike"}),
        ("Israel attacked Hezbollah positions.", {"israel > hezbollah assault"}),
        ("Bases in Syria were attacked by Turkey.", {"turkey > syria assault"}),
        ("Kenyan troops attacked Somali militants.", {"kenya-mil > somalia-reb assault"}),
        ("Russia attacked Kharkiv.", {"russia > ukraine assault"}),
        ("Ankara warned Damascus.", {"turkey > syria warn"}),
    ],
)
def test_a_thing_or_a_place_stands_for_whom_it_belongs_to(text, expected):
    assert read(text) == expected


NOT_FACTS = [
    ("Turkey did not attack Syria.", "negated"),
    ("Turkey never attacked Syria.", "negated"),
    ("Turkey has not attacked Syria.", "negated"),
    ("There was no Turkish attack on Syria.", "negated"),
    ("Turkey failed to attack Syria.", "negated"),
    ("Turkey avoided attacking Syria.", "negated"),
    ("Syria was not attacked by Turkey.", "negated"),
    ("It is not true that Turkey attacked Syria.", "negated"),
    ("Turkey will attack Syria.", "intended"),
    ("Turkey plans to attack Syria.", "intended"),
    ("Turkey wants to attack Syria.", "intended"),
    ("Turkey tried to attack Syria.", "intended"),
    ("Turkey is ready to attack Syria.", "intended"),
    ("Turkey's planned attack on Syria drew notice.", "intended"),
    ("Turkey may attack Syria.", "hypothetical"),
    ("Turkey might have attacked Syria.", "hypothetical"),
    ("Turkey could attack Syria.", "hypothetical"),
    ("Turkey would have attacked Syria.", "hypothetical"),
    ("If Turkey attacks Syria, many will flee.", "hypothetical"),
    ("Unless Turkey attacks Syria, Iraq will stay out.", "hypothetical"),
    ("Should Turkey attack Syria, Iraq would respond.", "hypothetical"),
    ("Iraq fears that Turkey will attack Syria.", "hypothetical"),
    ("Iraq fears a Turkish attack on Syria.", "hypothetical"),
    ("A possible Turkish attack on Syria worries Iraq.", "hypothetical"),
    ("It is unlikely that Turkey attacked Syria.", "hypothetical"),
    ("Did Turkey attack Syria?", "hypothetical"),
]


@pytest.mark.parametrize(("text", "modality"), NOT_FACTS, ids=[text for text, _ in NOT_FACTS])
def test_what_is_denied_planned_or_possible_has_not_happened(text, modality):
    assert read(text) == {f"{modality} turkey > syria assault"}


@pytest.mark.parametrize(
    "text",
    [
        "Turkey managed to attack Syria.",
        "Turkey attacked Syria for a possible role in the raid.",
        "Turkey attacked Syria, which may respond.",
        "Turkey attacked Syria, but it will not attack again.",
        "Turkey, which will hold an election, attacked Syria.",
        "Turkey attacked Syria without losses.",
        "After Turkey attacked Syria, nobody spoke.",
    ],
)
def test_a_doubt_about_something_else_leaves_a_fact_a_fact(text):
    assert "turkey > syria assault" in read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey attacked Syria without warning Iraq.", {"turkey > syria assault", "negated turkey > iraq warn"}),
        ("Turkey threatened to attack Syria.", {"turkey > syria threaten-force", "intended turkey > syria assault"}),
        ("The United States urged Israel not to attack Iran.", {"united-states > israel call-on", "hypothetical israel > iran assault"}),
        ("Turkey denied that it had attacked Syria.", {"negated turkey > syria assault"}),
        ("Turkey wants Syria to attack Iraq.", {"intended syria > iraq assault"}),
    ],
)
def test_an_act_of_words_is_a_fact_and_what_it_speaks_of_is_not(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Turkey attacked Syria.", []),
        ("Iraq said that Turkey attacked Syria.", ["Iraq"]),
        ("Iraq said Turkey had attacked Syria.", ["Iraq"]),
        ("Turkey attacked Syria, Iraq said.", ["Iraq"]),
        ("“Turkey attacked Syria,” Iraq said.", ["Iraq"]),
        ("According to Iraq, Turkey attacked Syria.", ["Iraq"]),
        ("Turkey attacked Syria, according to Iraq.", ["Iraq"]),
        ("Turkey said it attacked Syria.", ["Turkey"]),
        ("Turkey reportedly attacked Syria.", ["unnamed source"]),
        ("Turkey was said to have attacked Syria.", ["unnamed source"]),
        ("Egypt said that Iraq had claimed that Turkey attacked Syria.", ["Egypt", "Iraq"]),
    ],
)
def test_who_says_so_is_told_outermost_first(text, speakers):
    statement = only(text)

    assert short(statement) == "turkey > syria assault"
    assert [speaker.label for speaker in statement.attribution] == speakers


def test_an_accusation_is_an_act_and_what_it_says_is_attributed():
    accusation, accused = extract("Iraq accused Turkey of attacking Syria.")

    assert [short(accusation), accusation.attribution] == ["iraq > turkey accuse", ()]
    assert [short(accused), [speaker.label for speaker in accused.attribution]] == ["turkey > syria assault", ["Iraq"]]


def test_saying_alone_is_no_statement():
    assert read("Turkey said that the weather was fine.") == set()


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Turkey fired about 300 missiles and drones at Syria.", (300, "about", "missiles and drones")),
        ("Turkey carried out more than 85 airstrikes on Syria.", (85, "more than", "airstrikes")),
        ("Turkish airstrikes killed at least 12 people in Syria.", (12, "at least", "people")),
        ("Turkey killed five Syrian soldiers.", (5, "", "Syrian soldiers")),
        ("Turkey attacked Syria with 1,200 rockets.", (1200, "", "rockets")),
        ("Turkey killed twenty-five Syrians.", (25, "", "Syrians")),
    ],
)
def test_numbers_keep_their_qualifier_and_their_unit(text, quantity):
    found = dict.fromkeys(one for statement in extract(text) for one in statement.quantities)

    assert [(one.value, one.qualifier, one.unit) for one in found] == [quantity]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Turkey attacked Syria in Aleppo.", "Aleppo"),
        ("Turkey attacked Syria near Idlib.", "Idlib"),
        ("Turkey attacked Aleppo.", "Aleppo"),
        ("Emmanuel Macron met Olaf Scholz in Paris.", "Paris"),
        ("In Ankara, Syria met Iraq.", "Ankara"),
        ("Turkey attacked Syria.", ""),
        ("Turkey attacked Syria in May.", ""),
    ],
)
def test_the_place_is_the_one_that_is_said(text, place):
    assert only(text).place == place


@pytest.mark.parametrize(
    ("text", "published", "when"),
    [
        ("Turkey attacked Syria on 3 May 2024.", "", ("2024-05-03", "3 May 2024", "explicit")),
        ("Turkey attacked Syria on May 3, 2024.", "", ("2024-05-03", "May 3, 2024", "explicit")),
        ("Turkey attacked Syria in May 2024.", "", ("2024-05", "May 2024", "explicit")),
        ("Turkey attacked Syria in 2023.", "", ("2023", "2023", "explicit")),
        ("Turkey attacked Syria on Tuesday.", "2024-05-03", ("2024-04-30", "Tuesday", "relative")),
        ("Turkey attacked Syria yesterday.", "2024-05-03", ("2024-05-02", "yesterday", "relative")),
        ("Turkey attacked Syria last week.", "2024-05-03", ("2024-04-21/2024-04-27", "last week", "relative")),
        ("Turkey attacked Syria.", "2024-05-03", ("2024-05-03", "", "publication")),
        ("Turkey attacked Syria on Tuesday.", "", ("", "Tuesday", "")),
        ("Turkey attacked Syria.", "", ("", "", "")),
        ("Turkey will attack Syria.", "2024-05-03", ("", "", "")),
    ],
)
def test_the_date_is_read_from_the_words_and_never_guessed(text, published, when):
    found = only(text, published).when

    assert (found.edtf, found.text, found.basis) == when


def test_a_day_given_in_one_sentence_dates_the_next():
    _, answer = extract("On 3 May 2024, Turkey attacked Syria. Two days later, Syria attacked Turkey.")

    assert (answer.when.edtf, answer.when.basis) == ("2024-05-05", "context")


def test_each_clause_has_its_own_day():
    found = extract("Turkey attacked Syria on Monday and Iraq condemned Turkey on Tuesday.", "2024-05-03")

    assert {short(statement): statement.when.edtf for statement in found} == {
        "turkey > syria assault": "2024-04-29",
        "iraq > turkey condemn": "2024-04-30",
    }


def test_a_day_of_the_week_is_no_actor():
    assert read("Saturday attacked Syria.", "2024-05-03") == set()


def test_a_pronoun_stands_for_the_one_subject_before():
    assert read("Turkey criticised Syria. It also warned Iraq.") == {"turkey > syria criticise", "turkey > iraq warn"}


def test_the_evidence_is_the_sentence_where_it_stands():
    text = "Peace reigned.  Turkey attacked\nSyria. All was over."

    evidence = only(text).evidence

    assert (evidence.quote, text[evidence.start : evidence.end]) == ("Turkey attacked\nSyria.",) * 2
    assert (evidence.trigger, evidence.rule) == ("attacked", "attack")


def test_the_same_act_said_twice_in_a_sentence_is_one_statement_of_the_finer_action():
    [statement] = extract("Iran attacked Israel, firing 400 missiles at Israel.")

    assert (statement.action, [quantity.value for quantity in statement.quantities]) == ("action:missile-attack", [400])


@pytest.mark.parametrize("text", ["", " \n\n ", "???", "​", "Turkey", "Turkey Syria attack", "attacked", "\x1b[31m", "🕊" * 300, "( " * 500])
def test_whatever_is_written_is_read_without_a_fault(text):
    assert all(statement.action for statement in extract(text))


@pytest.mark.parametrize(
    "text",
    [
        "Neither Russia nor Iran attacked Syria.",
        "Russia attacked neither Syria nor Iraq.",
        "Had Russia attacked Syria, Iran would have answered.",
        "Kenya or Uganda attacked Ethiopia.",
        "The claim that Kenya attacked Uganda is false.",
        "Algeria ruled out attacking Morocco.",
        "Once Iran attacks Israel, the United States will respond.",
        "Washington called off an airstrike on Iran.",
    ],
)
def test_what_coordination_inversion_or_a_verdict_takes_back_is_no_fact(text):
    assaults = [row for row in extract(text) if "attack" in row.evidence.trigger or "airstrike" in row.evidence.trigger]

    assert [row for row in assaults if row.modality is Modality.ASSERTED] == []


def test_two_dates_in_one_sentence_are_two_acts():
    rows = extract("Israel attacked Iran in April 2024 and attacked Iran on October 26, 2024.")

    assert [row.when.edtf for row in rows] == ["2024-04", "2024-10-26"]


def test_a_stray_quotation_mark_gives_no_speaker_to_the_next_paragraph():
    text = 'Iran fired a 6" shell.\n\nTurkey attacked Syria.'
    blocks = (Block(0, 22, "body"), Block(24, len(text), "body"))
    article = Document("a", text, blocks)

    rows = list(statements_of(article, sentences_of(article), read_ontology()))

    assert [row.attribution for row in rows if row.target_id == "actor:syria"] == [()]


def test_american_and_british_forces_are_two():
    rows = extract("American and British forces struck Yemen.")

    assert [(row.actor_id, row.target_id) for row in rows] == [
        ("actor:united-states-mil", "actor:yemen"),
        ("actor:united-kingdom-mil", "actor:yemen"),
    ]


@pytest.mark.parametrize(
    ("text", "label"), [("Michael Jordan met Macron.", "Michael Jordan"), ("Paris Hilton met Macron.", "Paris Hilton")]
)
def test_a_person_named_like_a_land_is_not_that_land(text, label):
    assert [row.actor.label for row in extract(text) if row.actor] == [label]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Syrian rebels overran a base of Iraq, police said, killing two Turkish soldiers.", "syria-reb > turkey-mil kill"),
        ("The Turkish army said it had attacked Syria.", "turkey-mil > syria assault"),
        ("Police arrested five protesters in Syria.", "police > syria-dem detain"),
        ("Turkey attacked Iraq instead of attacking Syria.", "negated turkey > syria assault"),
        ("The claim that Turkey attacked Syria is false.", "negated turkey > syria assault"),
        ("Kenya will host talks at which Turkey is to meet Syria.", "intended turkey > syria meet"),
    ],
)
def test_a_clause_means_what_it_says_wherever_a_parse_hangs_it(text, expected):
    assert expected in read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran attacked Israel, Joe Biden said, condemning Iran.", {"joe-biden > iran condemn", "iran > israel assault"}),
        ("Kenya did not attack Chad, the army said, blaming Oman.", {"negated kenya > chad assault", "army > oman blame"}),
        ("Syria fell, the Turkish army said, accusing Iraq of spying.", {"turkey-mil > iraq accuse"}),
        ("Chad shelled Kenya, Oman's army said, hitting Kenyan soldiers.", {"chad > kenya shell", "chad > kenya-mil assault"}),
    ],
)
def test_who_says_something_also_does_what_is_done_in_saying_it(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A truce between Chad and Mali is close.", "hypothetical"),
        ("Chad is close to attacking Mali.", "hypothetical"),
        ("Chad is on the verge of attacking Mali.", "hypothetical"),
        ("Chad is in charge of attacking Mali.", ""),
        ("Chad's attack on Mali was close to Gao.", "asserted"),
        ("Chad's attack on Mali was within the law.", "asserted"),
        ("Chad's visit to Mali fell through.", "negated"),
        ("Chad's visit to Mali may fall through.", "hypothetical"),
        ("Chad's ties with Mali were all but broken off.", "negated"),
        ("All but two Chadian soldiers were killed by Mali.", "asserted"),
        ("Chad named Malian companies to be sanctioned.", "intended"),
    ],
)
def test_a_predicate_tells_whether_its_subject_happened(text, expected):
    assert {statement.modality.value for statement in extract(text)} == {expected} - {""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The attack on Chad was blamed on Mali.", {"mali > chad assault"}),
        ("Oman blamed the attack on Mali.", {"oman > mali blame"}),
        ("Chad neither attacked nor threatened Mali.", {"negated chad > mali assault", "negated chad > mali threaten"}),
        ("Chad has the aim of attacking Mali.", {"intended chad > mali assault"}),
        ("Chad put pressure on Niger to attack Mali.", {"chad > niger call-on", "intended niger > mali assault"}),
        ("Chad said Mali had fired and accused Niger of attacking Oman.", {"chad > niger accuse", "niger > oman assault"}),
        ("Chad imposed a tariff of 15 percent on Mali.", {"chad > mali impose-tariffs"}),
        ("Police stopped an attack on Mali.", {"negated > mali assault"}),
        ("Chad stands accused of attacking Mali.", {"chad > mali assault"}),
        ("Chad attacked Mali, which Niger condemned.", {"chad > mali assault"}),
        ("Oman met Mali, which Niger had condemned.", {"oman > mali meet", "niger > mali condemn"}),
        ("Neither Chad nor Niger attacked Mali.", {"negated chad > mali assault", "negated niger > mali assault"}),
        ("Chad attacked neither Niger nor Mali.", {"negated chad > niger assault", "negated chad > mali assault"}),
        ("Chad stopped its attacks on Mali.", {"chad > mali declare-ceasefire"}),
    ],
)
def test_a_side_is_found_though_a_noun_stands_between(text, expected):
    assert read(text) == expected


def test_who_accuses_both_sides_is_neither_of_them():
    text = "Turkey attacked Syria. Turkey accused both sides of attacking Iraq."

    assert read(text) == {"turkey > syria assault"}


def asserted(text: str) -> set[str]:
    """What is asserted in a text, in short."""
    return {short(statement) for statement in extract(text) if statement.modality is Modality.ASSERTED}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya promised to visit Chad.", {"kenya > chad agree"}),
        ("Kenya agreed that Chad had a point.", set()),
        ("Kenya said it would visit Chad.", {"kenya > chad agree"}),
        ("Kenya said it would attack Chad.", {"kenya > chad threaten"}),
        ("Kenya said it would not visit Chad.", {"kenya > chad refuse-to-concede"}),
        ("Kenya said it would not attack Chad.", set()),
        ("Kenya will attack Chad.", set()),
        ("Kenya said Togo would attack Chad.", set()),
        ("Kenya said Chad must meet Togo.", {"kenya > chad demand"}),
        ("Chad must meet Togo.", set()),
    ],
)
def test_announcing_is_an_act_only_of_who_announces_what_he_himself_will_do(text, expected):
    assert asserted(text) == expected


def test_the_target_of_a_threat_is_the_target_of_what_is_threatened():
    assert asserted("Kenya threatened to impose limits against Chadian goods.") == {"kenya > chad threaten-sanctions"}


def test_several_who_agree_agree_with_each_other():
    assert asserted("Kenya and Chad agreed to visit Togo.") == {"kenya > chad agree"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkish airstrikes killed 12 people in Syria.", {"turkey > syria airstrike"}),
        ("Turkey attacked a base in Syria, killing 12 soldiers.", {"turkey > syria assault"}),
        ("Turkey attacked, killing 12 Syrian soldiers.", {"turkey > syria-mil kill"}),
        ("Turkey attacked a base in Syria, killing 12 Iraqi soldiers.", {"turkey > syria assault", "turkey > iraq-mil kill"}),
    ],
)
def test_deaths_among_the_attacked_are_no_second_attack(text, expected):
    assert read(text) == expected


def test_the_numbers_of_a_consequence_are_those_of_the_act():
    [quantity] = only("Turkey attacked a base in Syria, killing 12 soldiers.").quantities
    assert (quantity.value, quantity.unit) == (12, "soldiers")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya and Chad attacked each other.", {"kenya > chad assault", "chad > kenya assault"}),
        ("Kenya and Chad expelled each other's envoys.", {"kenya > chad expel-diplomats", "chad > kenya expel-diplomats"}),
        ("The arrest of Kenyan envoys by Chad angered many.", {"chad > kenya-gov detain"}),
        ("Kenya's invasion by Chad angered many.", {"chad > kenya ground-invasion"}),
        ("Togo foiled a plan by Kenya to attack Chad.", {"negated kenya > chad assault"}),
        ("On Monday, Kenya offered to negotiate with Chad.", {"kenya > chad agree"}),
        ("Kenya offered to talk with Chad following Togo's invasion of Niger.", {"kenya > chad agree"}),
        ("Kenya offered to hand Chad two of its citizens accused by Togo of spying.", {"kenya > chad agree"}),
        ("Kenya and Chad broke the ceasefire.", {"kenya > chad violate-ceasefire", "chad > kenya violate-ceasefire"}),
        ("Kenya and Chad traded accusations with Togo.", {"kenya > togo accuse", "chad > togo accuse"}),
        ("Kenyan rebels said they would free the doctors whom they had abducted in Chad.", {"kenya-reb > doctors abduct"}),
    ],
)
def test_who_does_it_to_whom_is_told_by_more_than_subject_and_object(text, expected):
    assert read(text) >= expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five Kenyan soldiers were killed in an attack by Chad.", {"chad > kenya-mil assault"}),
        ("Five Kenyan soldiers were killed in an attack carried out by Chad.", {"chad > kenya-mil assault"}),
        ("Chad delivered 30 tonnes of medical supplies to Kenya.", {"chad > kenya humanitarian-aid"}),
        ("Kenya was attacked and occupied by Chad.", {"chad > kenya assault", "chad > kenya occupy"}),
        ("Kenya and Chad traded accusations.", {"kenya > chad accuse", "chad > kenya accuse"}),
        ("Kenya and Chad exchanged fire.", {"kenya > chad clash"}),
    ],
)
def test_an_act_is_read_whole_wherever_its_parts_stand(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theresa May met Mario Draghi.", {"theresa-may > mario-draghi meet"}),
        ("Kenya cancelled a planned visit to Chad.", {"kenya > chad suspend-cooperation"}),
    ],
)
def test_neither_a_name_nor_the_plan_that_was_dropped_makes_an_act_unreal(text, expected):
    assert read(text) == expected


def test_what_an_attack_led_to_is_no_second_one_though_told_behind_its_speaker():
    assert asserted("Rebels attacked a Kenyan port, witnesses said on Friday, wounding two sailors.") == {"rebels > kenya assault"}


def test_a_minister_speaks_for_the_state_that_will_do_it():
    assert asserted("Kenya's foreign minister said Nairobi would visit Chad.") == {"kenya > chad agree"}


def test_a_longer_rule_without_a_target_is_lent_that_of_a_shorter_one():
    assert asserted("Kenya threatened to launch an offensive in its war with Chad.") == {"kenya > chad threaten-force"}


def test_nearly_all_is_a_number_and_nearly_done_is_not_done():
    assert [one.modality for one in extract("Kenya intercepted nearly all of the drones of Chad.")] == [Modality.ASSERTED]
    assert [one.modality for one in extract("Kenya nearly attacked Chad.")] == [Modality.NEGATED]
