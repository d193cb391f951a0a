"""Dates of sentences; 1 October 2024 was a Tuesday."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.dates import Found, find_dates, next_context

TABLE = Path(__file__).parent / "dates.csv"
EDTF_DAY = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?~?|[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-2[1-4]"
EDTF = re.compile(rf"({EDTF_DAY}|(({EDTF_DAY})|\.\.)/(({EDTF_DAY})|\.\.))?")


def read(text: str, **anchors: str) -> list[tuple[str, str, str]]:
    return [(found.text, found.edtf, found.basis) for found in find_dates(text, **anchors)]


@pytest.mark.parametrize(
    ("sentence", "text", "edtf"),
    [
        ("On October 1, 2024, Iran fired missiles.", "October 1, 2024", "2024-10-01"),
        ("On October 1st 2024 Iran fired missiles.", "October 1st 2024", "2024-10-01"),
        ("On 1 October 2024 Iran fired missiles.", "1 October 2024", "2024-10-01"),
        ("On the 3rd of March 2022 they met.", "3rd of March 2022", "2022-03-03"),
        ("They met on Tuesday, October 1, 2024, in Doha.", "Tuesday, October 1, 2024", "2024-10-01"),
        ("They met on Fri., Oct. 4, 2024.", "Fri., Oct. 4, 2024", "2024-10-04"),
        ("They met on Sept. 9, 2023.", "Sept. 9, 2023", "2023-09-09"),
        ("OCTOBER 1, 2024: missiles fell.", "OCTOBER 1, 2024", "2024-10-01"),
        ("date 2024-02-03 In a raid, troops took the town.", "2024-02-03", "2024-02-03"),
        ("Posted 2024-02-03T10:00:00Z by staff.", "2024-02-03", "2024-02-03"),
        ("Signed on 3.2.2024 in Bern.", "3.2.2024", "2024-02-03"),
        ("Signed on 13/02/2024 in Bern.", "13/02/2024", "2024-02-13"),
        ("Signed on 02/13/2024 in Ohio.", "02/13/2024", "2024-02-13"),
        ("In July 2023 the talks failed.", "July 2023", "2023-07"),
        ("The talks of May 2023 failed.", "May 2023", "2023-05"),
        ("The talks failed in October, 2022.", "October, 2022", "2022-10"),
        ("The war began in late March 2003.", "late March 2003", "2003-03"),
        ("Crimea was annexed in 2014.", "2014", "2014"),
        ("By early 2023 the front was frozen.", "early 2023", "2023"),
        ("It fell at the end of 1991.", "end of 1991", "1991"),
        ("In the 1990s NATO bombed Serbia.", "1990s", "199X"),
        ("In the late 1990s NATO bombed Serbia.", "late 1990s", "199X"),
        ("The offensive of spring 2022 failed.", "spring 2022", "2022-21"),
        ("In the summer of 2021 Kabul fell.", "summer of 2021", "2021-22"),
        ("It began in autumn 2020.", "autumn 2020", "2020-23"),
        ("It began in fall 2020.", "fall 2020", "2020-23"),
        ("It ended in winter 2022.", "winter 2022", "2022-24"),
        ("They met between 3 and 5 May 2024.", "between 3 and 5 May 2024", "2024-05-03/2024-05-05"),
        ("They met from 3 to 5 May 2024.", "from 3 to 5 May 2024", "2024-05-03/2024-05-05"),
        ("They met on May 3-5, 2024.", "May 3-5, 2024", "2024-05-03/2024-05-05"),
        ("They met on 3–5 May 2024.", "3–5 May 2024", "2024-05-03/2024-05-05"),
        ("The siege lasted from March to May 2022.", "from March to May 2022", "2022-03/2022-05"),
        ("The siege lasted from November to March 2022.", "from November to March 2022", "2021-11/2022-03"),
        ("It lasted from 3 May to 5 June 2024.", "from 3 May to 5 June 2024", "2024-05-03/2024-06-05"),
        ("It lasted from November 3, 2022 to March 5.", "from November 3, 2022 to March 5", "2022-11-03/2023-03-05"),
        ("It lasted from March 2020 until May 2022.", "from March 2020 until May 2022", "2020-03/2022-05"),
        ("Between 2014 and 2018 they fought.", "Between 2014 and 2018", "2014/2018"),
        ("They fought from 2014 to 2018.", "from 2014 to 2018", "2014/2018"),
        ("It has held the town since October 7, 2023.", "since October 7, 2023", "2023-10-07/.."),
        ("It held the town until 2014.", "until 2014", "../2014"),
        ("Two days after October 7, 2023, troops moved.", "Two days after October 7, 2023", "2023-10-09"),
        ("It lasted from 3 May 2024 to 5 June 2024.", "from 3 May 2024 to 5 June 2024", "2024-05-03/2024-06-05"),
        ("He left on February 29, 2024.", "February 29, 2024", "2024-02-29"),
    ],
)
def test_words_that_suffice_need_no_anchor(sentence, text, edtf):
    assert read(sentence) == [(text, edtf, "explicit")]


@pytest.mark.parametrize(
    ("sentence", "text", "edtf"),
    [
        ("Israel strikes Lebanon today.", "today", "2024-10-01"),
        ("Today Israel struck.", "Today", "2024-10-01"),
        ("Earlier today Israel struck.", "Earlier today", "2024-10-01"),
        ("It will strike tonight.", "tonight", "2024-10-01"),
        ("It struck this morning.", "this morning", "2024-10-01"),
        ("It struck yesterday evening.", "yesterday evening", "2024-09-30"),
        ("It struck last night.", "last night", "2024-09-30"),
        ("It struck overnight.", "overnight", "2024-09-30/2024-10-01"),
        ("It struck the day before yesterday.", "the day before yesterday", "2024-09-29"),
        ("They meet tomorrow.", "tomorrow", "2024-10-02"),
        ("They meet the day after tomorrow.", "the day after tomorrow", "2024-10-03"),
        ("They met on Saturday.", "Saturday", "2024-09-28"),
        ("They met on Tuesday.", "Tuesday", "2024-10-01"),
        ("They met on Wednesday.", "Wednesday", "2024-09-25"),
        ("Late Saturday, Iran fired.", "Late Saturday", "2024-09-28"),
        ("Iran fired late on Saturday.", "late on Saturday", "2024-09-28"),
        ("Iran fired on Saturday night.", "Saturday night", "2024-09-28"),
        ("Saturday's attack failed.", "Saturday", "2024-09-28"),
        ("Saturday’s attack failed.", "Saturday", "2024-09-28"),
        ("They met last Saturday.", "last Saturday", "2024-09-28"),
        ("They met last Tuesday.", "last Tuesday", "2024-09-24"),
        ("They met this past Sunday.", "this past Sunday", "2024-09-29"),
        ("They meet next Monday.", "next Monday", "2024-10-07"),
        ("They meet this Friday.", "this Friday", "2024-10-04"),
        ("They meet this coming Tuesday.", "this coming Tuesday", "2024-10-08"),
        ("They met on Monday last week.", "Monday last week", "2024-09-23"),
        ("They met on Friday of this week.", "Friday of this week", "2024-10-04"),
        ("Just last week, a strike killed him.", "last week", "2024-09-22/2024-09-28"),
        ("This week they met.", "This week", "2024-09-29/2024-10-05"),
        ("They meet next week.", "next week", "2024-10-06/2024-10-12"),
        ("It fell late last week.", "late last week", "2024-09-22/2024-09-28"),
        ("It fell last month.", "last month", "2024-09"),
        ("It fell earlier this month.", "earlier this month", "2024-10"),
        ("It fell at the end of last month.", "end of last month", "2024-09"),
        ("It fell this year.", "this year", "2024"),
        ("It fell early last year.", "early last year", "2023"),
        ("They vote next year.", "next year", "2025"),
        ("It fell two days ago.", "two days ago", "2024-09-29"),
        ("It fell 10 days ago.", "10 days ago", "2024-09-21"),
        ("It fell three weeks ago.", "three weeks ago", "2024-09-08/2024-09-14"),
        ("It fell two months ago.", "two months ago", "2024-08"),
        ("It fell a year ago.", "a year ago", "2023"),
        ("In the past week it fell.", "the past week", "2024-09-24/2024-10-01"),
        ("In the last three days it fell.", "the last three days", "2024-09-28/2024-10-01"),
        ("Over the past two months it fell.", "the past two months", "2024-08/2024-10"),
        ("It will fall over the coming week.", "the coming week", "2024-10-01/2024-10-08"),
        ("They met over the weekend.", "the weekend", "2024-09-28/2024-09-29"),
        ("They met last weekend.", "last weekend", "2024-09-28/2024-09-29"),
        ("They meet this weekend.", "this weekend", "2024-10-05/2024-10-06"),
        ("On Oct. 1 Iran fired.", "Oct. 1", "2024-10-01"),
        ("On October 7 Iran fired.", "October 7", "2024-10-07"),
        ("On November 7 Iran fired.", "November 7", "2023-11-07"),
        ("On the 3rd of March they met.", "3rd of March", "2024-03-03"),
        ("On 24 May they met.", "24 May", "2024-05-24"),
        ("On February 29 they met.", "February 29", "2024-02-29"),
        ("In July, he was killed.", "July", "2024-07"),
        ("In May they met.", "May", "2024-05"),
        ("In December they met.", "December", "2023-12"),
        ("July's truce held.", "July", "2024-07"),
        ("The August truce held.", "August", "2024-08"),
        ("Late March brought rain.", "Late March", "2024-03"),
        ("They met last October.", "last October", "2023-10"),
        ("They met last March.", "last March", "2024-03"),
        ("They meet next March.", "next March", "2025-03"),
        ("They met in October last year.", "October last year", "2023-10"),
        ("They met on October 7 last year.", "October 7 last year", "2023-10-07"),
        ("It has held it since October.", "since October", "2024-10/.."),
        ("It has held it since Saturday.", "since Saturday", "2024-09-28/.."),
        ("The truce holds until Friday.", "until Friday", "../2024-10-04"),
        ("They met from Monday to Wednesday.", "from Monday to Wednesday", "2024-09-23/2024-09-25"),
        ("It rained between March and May.", "between March and May", "2024-03/2024-05"),
        ("It began this spring.", "this spring", "2024-21"),
        ("Two days after Saturday's strike, it fell.", "Two days after Saturday", "2024-09-30"),
    ],
)
def test_other_words_are_read_from_the_day_of_publication(sentence, text, edtf):
    assert read(sentence, published="2024-10-01") == [(text, edtf, "relative")]


@pytest.mark.parametrize(
    ("sentence", "text", "edtf"),
    [
        ("A week earlier, Israel had struck.", "A week earlier", "2024-09-22/2024-09-28"),
        ("Two days later Israel struck.", "Two days later", "2024-10-03"),
        ("Israel struck two days after.", "two days after", "2024-10-03"),
        ("The previous day, Israel struck.", "The previous day", "2024-09-30"),
        ("The day before, Israel struck.", "The day before", "2024-09-30"),
        ("Israel struck the following day.", "the following day", "2024-10-02"),
        ("Israel struck the next day.", "the next day", "2024-10-02"),
        ("Israel struck on the same day.", "the same day", "2024-10-01"),
        ("Israel struck the following Monday.", "the following Monday", "2024-10-07"),
        ("Israel struck the following week.", "the following week", "2024-10-06/2024-10-12"),
    ],
)
def test_what_follows_a_story_is_read_from_the_day_told_last(sentence, text, edtf):
    assert read(sentence, published="2024-12-01", context="2024-10-01") == [(text, edtf, "context")]
    assert read(sentence, published="2024-12-01") == [(text, "", "")]


@pytest.mark.parametrize(
    ("sentence", "text", "edtf"),
    [
        ("In July, he was killed.", "July", "2024-07"),
        ("Just last week, he was killed.", "last week", "2024-09-22/2024-09-28"),
        ("Late Saturday, he was killed.", "Late Saturday", "2024-09-28"),
        ("On September 27 he was killed.", "September 27", "2024-09-27"),
    ],
)
def test_without_a_day_of_publication_the_context_serves(sentence, text, edtf):
    assert read(sentence, context="2024-10-01") == [(text, edtf, "context")]


def test_the_day_of_publication_goes_before_the_context():
    assert read("They met yesterday.", published="2024-10-01", context="2023-10-07") == [("yesterday", "2024-09-30", "relative")]


def test_a_date_in_the_same_sentence_is_context_for_what_follows():
    assert read("On May 3, 2024 Iran fired, and the next day Israel struck.") == [
        ("May 3, 2024", "2024-05-03", "explicit"),
        ("the next day", "2024-05-04", "context"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "They met on Saturday.",
        "They met yesterday.",
        "In July they met.",
        "They met last year.",
        "On October 1 they met.",
        "They met over the weekend.",
    ],
)
def test_nothing_is_guessed_where_no_day_is_known(sentence):
    assert [(found.edtf, found.basis) for found in find_dates(sentence)] == [("", "")]


@pytest.mark.parametrize(
    ("sentence", "edtf"),
    [
        ("They met on Saturday.", ""),
        ("They met yesterday.", ""),
        ("They met last week.", ""),
        ("They met last month.", "2024-01"),
        ("They met last year.", "2023"),
        ("They met in July.", "2023-07"),
        ("They met on July 5.", "2023-07-05"),
    ],
)
def test_a_month_of_publication_tells_no_day(sentence, edtf):
    assert [found.edtf for found in find_dates(sentence, published="2024-02")] == [edtf]


@pytest.mark.parametrize(
    "sentence",
    [
        "February 31, 2024 was named.",
        "Signed on 03/02/2024.",
        "Days later it fell.",
        "It fell several days ago.",
        "Two days after a raid it fell.",
    ],
)
def test_an_expression_that_cannot_be_resolved_is_found_all_the_same(sentence):
    assert [found.edtf for found in find_dates(sentence, published="2024-10-01", context="2024-10-01")] == [""]


@pytest.mark.parametrize(
    "sentence",
    [
        "Iran may strike Israel.",
        "May they rest in peace.",
        "Theresa May said no.",
        "The March on the capital began.",
        "Troops march into the city in march order.",
        "A second strike hit the sun-baked town.",
        "Friday prayers were cancelled.",
        "On Good Friday no shots fell.",
        "They meet on Saturdays.",
        "They meet every Saturday.",
        "They fought for three days.",
        "It follows months of critique.",
        "It took 24 hours.",
        "It came three hours ago.",
        "It began at 3 p.m. in Kyiv.",
        "Some 2000 soldiers fell.",
        "They burned homes in 2000 villages.",
        "About 1,500 died in the Republic of 1.5 million.",
        "The last week of the war was the worst.",
        "USA Today reported it.",
        "The mayor augured ill and April said so.",
        "It is the fall of the capital.",
        "It came earlier than planned, days earlier than thought.",
    ],
)
def test_what_only_looks_like_a_date_is_none(sentence):
    assert find_dates(sentence, published="2024-10-01", context="2024-10-01") == []


@pytest.mark.parametrize(
    ("sentence", "anchors", "expected"),
    [
        ("On October 1, 2024 Iran fired.", {}, "2024-10-01"),
        ("On October 5 Israel struck.", {"context": "2024-10-01"}, "2024-10-05"),
        ("They met yesterday.", {"context": "2024-10-01"}, "2024-10-01"),
        ("They met yesterday.", {"published": "2024-10-01"}, "2024-09-30"),
        ("They met in July 2023.", {"context": "2024-10-01"}, "2024-10-01"),
        ("They met.", {}, ""),
        ("They met in July 2023.", {}, "2023-07"),
        ("They met in 2019.", {"context": "2023-07"}, "2019"),
        ("They met on October 1, 2024.", {"context": "2023-07"}, "2024-10-01"),
    ],
)
def test_the_context_moves_on_only_with_a_day_that_stands_for_itself(sentence, anchors, expected):
    assert next_context(find_dates(sentence, **anchors), anchors.get("context", "")) == expected


def test_several_dates_come_in_the_order_of_the_text():
    assert read("On Monday and in July 2023, and again in 2019, they met.", published="2024-10-01") == [
        ("Monday", "2024-09-30", "relative"),
        ("July 2023", "2023-07", "explicit"),
        ("2019", "2019", "explicit"),
    ]


def test_coordinated_dates_share_a_year():
    assert read("In June and July 2023 they met.", published="2024-10-01") == [
        ("June", "2023-06", "explicit"),
        ("July 2023", "2023-07", "explicit"),
    ]


with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['sentence']} {row['published']} {row['context']}" for row in ROWS])
def test_every_sentence_of_the_table_is_read_as_it_says(row):
    founds = find_dates(row["sentence"], published=row["published"], context=row["context"])

    assert "; ".join(f"{found.text} = {found.edtf}".strip() for found in founds) == row["read"]


@pytest.mark.parametrize(
    ("sentence", "edtf", "ahead"),
    [
        ("They will meet on Friday.", "2024-09-27", "2024-10-04"),
        ("They will meet on Tuesday.", "2024-10-01", ""),
        ("They will vote on December 5.", "2023-12-05", "2024-12-05"),
        ("They will vote in May.", "2024-05", "2025-05"),
        ("They will vote in the summer.", "2024-22", "2025-22"),
        ("They will vote on May 5, 2025.", "2025-05-05", ""),
        ("They will vote next Friday.", "2024-10-04", ""),
    ],
)
def test_a_date_tells_what_it_means_where_the_act_is_yet_to_come(sentence, edtf, ahead):
    assert [(found.edtf, found.ahead) for found in find_dates(sentence, published="2024-10-01")] == [(edtf, ahead)]


def test_offsets_count_in_the_sentence():
    assert find_dates("In July 2023 it fell.") == [Found(3, 12, "July 2023", "2023-07", "explicit")]


WORDS = """recent hours about decade century 19th quarter Q2 the first half eve Christmas night then fortnight into
from to between and until since the last next past this that of on in early late mid two 3 31 2024 1 2,000 days
week year ago later after before May March Oct. February Saturday weekend today Tomorrow spring 1990s – - , . ( 's
2024-02-30 9999 ıſ Frıday ſunday ١ year's"""
ANCHOR = st.sampled_from(["", "2024-10-01", "2024-02-29", "2024-02", "2024", "0001-01-01", "9999-12-31", "soon"])


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS.split())).map(" ".join)), ANCHOR, ANCHOR)
@example("9999 years ago, 10 days later and the next week", "0001-01-01", "9999-12-31")
@example("from Saturday to 31 May 2024 until February", "9999-12-31", "")
def test_any_text_is_read_with_true_offsets(text, published, context):
    founds = find_dates(text, published=published, context=context)

    for found in founds:
        assert text[found.start : found.end] == found.text != ""
        assert EDTF.fullmatch(found.edtf)
        assert bool(found.edtf) == bool(found.basis)
    assert all(one.end <= other.start for one, other in pairwise(founds))
