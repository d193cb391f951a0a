"""Who is meant, as people coded it: shares that must not sink. What was measured stands in docs/reading.md."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.build import actors_in, knowledge_of
from kg.cli import main

GOLD = Path(__file__).parents[2] / "shared" / "gold"
needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold sentences are not beside the repository")


def lines(name):
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def code_of(row):
    """The code of a phrase, as of its day if that is told in full."""
    day = row["date"] if row["date"] and row["date"][:4].isdigit() and len(row["date"]) == 10 else ""
    return next((found["actor_code"] for found in actors_in(row["text"].strip(), day)), "")


def same_land(code, land):
    return land == ("" if code.startswith("---") else code[:3]) or (code.startswith("IGO") and code[3:].startswith(land or "?"))


def same_role(code, wanted):
    role = code[6:9] if code.startswith("IGO") else code[3:6]
    return role in wanted


@needs_gold
def test_phrases_have_the_country_and_the_role_that_people_gave_them():
    rows = [(code_of(row), row["expect"]) for row in lines("ngec_actors.jsonl")]
    lands = [same_land(code, expect["country"]) for code, expect in rows if "country" in expect]
    roles = [same_role(code, {expect["code_1"], expect.get("code_2", expect["code_1"])}) for code, expect in rows if "code_1" in expect]

    assert sum(lands) / len(lands) >= 0.92
    assert sum(roles) / len(roles) >= 0.75


@needs_gold
def test_an_imported_dictionary_gives_actors_its_codes(tmp_path):
    files = [str(GOLD / "petr_validate" / f"PETR.Validate.{name}.txt") for name in ("actors", "agents")]
    CliRunner().invoke(main, ["import", "actors", *files, "--format", "phoenix", "--to", str(tmp_path)])
    assert "actor:gondor" in knowledge_of(tmp_path).actors
    told = []
    for row in lines("petr_unit.jsonl"):
        wanted = {side["code"] for event in row["events"] for part in ("source", "target") for side in event[part] if side["code"]}
        found = {one["actor_code"] for one in actors_in(row["text"], row["date"], ontology=tmp_path)} if wanted else set()
        told += [code in found for code in wanted]

    assert sum(told) / len(told) >= 0.87
