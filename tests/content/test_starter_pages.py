"""The starter pages can be imported as they are, hang together, and say only what they may."""

from pathlib import Path

import pytest

from tests.content.starter import PAGES, TEMPLATES, open_page
from wiki.cases import rules
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
def test_every_field_is_described_and_holds_what_it_may(path: Path):
    fields = open_page(path).fields

    assert rules.unknown(fields) == []
    assert [(wrong.where, wrong.message) for wrong in rules.check(fields)] == []


@every_page
def test_nothing_is_missing_that_a_page_needs_to_be_published(path: Path):
    assert [field.name for field in rules.missing(open_page(path).fields)] == []


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
