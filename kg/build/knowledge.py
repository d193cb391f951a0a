"""With what articles are read: the tables, and the articles found under the paths given."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from kg.documents import Boilerplate, Intake, read_boilerplate, read_documents
from kg.model import DataError, Document, Problem
from kg.ontology import Ontology, read_ontology, table_files
from kg.store import Question, nearest_questions

Knowledge = Path | str | Sequence[Path | str] | None


def knowledge_of(ontology: Knowledge) -> Ontology:
    """Read our ontology with the folders given over it; one that holds an ``actions.ttl`` takes its place. Raises DataError."""
    given = [ontology] if isinstance(ontology, str | Path) else ontology or ()
    folders = [Path(folder) for folder in given]
    whole = [folder for folder in folders if (folder / "actions.ttl").is_file()]
    if len(whole) > 1:
        raise DataError(f"{whole[1]}: a second ontology with its own actions.ttl, beside {whole[0]}.\nGive one, and tables to lie over it.")
    return read_ontology(whole[-1] if whole else None, [folder for folder in folders if folder not in whole])


def read_articles(roots: Sequence[Path], ontology: Ontology, intake: Intake | None = None) -> Iterator[Document | Problem]:
    """Read articles; problems name the paths as they were given, without the folders above them."""
    for item in read_documents(roots, boilerplate_of(ontology), intake or Intake()):
        yield told(item, roots) if isinstance(item, Problem) else item


def boilerplate_of(ontology: Ontology) -> list[Boilerplate]:
    """What is no part of an article. Raises DataError."""
    return read_boilerplate(ontology.folder / "mappings" / "boilerplate.csv")


def told(problem: Problem, roots: Sequence[Path]) -> Problem:
    """The same problem with the paths as they were given, without the folders above them."""
    return Problem(_relative(problem.where, roots), _relative(problem.reason, roots), problem.withdraws)


def read_question(question: str, folder: Path) -> str:
    """Find the text of a question: SPARQL itself, a file of it, or the name of one in ``folder``."""
    if any(mark in question for mark in "{?\n<") or question.upper().split(maxsplit=1)[:1] == ["DESCRIBE"]:
        return question
    named = folder / f"{question}.rq"
    path = named if named.is_file() else Path(question)
    if not path.is_file():
        meanings = {file.stem: Question(file.read_text(encoding="utf-8", errors="replace")).meaning for file in sorted(folder.glob("*.rq"))}
        if path.suffix or path.name != question:
            plain = f"kg query {path.stem} asks our question of that name" if path.stem in meanings else "kg query --list shows ours"
            raise DataError(f"{question}: there is no such file.\nName a file of SPARQL or a question; {plain}.")
        near = nearest_questions(question, meanings) or meanings
        raise DataError(
            f"{question!r} is neither a question nor a file nor SPARQL.\nQuestions: {', '.join(near)}; kg query --list shows all."
        )
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: no text in UTF-8 ({error.reason}).\nGive a file of SPARQL.") from error


def meant_by(name: str, ontology: Ontology) -> str:
    """Whom a name means by the tables, as a CURIE; empty if nobody, or a place. A seat of government means the state."""
    known = ontology.names.get(name) or next((one for other, one in ontology.names.items() if other.casefold() == name.casefold()), None)
    return known.actor.id if known and known.kind != "place" else ""


def checksums_of(ontology: Ontology) -> dict[str, str]:
    """The SHA-256 of every hand-written file, by names without the machine's folders."""
    ours = sorted(path for path in ontology.folder.rglob("*") if path.suffix in (".ttl", ".csv", ".rq"))
    read = {path.relative_to(ontology.folder).as_posix(): path for path in ours}
    for number, layer in enumerate(ontology.layers, start=1):
        read |= {f"layer {number}: {path.name}": path for path in table_files(layer)}
    return {name: checksum(path) for name, path in read.items()}


def refuse_other_tables(noted: Mapping[str, str], ontology: Ontology, where: Path) -> None:
    """Go on with a graph only with the tables it was built with. Raises DataError that names those that differ."""
    now = checksums_of(ontology)
    other = sorted(name for name in {*noted, *now} if noted.get(name) != now.get(name))
    if not other:
        return
    before, given = (len({name.partition(":")[0] for name in names if name.startswith("layer ")}) for names in (noted, now))
    if before != given:
        raise DataError(
            f"{where}: the graph was built with {before} folders of tables over ours, and {given} are given.\n"
            "Name the same ones with --ontology."
        )
    raise DataError(f"{where}: tables have changed since ({', '.join(other)}).\nBuild the graph again: kg build PATH… --out {where}")


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


def _relative(text: str, roots: Iterable[Path]) -> str:
    """Shorten the paths given to their last part, so that no output names the machine's folders."""
    for root in sorted(roots, key=lambda path: -len(str(path))):
        text = text.replace(str(root), root.name) if root.name else text
    return text
