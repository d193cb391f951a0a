"""Fuzzes one target with atheris: ``PYTHONPATH=tests python -m tools.fuzz.run TARGET SECONDS [FOLDER]``.

Inputs that reach new code are kept in FOLDER, beside the seeds; an input that breaks a promise is written there as ``crash-…``.
"""

import sys
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("There is no atheris for this machine; it has wheels for Linux on x86_64.")
with atheris.instrument_imports(include=["kg"]):
    from fuzz import SEEDS, TARGETS


def main() -> None:
    """Fuzz one target for some seconds."""
    name, seconds, *rest = sys.argv[1:]
    found = Path(rest[0] if rest else f"build/fuzz/{name}")
    found.mkdir(parents=True, exist_ok=True)
    words = SEEDS.parent / "words" / f"{name}.txt"
    options = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=3000", "-max_len=6000", f"-artifact_prefix={found}/"]
    options += [f"-dict={words}"] if words.is_file() else []
    atheris.Setup([sys.argv[0], *options, str(found), str(SEEDS / name)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
