"""The starter pages can be imported as they are, hang together, and say only what they may."""

from pathlib import Path

import pytest

from tests.content.starter import (
    CONTROLLED,
    PAGES,
    SHORT_LISTS,
    TEMPLATES,
    open_page,
    values_at,
    vocabulary,
)
from wiki.rendering.markdown import render
from wiki.saving.checks import check_text, check_title
from wiki.text import front_matter
from wiki.text.slugs import slugify

every_file = pytest.mark.parametrize("path", PAGES + TEMPLATES, ids=lambda path: path.stem)
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


@every_file
def test_a_file_is_in_the_canonical_form_of_the_writer(path: Path):
    page = open_page(path)

    assert front_matter.write(page.fields, page.body) == page.source


@every_file
def test_a_file_begins_with_type_id_and_title(path: Path):
    assert list(open_page(path).fields)[:3] == ["type", "id", "title"]


@every_file
def test_every_controlled_value_is_in_its_vocabulary(path: Path):
    page = open_page(path)
    for where, name in CONTROLLED.get(page.fields["type"], {}).items():
        assert set(values_at(page.fields, where)) <= set(vocabulary(name)), where
    for where, allowed in SHORT_LISTS.get(page.fields["type"], {}).items():
        assert set(values_at(page.fields, where)) <= allowed, where


@every_page
def test_a_page_is_accepted_by_the_checks_of_a_save(path: Path):
    page = open_page(path)

    checked = check_text(page.source, max_bytes=200_000)

    assert checked.kind == page.fields["type"]
    assert (checked.language, checked.licence) == ("en", "CC-BY-4.0")
    check_title(checked.title)


@every_page
def test_the_file_name_is_the_slug(path: Path):
    assert slugify(path.stem) == path.stem


@every_page
def test_titles_summaries_and_claims_keep_their_limits(path: Path):
    fields = open_page(path).fields

    assert 0 < len(fields["title"]) <= 90
    assert len(fields.get("summary", "")) <= 280
    assert len(fields.get("claim", "")) <= 280


@every_page
def test_every_wiki_link_leads_to_a_starter_page(path: Path):
    links = set(render(open_page(path).source).links)

    assert links <= {page.stem for page in PAGES}


@every_page
def test_a_page_renders_and_keeps_no_bracket_of_a_link(path: Path):
    page = open_page(path)

    rendered = render(page.source)

    assert not rendered.failed
    if page.slug != "formatting-help":  # which shows how links are typed
        assert "[[" not in rendered.plain


@every_page
def test_a_page_has_no_exclamation_mark_and_blames_nobody(path: Path):
    text = open_page(path).source

    assert "!" not in text
    assert "blame" not in text.lower()
