"""An invented crisis for the network page: some thirty actors, 120 events, the same on every run."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from kg.model import Action, Actor, Block, Document, Event, Evidence, Modality, Quantity, Statement, When, digest

QUADS = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "AID": 2, "RETREAT": 2, "ACCUSE": 3, "THREATEN": 3, "SANCTION": 4, "ASSAULT": 4}
ACTIONS = {
    f"action:{name}": Action(f"action:{name}", name.replace("-", " "), kind, symmetric=name == "meet")
    for name, kind in [
        ("sign-agreement", "AGREE"),
        ("meet", "CONSULT"),
        ("visit", "CONSULT"),
        ("praise", "SUPPORT"),
        ("humanitarian-aid", "AID"),
        ("withdraw-troops", "RETREAT"),
        ("accuse", "ACCUSE"),
        ("condemn", "ACCUSE"),
        ("threaten", "THREATEN"),
        ("sanction", "SANCTION"),
        ("airstrike", "ASSAULT"),
        ("shell", "ASSAULT"),
    ]
}
NAMES = {
    "state": ("Valdria", "Osmere", "Tarsk Federation", "Nuvia", "Lower Marren", "Kesh"),
    "international-organisation": ("Continental Union", "Security Assembly", "Relief Agency of the Assembly", "Court of Arbitration"),
    "armed-forces": ("Valdrian Army", "Osmere Navy", "Tarsk Border Guard"),
    "armed-group": ("Northern Front", "Red Valley Militia", "Sons of the Delta"),
    "person": ("Ilona Varga", "Tomas Reyl", "Ada Koro", "Lucía Ferrán", "General Piotr Halvard", "Sami Orhan"),
    "company": ("Osgas Pipelines", "Valdria Steel"),
    "organisation": ("Harbour Workers' Union", "Journalists' League"),
    "population": ("Students of Kesh", "Villagers of the Upper Lake"),
    "government": ("Ministry of Foreign Affairs of Nuvia",),
    "party": ("Opposition Alliance for Change",),
    "media": ("Daily Courier",),
}
WORDS = {
    "action:sign-agreement": "signed an agreement with",
    "action:meet": "met",
    "action:visit": "paid a visit to",
    "action:praise": "praised",
    "action:humanitarian-aid": "sent food and medicine to",
    "action:withdraw-troops": "withdrew troops facing",
    "action:accuse": "accused",
    "action:condemn": "condemned",
    "action:threaten": "threatened",
    "action:sanction": "imposed sanctions on",
    "action:airstrike": "bombed",
    "action:shell": "shelled",
}
PLACES = ("", "", "", "Port Elsin", "the Upper Lake", "Marren Bridge")


def actors() -> list[Actor]:
    """States first, then those who act for them and against them."""
    return [Actor(f"actor:{label.lower().replace(' ', '-')}", label, kind) for kind, labels in NAMES.items() for label in labels]


def crowd(count: int = 300) -> list[Actor]:
    """The same, and as many villages as make them ``count``."""
    known = actors()
    return [*known, *(Actor(f"actor:village-{number}", f"Village {number}", "population") for number in range(count - len(known)))]


def documents() -> list[Document]:
    """Twenty articles of four papers."""
    papers = ("Marren Post", "Daily Courier", "Osmere Times", "Wire Agency")
    return [
        Document(
            f"{number:03}",
            "",
            (Block(0, 0, "body"),),
            title=f"Report {number} from the border",
            published=f"2031-0{number % 9 + 1}-11",
            source=papers[number % 4],
            url=f"https://news.example/{number}",
        )
        for number in range(20)
    ]


def event(actor: Actor | None, action: str, target: Actor | None, *said: tuple[str, str], day: str = "", **more: object) -> Event:
    """An event with one statement for each (document, sentence)."""
    modality = Modality(str(more.get("modality", "asserted")))
    speaker = more.get("speaker")
    quantities = (Quantity(1200, "about", "people"),) if more.get("many") else ()
    trigger = str(more.get("trigger", WORDS.get(action, "")))
    when = When(day, "on Monday", "relative") if day else When()
    chain = (speaker,) if isinstance(speaker, Actor) else ()
    statements = tuple(
        Statement(actor, action, target, when, "", modality, chain, quantities, Evidence(document, 0, len(quote), quote, trigger, "r"))
        for document, quote in said
    )
    name = digest(actor.id if actor else "", action, target.id if target else "", day, modality, *(quote for _, quote in said))
    return Event(f"event:{name}", actor, action, target, day, str(more.get("place", "")), modality, quantities, statements)


def events(count: int = 120, people: Sequence[Actor] = ()) -> list[Event]:
    """Events among the actors: the first few are in most of them, as in the news."""
    chance = Random(20)
    people = people or actors()
    weights = [1 / (index + 1.5) ** 0.8 for index in range(len(people))]
    made = []
    for number in range(count):
        actor, target = people[number % len(people)], chance.choices(people, weights)[0]
        if actor == target or number % 3 == 0:
            actor, target = chance.sample(list(people[:8]), 2)
        action = chance.choice(list(ACTIONS))
        day = (date(2031, 1, 5) + timedelta(days=chance.randrange(330))).isoformat()
        day = day[:7] if number % 17 == 0 else "" if number % 11 == 0 else day
        modality = "asserted" if number % 7 else chance.choice(["negated", "intended", "hypothetical"])
        quote = f"{actor.label} {WORDS[action]} {target.label} on Monday, two officials who asked not to be named told reporters."
        said = [(f"{chance.randrange(20):03}", quote) for _ in range(chance.choice([1, 1, 2]))]
        speaker = chance.choice([None, None, people[16 % len(people)]])
        more = {"modality": modality, "speaker": speaker, "place": chance.choice(PLACES), "many": number % 9 == 0}
        made.append(event(actor, action, target, *said, day=day, **more))
    return made
