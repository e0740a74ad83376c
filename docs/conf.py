"""How the documentation is built: `make docs`. Nothing in it is loaded from elsewhere."""

import tomllib
from pathlib import Path

_project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]

project = "Prakarsa"
author = "the Prakarsa contributors"
project_copyright = author
version = release = _project["version"]

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4
exclude_patterns = ["_build"]
# diagrams in mermaid are drawn where the files are read on a forge; here they stand as the text they are
suppress_warnings = ["misc.highlighting_failure"]
smartquotes = False  # options of commands begin with two dashes, not with one long one
source_suffix = {".md": "markdown"}

html_theme = "furo"
html_title = f"Prakarsa {version}"
html_favicon = "_static/mark.svg"
html_static_path = ["_static"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {"footer_icons": []}
