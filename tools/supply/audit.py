"""Compares locked versions with known vulnerabilities, offline: from files of advisories in the OSV format.

    python -m tools.supply.audit constraints.txt advisories/*.json

A file holds one advisory or a list of them. Prints the affected packages, tab-separated, and exits with 1 if there are any.
Advisories come from wherever one has them, such as the archive of PyPI that osv.dev offers; nothing is fetched here.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version


def read_locked(text: str) -> dict[str, str]:
    """Versions by canonical name, of lines ``name==version``."""
    pairs = (line.split("#")[0].strip().partition("==") for line in text.splitlines())
    return {canonicalize_name(name): version.split(";")[0].strip() for name, _, version in pairs if version}


def affected(locked: Mapping[str, str], advisories: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    """Name, version, advisory and its summary for each locked version that an advisory speaks of and that was not withdrawn."""
    for advisory in advisories:
        if advisory.get("withdrawn"):
            continue
        for one in advisory.get("affected", []):
            package = one.get("package", {})
            name = canonicalize_name(package.get("name", ""))
            if package.get("ecosystem") == "PyPI" and name in locked and speaks_of(one, locked[name]):
                yield name, locked[name], advisory["id"], " ".join(advisory.get("summary", "").split())


def speaks_of(one: Mapping[str, Any], version: str) -> bool:
    """Tell whether a version is listed, or lies in a range: from ``introduced`` on, before ``fixed``, up to ``last_affected``."""
    return version in one.get("versions", []) or any(
        within(found["events"], Version(version)) for found in one.get("ranges", []) if found.get("type") == "ECOSYSTEM"
    )


def within(events: Iterable[Mapping[str, str]], version: Version) -> bool:
    """Follow the events of a range up to a version."""
    inside = False
    for event in sorted(events, key=lambda event: at(next(iter(event.values())))):
        kind, when = next(iter(event.items()))
        if kind == "introduced" and version >= at(when):
            inside = True
        elif (kind == "fixed" and version >= at(when)) or (kind == "last_affected" and version > at(when)):
            inside = False
    return inside


def at(version: str) -> Version:
    """A version of an event; what is none comes first."""
    try:
        return Version(version)
    except InvalidVersion:
        return Version("0")


def read_advisories(paths: Iterable[Path]) -> Iterator[Mapping[str, Any]]:
    """Every advisory in some files."""
    for path in paths:
        found = json.loads(path.read_text(encoding="utf-8"))
        yield from found if isinstance(found, list) else [found]


if __name__ == "__main__":
    lock, *files = map(Path, sys.argv[1:])
    hits = sorted(set(affected(read_locked(lock.read_text(encoding="utf-8")), read_advisories(files))))
    print("\n".join("\t".join(hit) for hit in hits) or f"none of {len(files)} files speaks of a locked version")
    sys.exit(1 if hits else 0)
