"""Compares two wordings of what happened, feature by feature; what each counts stands in ``weights.csv``.

Likeness is what the ontology knows: a unit is part of its state, an airstrike is an assault, a town lies in its land.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kg.dates.spans import span
from kg.model import Action, Actor, Modality, Quantity, Statement
from kg.ontology import Ontology, lineage

WORDS = (1, 3)  # quad classes: cooperation and conflict in words
Feature = tuple[str, str, float]
"""What was compared, how it came out, what that counts."""
REALISED = frozenset({Modality.ASSERTED, Modality.NEGATED})


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of what happened, and the statements that word it so: alike in sides, action, date and place."""

    statements: tuple[Statement, ...]

    @property
    def first(self) -> Statement:
        """The statement that stands for all."""
        return self.statements[0]

    @property
    def documents(self) -> frozenset[str]:
        """Where it is said."""
        return frozenset(statement.evidence.document for statement in self.statements)

    @property
    def sentences(self) -> frozenset[tuple[str, int]]:
        """The sentences that say it."""
        return frozenset((statement.evidence.document, statement.evidence.start) for statement in self.statements)


def likeness(one: Version, other: Version, ontology: Ontology) -> tuple[Feature, ...] | None:
    """Compare two versions; nothing if they cannot be of one event, as what one sentence tells as two acts."""
    found = _compared(one, other, ontology, other.first.actor, other.first.target)
    if not either_way(one, other, ontology):
        return found
    turned = _compared(one, other, ontology, other.first.target, other.first.actor)
    return max((features for features in (found, turned) if features), key=score, default=None)


def score(features: Iterable[Feature]) -> float:
    """What the features count together."""
    return sum(weight for _, _, weight in features)


def either_way(one: Version, other: Version, ontology: Ontology) -> bool:
    """Tell whether it does not matter who is named first: to meet is mutual."""
    return ontology.actions[one.first.action].symmetric and ontology.actions[other.first.action].symmetric


def _compared(one: Version, other: Version, ontology: Ontology, actor: Actor | None, target: Actor | None) -> tuple[Feature, ...] | None:
    features: list[Feature] = []
    for name, value in _values(one, other, ontology, actor, target):
        weight = ontology.identity.weight(name, value)
        if weight is None:
            return None
        features.append((name, value, weight))
    if one is not other and one.sentences & other.sentences:
        return None
    values = {name: value for name, value, _ in features}
    if not {values["actor"], values["target"]} & {"same", "part", "common"}:
        return None
    return None if values["actor"] == "other" and not _disputable(one, other, ontology) else tuple(features)


def _values(one: Version, other: Version, ontology: Ontology, actor: Actor | None, target: Actor | None) -> Iterator[tuple[str, str]]:
    """How each feature comes out, cheap and telling ones first."""
    yield "action", actions_alike(one.first.action, other.first.action, ontology)
    alike = dates_alike(one.first.when.edtf, other.first.when.edtf, ontology)
    yield "date", "spoken" if alike == "undated" and in_words(one.first.action, ontology) else alike
    yield "target", sides_alike(one.first.target, target, ontology)
    yield "actor", sides_alike(one.first.actor, actor, ontology)
    yield "place", places_alike(one.first.place, other.first.place, ontology)
    yield "quantity", quantities_alike(_numbers(one), _numbers(other), ontology)
    yield "modality", modalities_alike(_modalities(one), _modalities(other))


def _disputable(one: Version, other: Version, ontology: Ontology) -> bool:
    """Tell whether the doer can be in dispute: of a deed, told by two articles; what two people say is two acts."""
    deed = ontology.quads[ontology.actions[one.first.action].type] == max(ontology.quads.values())
    return deed and not either_way(one, other, ontology) and not one.documents & other.documents


def in_words(action: str, ontology: Ontology) -> bool:
    """Tell whether an act is one of words, which people do again and again: an accusation, but not a strike."""
    return ontology.quads[ontology.actions[action].type] in WORDS


def _numbers(version: Version) -> list[Quantity]:
    return [quantity for statement in version.statements for quantity in statement.quantities]


def _modalities(version: Version) -> frozenset[Modality]:
    return frozenset(statement.modality for statement in version.statements)


def actions_alike(one: str, other: str, ontology: Ontology) -> str:
    """Compare actions: ``same``, ``broader`` (one is a kind of the other), ``other``."""
    if one == other:
        return "same"
    return "broader" if one in above(other, ontology) or other in above(one, ontology) else "other"


def above(action: str, ontology: Ontology) -> list[str]:
    """An action and the broader ones above it, nearest first."""
    found: list[str] = []
    while action and action not in found:
        found.append(action)
        action = ontology.actions.get(action, Action(action, "", "")).broader
    return found


def sides_alike(one: Actor | None, other: Actor | None, ontology: Ontology) -> str:
    """Compare actors: ``same``, ``common`` (the same crowd), ``part`` (one belongs to the other), ``missing``, ``neither``, ``other``."""
    if one is other is None:
        return "neither"
    if one is None or other is None:
        return "missing"
    if one.id == other.id:
        return "common" if not one.listed and not one.land and one.label.islower() else "same"
    return "part" if one.id in lineage(other, ontology) or other.id in lineage(one, ontology) else "other"


