"""Tells what kind of actor has a name that no table lists: from words in it, its title, and what the parser takes it for."""

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.mentions.bodies import slug
from kg.model import Actor, Token
from kg.ontology import NameWord, Role

LINKS = frozenset(("of", "for", "de", "in", "at"))
TAKEN_FOR = {"person": "person", "place": "place"}


def named_actor(label: str, tokens: Sequence[Token], role: Role | None, name_words: Mapping[str, NameWord]) -> Actor:
    """Make the actor of an unlisted name; ``role`` is that of the title beside it.

    A word in the name tells most ("Desert Brigade"), unless the parser takes it for a person's ("David Steel").
    A title names a person ("commander Foo"), unless the parser takes the name for an organisation: then it is of
    the kind that the word beside it means ("rebel group Foo").
    """
    taken = _taken_for(tokens)
    word = telling_word(label, name_words) if taken != "person" else None
    if word and word.type:
        kind, code = word.type, f"---{word.code}" if word.code else ""
    elif role:
        kind, code = role.type if taken == "organisation" else "person", f"---{role.code}" if role.code else ""
    else:
        kind, code = TAKEN_FOR.get(taken, "organisation"), ""
    return Actor(f"actor:{slug(label)}", label, kind, code, listed=False)


def telling_word(label: str, name_words: Mapping[str, NameWord]) -> NameWord | None:
    """The word of a name that tells its kind: the last known one before "of" or the like, else the last of all.

    "Bank of the Northern Army" is a bank.
    """
    words = [word.strip(".,'’").lower() for word in label.split()]
    link = next((place for place, word in enumerate(words) if word in LINKS), len(words))
    return _last_known(words[:link], name_words) or _last_known(words[link:], name_words)


def _last_known(words: Sequence[str], name_words: Mapping[str, NameWord]) -> NameWord | None:
    """The last word that is known, together with the one before it if that tells more: "Liberation Army"."""
    for place in range(len(words) - 1, -1, -1):
        known = name_words.get(" ".join(words[max(place - 1, 0) : place + 1])) or name_words.get(words[place])
        if known:
            return known
    return None


def _taken_for(tokens: Sequence[Token]) -> str:
    """What most words of a name are marked as: person, organisation, place, other or nothing."""
    kinds = Counter(token.name[2:] for token in tokens if token.name)
    return kinds.most_common(1)[0][0] if kinds else ""
