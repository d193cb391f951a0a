"""How the documentation site is made: ``make docs``, or ``python -m tools.docs.site``.

The source folder is the repository, so that a link from page to page is true on disk as well as on the site.
Nothing in a page is fetched from elsewhere, and every warning is an error.
"""

from importlib.metadata import version as installed

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

project = "kg"
author = "The kg contributors"
version = release = installed("actor-kg")

extensions = ["myst_parser", "sphinx.ext.autodoc"]
root_doc = "docs/index"
include_patterns = [
    "docs/**.md",
    "*[GY].md",  # the changelog, how to contribute, security
    "ontology/README.md",
    "corpus/README.md",
    "tools/parser/README.md",
    "tools/scoring/README.md",
    "kg/parser/LICENSE.md",
]
exclude_patterns = [".*", "build", "out", "tests"]

myst_heading_anchors = 4
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_class_signature = "separated"
maximum_signature_line_length = 100

html_theme = "furo"
html_title = f"kg {version}"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_use_index = False
html_show_search_summary = False  # it fetches pages, which a browser refuses where the site is opened from disk


def setup(app: Sphinx) -> None:
    """Show tables as they stand: Pygments knows no CSV."""
    app.add_lexer("csv", TextLexer)
