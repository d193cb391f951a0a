"""Five articles and the graph they must give, compared as text.

When a change reads them otherwise, write the files again with ``python tests/refresh.py`` and read the
diff: it shows what the change does, and belongs into the same commit.
"""

import difflib
from functools import lru_cache

import pytest
from refresh import FOLDER, expected

today = lru_cache(maxsize=1)(expected)


@pytest.mark.parametrize("name", ["graph.ttl", "statements.csv"])
def test_the_five_articles_give_the_graph_expected(name):
    before = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    after = today()[name].splitlines()

    changes = list(difflib.unified_diff(before, after, "expected", "read today", lineterm="", n=0))
    assert changes == [], "\n".join(["python tests/refresh.py writes it again", *changes])
