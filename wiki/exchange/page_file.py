"""One page as a file to take away: its text, and whose words it is made of."""

import json
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy.orm import Session

from wiki.pages.licences import licence_of
from wiki.pages.queries import readable_page
from wiki.pages.revisions import revision_view
from wiki.pages.storage import load_text
from wiki.pageview.provenance import provenance
from wiki.policy import Viewer
from wiki.voices.leaving import leaving, voice_lines
from wiki.voices.queries import voices_of

EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a ZIP file can say at least; its times are nobody's
HELD = (
    "\nLines with mode=held_back stand for passages whose speakers did not agree that their\n"
    "words leave the wiki. Leave these lines in: where the file is brought in over the same\n"
    "page, the words come back.\n"
)


def page_file(
    session: Session, slug: str, number: int | None, viewer: Viewer, *, now: datetime
) -> bytes:
    """A ZIP with `SLUG.md` (the Markdown, byte for byte, but for passages that may not leave),
    `attribution.json` (as the API gives it), `voices.jsonl` where passages are somebody's account,
    and `README.txt`; the same bytes for the same revision while its names and consents stay the
    same. `wiki import` takes it.

    PageNotFound, PageGone, RevisionNotFound (also where the text is hidden). Cost: that of
    `provenance`.
    """
    told = provenance(session, slug, number, viewer, now=now)
    page = readable_page(session, slug, viewer)
    view = revision_view(session, page, told["revision"]["number"], viewer)
    licence = licence_of(page.licence)
    about = (
        f"{page.title}\nRevision {view.number}. Shared under {licence.name}.\n\n"
        f"{page.slug}.md is the text. attribution.json says for each stretch of it which\n"
        "revision first had it, whose revision that is, and who set each field.\n"
        "voices.jsonl, if it is here, says who speaks in the passages that are marked.\n"
        "Please keep them together.\n"
    )
    source = load_text(session, view.text_id, view.sha256)
    spoken, held = "", False
    if ".voice" in source:
        voices = voices_of(session, page.id)
        going = leaving(source, voices, page.language, now)
        source, held = going.text, bool(going.held)
        spoken = voice_lines(source, voices, now)
    about += HELD if held else ""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        for name, text in (
            (f"{page.slug.replace('/', '-')}.md", source),
            ("attribution.json", json.dumps(told, ensure_ascii=False, indent=1)),
            ("voices.jsonl", spoken),
            ("README.txt", about),
        ):
            if not text and name == "voices.jsonl":
                continue
            packed.writestr(ZipInfo(name, EARLIEST), text.encode(), ZIP_DEFLATED)
    return made.getvalue()
