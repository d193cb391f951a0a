"""Prints the versions that this installation has of what kg and its development need, one a line: ``name==version``.

python -m tools.supply.lock > constraints.txt
"""

import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def locked(requirements: list[str]) -> dict[str, str]:
    """The version of everything that is required, directly or not, by canonical name."""
    found: dict[str, str] = {}
    waiting = list(needed(requirements, ""))
    seen: set[tuple[str, str]] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        try:
            there = distribution(one[0])
        except PackageNotFoundError:
            continue  # needed on another system only
        found[canonicalize_name(one[0])] = there.version
        waiting += needed(there.requires or [], one[1])
    return dict(sorted(found.items()))


def needed(requirements: list[str], extra: str) -> Iterator[tuple[str, str]]:
    """The requirements that hold here, each with its own extras."""
    for requirement in map(Requirement, requirements):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            for wanted in requirement.extras or {""}:
                yield requirement.name, wanted


if __name__ == "__main__":
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    print("\n".join(f"{name}=={version}" for name, version in locked(wanted).items()))
