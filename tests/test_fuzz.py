"""What strangers hand in breaks no promise: kept seeds, and seeds that are cut, crossed and altered."""

import re

import pytest
from fuzz import SEEDS, TARGETS, seeds_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CASES = {"text": 15, "turtle": 60, "iri": 60, "rules": 40}
"""How many inputs are made for the slower targets."""
USUAL = 120
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def words_of(target: str) -> list[bytes]:
    """The words that atheris is told of too."""
    path = SEEDS.parent / "words" / f"{target}.txt"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return [re.sub(rb"\\x(..)|\\(.)", unescaped, line.strip('"').encode()) for line in lines]


def unescaped(found: re.Match[bytes]) -> bytes:
    """A byte that was written as an escape."""
    return bytes.fromhex(found[1].decode()) if found[1] else found[2]


def altered(target: str) -> st.SearchStrategy[bytes]:
    """A seed in which some stretches are cut out, and others put in: of another seed, of words, of anything."""
    seeds = seeds_of(target)
    piece = st.one_of(
        st.sampled_from(words_of(target) or [b"\n", b"\0", b",", b'"']),
        st.binary(max_size=4),
        st.text(max_size=6).map(str.encode),
        st.tuples(st.sampled_from(seeds), st.integers(0, 2000), st.integers(0, 60)).map(lambda cut: cut[0][cut[1] : cut[1] + cut[2]]),
    )
    edit = st.tuples(st.integers(0, 3000), st.integers(0, 40), piece)

    def apply(drawn: tuple[bytes, list[tuple[int, int, bytes]]]) -> bytes:
        data, edits = drawn
        for at, gone, come in edits:
            at %= len(data) + 1
            data = data[:at] + come + data[at + gone :]
        return data

    return st.tuples(st.sampled_from(seeds), st.lists(edit, max_size=6)).map(apply)


def test_every_surface_has_seeds():
    assert {path.name for path in SEEDS.iterdir()} == set(TARGETS)
    assert {path.stem for path in (SEEDS.parent / "words").iterdir()} <= set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_kept_inputs_break_no_promise(target):
    for data in (b"", *seeds_of(target)):
        TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
def test_altered_inputs_break_no_promise(target):
    @settings(max_examples=CASES.get(target, USUAL), deadline=None, derandomize=True, database=None, suppress_health_check=QUIET)
    @given(altered(target))
    def holds(data: bytes) -> None:
        TARGETS[target](data)

    holds()
