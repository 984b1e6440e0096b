"""What the pages may not contain: the content security policy would block it, or a person."""

import re

import pytest

from tests.architecture.project import breaches, files

TEMPLATES = files("templates", suffix=".html")
STYLES = files("static", suffix=".css")
SCRIPTS = files("static", suffix=".js")
SAFE_ALLOWED = {"templates/shared/_rendered.html"}  # the one place that prints rendered HTML

SAFE = re.compile(r"\|\s*safe\b|autoescape\s+false")
STYLE_ATTRIBUTE = re.compile(r"<[^>{]*\sstyle\s*=", re.I)
INLINE = re.compile(r"<style\b|<script\b(?![^>]*\bsrc\s*=)", re.I)
HANDLER = re.compile(r"<[^>{]*\son[a-z]+\s*=", re.I)
FOREIGN = re.compile(
    r"""(?:\b(?:src|srcset|action|poster|data)\s*=\s*["']?|<link\b[^>]*\bhref\s*=\s*["']?"""
    r"""|url\(\s*["']?|@import\s+["']?|\b(?:fetch|import)\(?\s*["'`])(?:https?:)?//""",
    re.I,
)
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|(?:left|right|top|bottom)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b)",
    re.I,
)
COMMENT = re.compile(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->", re.S)


def lines_with(pattern, text):
    """Line numbers where the pattern is found outside comments."""
    bare = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    return [bare.count("\n", 0, found.start()) + 1 for found in pattern.finditer(bare)]


def found(pattern, paths):
    return breaches(lambda text: lines_with(pattern, text), paths)


def test_html_is_printed_unescaped_in_one_place_only():
    assert {place.rpartition(":")[0] for place in found(SAFE, TEMPLATES)} <= SAFE_ALLOWED


def test_no_template_has_a_style_attribute():
    assert found(STYLE_ATTRIBUTE, TEMPLATES) == []


def test_no_template_has_an_inline_script_or_style():
    assert found(INLINE, TEMPLATES) == []


def test_no_template_has_an_event_handler_attribute():
    assert found(HANDLER, TEMPLATES) == []


def test_nothing_is_loaded_from_another_host():
    assert found(FOREIGN, TEMPLATES + STYLES + SCRIPTS) == []


def test_styles_speak_of_start_and_end_not_of_left_and_right():
    assert found(PHYSICAL, STYLES) == []


@pytest.mark.parametrize(
    ("pattern", "bad", "good"),
    [
        (SAFE, "{{ body | safe }}", "{{ safe }} |{# |safe #}"),
        (STYLE_ATTRIBUTE, '<p style="color: red">', '<p class="style">'),
        (INLINE, "<script>go()</script>", '<script src="/x.js" defer></script>'),
        (HANDLER, '<a onclick="go()">', '<a href="/on=1">'),
        (FOREIGN, '<img src="https://example.org/a.png">', '<a href="https://example.org/">'),
        (FOREIGN, "a { background: url(//example.org/a.png) }", "/* url(//example.org) */"),
        (FOREIGN, 'import "https://example.org/a.js"', 'import "./a.js"'),
        (PHYSICAL, "p { margin-left: 1rem }", "p { margin-inline-start: 1rem }"),
        (PHYSICAL, "p { text-align: right }", "p { text-align: end; overflow-x: clip }"),
    ],
)
def test_each_rule_finds_what_it_forbids_and_lets_the_rest_pass(pattern, bad, good):
    assert lines_with(pattern, f"\n{bad}") == [2]
    assert lines_with(pattern, good) == []
