"""Reads a drawing as a browser does, and says what may not stand in it."""

import re
from xml.etree import ElementTree


def tree(html):
    """The drawing's elements; it is well-formed, so that it is no other in any parser."""
    return ElementTree.fromstring(str(html))  # noqa: S314  # our own output


def kinds(html, name):
    """All elements of this name."""
    return list(tree(html).iter(name))


def words(html):
    """All text of the drawing, a line for each element that has some."""
    return [each.text for each in tree(html).iter() if each.text and each.text.strip()]


def assert_fit_for_the_policy(html):
    """No style, no handler, no foreign address, no identifier twice."""
    found = tree(html)
    identifiers = [each.get("id") for each in found.iter() if each.get("id")]
    assert len(identifiers) == len(set(identifiers))
    for each in found.iter():
        assert each.tag not in ("style", "script", "image")
        for name, value in each.attrib.items():
            assert name != "style" and not name.startswith("on")
            assert not re.match(r"(?:https?:)?//|javascript:", value)