def dates_alike(one: str, other: str, ontology: Ontology) -> str:
    """Compare dates: ``same``, ``within``, ``wide`` (more than a month), ``overlap``, ``undated``, ``other``."""
    if not one or not other:
        return "undated"
    (first, last), (begin, end) = span(one), span(other)
    wide = max(days(one), days(other)) > ontology.identity.limit("days")
    if one == other:
        return "wide" if wide else "same"
    if not first or not begin or last < begin or end < first:
        return "other"
    if (begin <= first and last <= end) or (first <= begin and end <= last):
        return "wide" if wide else "within"
    return "overlap"


def days(edtf: str) -> float:
    """How many days a date may mean; without a date any."""
    first, last = span(edtf)
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1 if first else float("inf")


def places_alike(one: str, other: str, ontology: Ontology) -> str:
    """Compare places: ``same``, ``land`` (a whole land, the same), ``within``, ``unknown``, ``other``."""
    if not one or not other:
        return "unknown"
    (land, whole), (elsewhere, all_of_it) = _where(one, ontology), _where(other, ontology)
    if whole and all_of_it:
        return "land" if land == elsewhere else "other"
    if one == other or (land and land == elsewhere and _seat(one, ontology) and _seat(other, ontology)):
        return "same"
    words, others = set(one.lower().split()), set(other.lower().split())
    if words <= others or others <= words or ((whole or all_of_it) and land == elsewhere):
        return "within"
    return "unknown" if (whole and not elsewhere) or (all_of_it and not land) else "other"


def rank(place: str, ontology: Ontology) -> int:
    """How exact a place is: a town, a land, nothing."""
    return 0 if not place else 1 if _where(place, ontology)[1] else 2


def _where(place: str, ontology: Ontology) -> tuple[str, bool]:
    """The land that a place lies in (nothing if no table knows it), and whether it is all of it."""
    name = ontology.names.get(place)
    return (name.actor.id, name.kind == "name") if name else ("", False)


def _seat(place: str, ontology: Ontology) -> bool:
    return place in ontology.names and ontology.names[place].kind == "metonym"


def quantities_alike(one: Iterable[Quantity], other: Iterable[Quantity], ontology: Ontology) -> str:
    """Compare the numbers of the same things: ``fits``, ``differs``, ``far`` (many times as many), ``none`` to compare."""
    others = [(_unit(quantity), quantity.value) for quantity in other]
    ratios: dict[str, float] = {}
    for quantity in one:
        for unit, value in others:
            if unit and unit == _unit(quantity):
                few, many = sorted((quantity.value, value))
                ratio = 1.0 if few == many else many / few if few > 0 else float("inf")
                ratios[unit] = min(ratio, ratios.get(unit, ratio))
    furthest = max(ratios.values(), default=0)
    if not ratios:
        return "none"
    if furthest > ontology.identity.limit("factor"):
        return "far"
    return "fits" if furthest <= ontology.identity.limit("near") else "differs"


def _unit(quantity: Quantity) -> str:
    """The thing that is counted: the last word, singular or plural."""
    return quantity.unit.lower().split()[-1].removesuffix("s") if quantity.unit.split() else ""


def modalities_alike(one: frozenset[Modality], other: frozenset[Modality]) -> str:
    """Compare whether it happened: ``same``, ``denied`` (by one of them), ``unrealised`` (one only plans or fears it)."""
    if bool(one & REALISED) != bool(other & REALISED):
        return "unrealised"
    denied = Modality.NEGATED in one | other and (one | other) & REALISED == REALISED
    return "denied" if denied else "same"


def compared(feature: str, one: str, other: str, ontology: Ontology) -> str:
    """Compare the examples of a row of ``weights.csv``: actions and actors by identifier, "180 missiles", and so on."""
    if feature == "action":
        return actions_alike(one, other, ontology)
    if feature == "date" and one in ontology.actions:
        return "spoken" if in_words(one, ontology) else "undated"
    if feature == "date":
        return dates_alike(one, other, ontology)
    if feature == "place":
        return places_alike(one, other, ontology)
    if feature == "quantity":
        return quantities_alike([_quantity(one)], [_quantity(other)], ontology)
    if feature == "modality":
        return modalities_alike(frozenset({Modality(one)}), frozenset({Modality(other)}))
    return sides_alike(_example(one, ontology), _example(other, ontology), ontology)


def _quantity(text: str) -> Quantity:
    value, _, unit = text.partition(" ")
    return Quantity(float(value), "", unit)


def _example(id: str, ontology: Ontology) -> Actor | None:
    """An actor of the tables, or one that is called by its own words."""
    words = id.removeprefix("actor:").replace("-", " ")
    return ontology.actors.get(id, Actor(id, words, "population", listed=False)) if id else None
