"""Every address that a template or a view asks for by name exists."""

import importlib.util
import re

import pytest

from tests.architecture.project import files, name

ASKED = re.compile(r"""url_for\(\s*["']([\w.]+)["']""")


@pytest.mark.skipif(
    importlib.util.find_spec("wiki.app") is None, reason="wiki/app.py is not written yet"
)
def test_every_endpoint_that_is_asked_for_exists(app):
    asked = [
        (name(path), endpoint)
        for path in files("templates", suffix=".html") + files("wiki", suffix=".py")
        for endpoint in ASKED.findall(path.read_text(encoding="utf-8"))
        if not endpoint.startswith(".")
    ]
    known = set(app.view_functions)

    assert [(place, endpoint) for place, endpoint in asked if endpoint not in known] == []
