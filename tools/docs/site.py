"""Builds the documentation site, to be opened from disk or put on any web server: ``python -m tools.docs.site [FOLDER]``.

Sphinx writes the pages, pyLODE the one of classes and properties. A warning is an error, and nothing needs a network.
"""

import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parents[2]
FOLDER = HOME / "build" / "site"
START = "docs/index.html"
TERMS = "docs/reference/terms.html"
STRICTLY = ("--fail-on-warning", "--keep-going", "--quiet", "--fresh-env")
MOVED = f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>kg</title><meta http-equiv="refresh" content="0; url={START}"></head>
<body><p><a href="{START}">The documentation of kg</a></p></body>
</html>
"""


def build(folder: Path = FOLDER) -> None:
    """Write the site. Raises CalledProcessError if a tool finds anything to complain about."""
    run("sphinx", *STRICTLY, "--builder", "html", "--conf-dir", "docs", ".", str(folder))
    run("pylode", "ontology/kg.ttl", "--sort", "--outputfile", str(folder / TERMS))
    (folder / "index.html").write_text(MOVED, encoding="utf-8", newline="\n")


def run(module: str, *arguments: str) -> None:
    """Run a tool of this Python; what it says is shown only if it fails."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=HOME, capture_output=True, text=True)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
    done.check_returncode()


if __name__ == "__main__":
    folder = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else FOLDER
    build(folder)
    print(folder / "index.html")
