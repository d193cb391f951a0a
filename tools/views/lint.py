"""Check the script of the network page with Biome: python -m tools.views.lint.

The files of ``kg/views/assets`` are one script once they are put together, so they are checked as one,
and a message tells the line of ``build/page.js``.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from kg.views.page import page_script

SCRIPT = Path("build") / "page.js"
RULES = ("--only=correctness", "--only=suspicious", "--skip=suspicious/noRedundantUseStrict")  # "use strict" is: this is no module


def main() -> int:
    """Write the script and check it; 0 if nothing is wrong."""
    SCRIPT.parent.mkdir(exist_ok=True)
    SCRIPT.write_text(page_script(), encoding="utf-8", newline="\n")
    biome = shutil.which("biome", path=str(Path(sys.executable).parent)) or shutil.which("biome")
    if not biome:
        print("Biome is not here (it comes for Linux on x86-64), so the page's script is not checked.", file=sys.stderr)
        return int("CI" in os.environ)
    # From its own folder and with no ignore file, since git ignores what is built.
    return subprocess.run([biome, "lint", "--error-on-warnings", "--vcs-enabled=false", *RULES, SCRIPT.name], cwd=SCRIPT.parent).returncode


if __name__ == "__main__":
    sys.exit(main())
