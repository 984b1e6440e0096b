"""The parser asks its patterns only where they can match, and nothing else changes."""

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from wiki.rendering.dialect import WaitForSigns, extensions, parser
from wiki.rendering.waiting import BLOCK_SIGNS, FIRST_SIGNS, Waiting


def test_every_pattern_of_the_parser_waits_for_a_sign_it_cannot_do_without():
    md = parser()

    assert len(md.inlinePatterns) == len(FIRST_SIGNS)
    assert all(name in md.inlinePatterns for name in FIRST_SIGNS)


def test_blocks_that_wait_are_blocks_of_the_parser():
    md = parser()

    for name, (expression, *_) in BLOCK_SIGNS.items():
        assert isinstance(getattr(md.parser.blockprocessors[name], expression), Waiting)


@given(st.text(alphabet="ab *_[]()<>&!`\\\n:/#;@x=-|", max_size=60))
def test_waiting_for_signs_changes_no_page(source):
    always = [each for each in extensions() if not isinstance(each, WaitForSigns)]

    assert parser().convert(source) == Markdown(extensions=always, output_format="html").convert(
        source
    )
