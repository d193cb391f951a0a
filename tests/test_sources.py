"""Articles that print much the same text are one source, and adding another article elsewhere does not change that."""

from conftest import make_document, make_event, make_statement

from kg.sources import corroborated, shared, signature

WORDS = (
    "the convoy left the harbour before dawn and reached the border town of Azure Bay after nine hours on a road that floods had cut twice "
)
AGENCY = " ".join(f"{WORDS} {number}" for number in ("one", "two", "three", "four"))
OTHER = " ".join(f"ministers of seven lands spoke {number} times about grain tariffs and rail lines in their hall" for number in range(9))


def event_in(*documents):
    return make_event(*(make_statement(document=id, quote=f"Iran fired at Israel, said {id}.") for id in documents))


def printed(id, text, published=""):
    document = make_document(id, text, published=published)
    return make_document(id, text, published=published, signature=signature(document))


def test_syndicated_copies_are_one_source():
    documents = [printed("a", AGENCY), printed("b", f"{AGENCY} Our reporter adds a line of her own."), printed("c", OTHER)]

    [event] = corroborated([event_in("a", "b", "c")], documents, 0.5)

    assert (event.copies, event.sources) == ((("a", "b"),), 2)


def test_an_article_elsewhere_changes_no_event():
    documents = [printed("a", AGENCY), printed("c", OTHER)]

    before = list(corroborated([event_in("a", "c")], documents, 0.5))

    assert list(corroborated([event_in("a", "c")], [*documents, printed("b", AGENCY)], 0.5)) == before


def test_a_signature_is_the_same_on_every_machine():
    assert signature(make_document(text=AGENCY)).startswith("640a9392f920caf62149f056")
    assert len(signature(make_document(text=AGENCY))) == 512


def test_of_a_few_words_nothing_can_be_told():
    assert signature(make_document()) == ""
    assert shared("", "") == 0


def test_the_first_and_the_last_report_are_those_of_the_events_own_articles():
    documents = [printed("a", AGENCY, "2024-10-02"), printed("b", OTHER, "2024-10-05"), printed("c", OTHER, "2024-10-09")]

    [event] = corroborated([event_in("a", "b")], documents, 0.5)

    assert (event.first_report, event.last_report) == ("2024-10-02", "2024-10-05")
