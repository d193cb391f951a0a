"""What all tables together read in every example, compared with what is on record.

A row's own example tells that the row reads what it says; this tells that nothing else changes unseen: another action, a row that
goes, one that is read in the place of another. ``kg check --fix`` writes ``readings.csv`` again, and its diff shows what a change does.
"""

from pathlib import Path

from kg.check import examples_of, readings
from kg.ontology import read_ontology
from kg.recorded import read_parses, read_readings, record_readings

HERE = Path(__file__).parent


def test_every_example_is_read_as_it_is_on_record():
    ontology, parses = read_ontology(), read_parses(HERE / "parses.conllu")
    read, recorded = readings(ontology, parses.__getitem__, examples_of(ontology)), read_readings(HERE / "readings.csv")

    def told(of: dict[str, tuple[str, ...]], example: str) -> str:
        return "; ".join(of[example]) if example in of else "no example"

    different = [example for example in sorted(read.keys() | recorded.keys()) if read.get(example) != recorded.get(example)]
    changes = [f"{one}\n    on record: {told(recorded, one)}\n    read now: {told(read, one)}" for one in different]
    assert changes == [], "\n".join(["kg check --fix writes it again", *changes])


def test_readings_come_back_as_they_were_recorded(tmp_path):
    said = {
        "A met B.": ("action:meet asserted A > B",),
        'Said "no", a; b.': (),
        "A hit B, C.": ("action:a asserted A > B", "action:a asserted A > C"),
    }

    assert record_readings(said, tmp_path / "readings.csv") == 3
    assert read_readings(tmp_path / "readings.csv") == said
    assert record_readings({**said, "A met B.": ()}, tmp_path / "readings.csv") == 1
