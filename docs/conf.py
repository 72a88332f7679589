"""How the documentation is built: plain pages that load nothing from outside."""

from jixiao import __version__

project = "绩效 jixiao"
author = copyright = "jixiao developers"
version = release = __version__
language = "zh_CN"
extensions = ["myst_parser"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "绩效 jixiao"
html_show_sphinx = False
