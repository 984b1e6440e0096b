"""What our Python may not say. ruff finds some of this too; here no `noqa` can silence it."""

import ast
import re

import pytest

from tests.architecture.project import ROOT, breaches, files, name, texts

WIKI = files("wiki", suffix=".py")
CODE = files("wiki", "tests", "bench", suffix=".py")
TESTS = files("tests", suffix=".py")
# views, commands, workers; and an index that is a store of its own, written in its own time
EDGES = ("views.py", "commands.py", "app.py", "cli.py", "work.py", "db.py", "postgres_index.py")
BUSINESS = ("models.py", "rules.py", "queries.py", "service.py", "policy.py")
JOURNEYS = {"reading", "editing", "desk", "web", "api", "operations"}  # packages of the edge
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "random", "telnetlib", "xmlrpc"}
FLASK = {"flask", "flask_login", "flask_wtf", "flask_babel", "werkzeug", "jinja2", "wtforms"}
# In pieces, so that this file does not contain what it forbids.
FOREIGN_WORDS = re.compile(
    "|".join(
        ("/wor" + "k/(?:main|shared)", "py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.org")
    )
)
SILENCED = re.compile(r"#\s*(?:noqa(?:: [A-Z0-9, ]+)?|type: ignore(?:\[[\w, -]+\])?)(.*)$", re.M)


def calls(source):
    """Line, dotted name and node of each call."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func), node


def imported(source):
    """Line and top-level name of each imported module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.partition(".")[0]


def glued_sql(source):
    """text(...) of anything but constant strings."""
    return [
        line
        for line, called, node in calls(source)
        if called in ("text", "sa.text", "sqlalchemy.text") and node.args
        if not isinstance(node.args[0], ast.Constant)
    ]


def shells(source):
    return [
        line
        for line, called, node in calls(source)
        if called in ("os.system", "os.popen", "eval", "exec", "render_template_string")
        or any(word.arg == "shell" for word in node.keywords)
    ]


def unsafe_imports(source):
    return [line for line, module in imported(source) if module in UNSAFE_MODULES]


def yaml_loads(source):
    """yaml.load without a loader of ours, and the loaders that build objects."""
    unsafe = ("yaml.unsafe_load", "yaml.full_load", "yaml.load_all", "yaml.full_load_all")
    return [
        line
        for line, called, node in calls(source)
        if called in unsafe
        or (called == "yaml.load" and not any(word.arg == "Loader" for word in node.keywords))
    ]


def clocks(source):
    return [
        line
        for line, called, _ in calls(source)
        if called in ("datetime.now", "datetime.utcnow", "time.time", "date.today")
    ]


def commits(source):
    return [line for line, called, _ in calls(source) if called.endswith("session.commit")]


def flask_imports(source):
    return [line for line, module in imported(source) if module in FLASK]


def mocks_and_sleeps(source):
    mocks = [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom | ast.Import) and "mock" in ast.unparse(node)
    ]
    return mocks + [line for line, called, _ in calls(source) if called.endswith("time.sleep")]


def unexplained(source):
    """Silenced warnings without a reason of two words at least."""
    return [
        source.count("\n", 0, found.start()) + 1
        for found in SILENCED.finditer(source)
        if len(re.findall(r"\w+", found.group(1))) < 2
    ]


def foreign_words(source):
    return [source.count("\n", 0, found.start()) + 1 for found in FOREIGN_WORDS.finditer(source)]


def test_sql_is_never_put_together_from_strings():
    assert breaches(glued_sql, WIKI) == []


def test_no_shell_and_no_evaluation():
    assert breaches(shells, WIKI) == []


def test_nothing_is_unpickled_and_chance_comes_from_secrets():
    assert breaches(unsafe_imports, WIKI) == []


def test_yaml_is_read_with_a_loader_of_our_own():
    assert breaches(yaml_loads, WIKI) == []


def test_business_code_reads_no_clock():
    assert breaches(clocks, [path for path in WIKI if path.name in BUSINESS]) == []


def test_only_the_edges_commit():
    inside = [path for path in WIKI if path.name not in EDGES and not JOURNEYS & set(path.parts)]

    assert breaches(commits, inside) == []


def test_only_views_and_the_glue_import_flask():
    inside = [
        path
        for path in WIKI
        if path.name not in ("views.py", "app.py", "cli.py") and not JOURNEYS & set(path.parts)
    ]

    assert breaches(flask_imports, inside) == []


def test_tests_neither_mock_nor_sleep():
    tests = [path for path in TESTS if path.name.startswith("test_") or path.name == "conftest.py"]

    assert breaches(mocks_and_sleeps, tests) == []


def test_the_name_of_every_test_is_a_sentence():
    short = [
        f"{name(path)}: {node.name}"
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and node.name.count("_") < 3
    ]

    assert short == []


def test_every_silenced_warning_says_why():
    assert breaches(unexplained, CODE) == []


def test_the_project_names_no_machine_and_no_registry():
    assert breaches(foreign_words, list(texts())) == []


def test_every_setting_has_its_line_in_the_operations_manual():
    manual = ROOT / "docs" / "operations.md"
    if not manual.is_file():
        pytest.skip("docs/operations.md is not written yet")
    from dataclasses import fields

    from wiki.settings import Settings

    said = manual.read_text(encoding="utf-8")
    settings = [f"WIKI_{field.name.upper()}" for field in fields(Settings)]

    assert [setting for setting in settings if setting not in said] == []


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        (glued_sql, "text(f'SELECT {x}')", "text('SELECT :x')"),
        (glued_sql, "text('SELECT ' + x)", "page.text(x)"),
        (shells, "run('ls', shell=True)", "run(['ls'])"),
        (unsafe_imports, "from pickle import loads", "from secrets import token_bytes"),
        (yaml_loads, "yaml.load(x)", "yaml.load(x, Loader=OnlyStrings)"),
        (clocks, "datetime.now(UTC)", "datetime(2026, 1, 1)"),
        (commits, "session.commit()", "session.flush()"),
        (flask_imports, "from flask import g", "from wiki import flask_free"),
        (mocks_and_sleeps, "from unittest.mock import patch", "import unittest"),
        (mocks_and_sleeps, "time.sleep(1)", "time.monotonic()"),
        (unexplained, "x = 1  # no" + "qa: E501", "x = 1  # no" + "qa: E501 - one long word"),
        (foreign_words, "see py" + "pi.org", "see the package index"),
    ],
)
def test_each_rule_finds_what_it_forbids_and_lets_the_rest_pass(rule, bad, good):
    assert rule(f"\n{bad}\n") == [2]
    assert rule(good) == []
