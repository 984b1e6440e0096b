"""What a reader sees: voices named beside their words, on any screen, from this wiki alone."""

import pytest

from tests.browser.served import FIRST, SECOND

pytestmark = pytest.mark.xdist_group("browser")

ANYBODYS = [
    "/",
    "/w/the-count",
    "/w/the-count?voices=1",
    "/w/the-count@1",
    "/w/the-count/history",
    "/w/the-count/diff/1/2",
    "/w/the-count/voices",
    "/w/the-count/links",
    "/w/nobody-wrote-this",
    "/recent",
    "/pages",
    "/decisions",
    "/patterns",
    "/search?q=clinic",
]
FORMS = ["/sign-in", "/register", "/recover"]
MODERATORS = [
    "/new",
    "/w/the-count/edit",
    "/w/the-count/rename",
    "/w/the-count/delete",
    "/account",
    "/desk",
    "/desk/bin",
    "/desk/hide/the-count/1",
    "/desk/protect/the-count",
    "/desk/block/Ada",
    "/desk/take-back/Bo",
]
# For each passage of the story: who is named, what is said, and where both stand.
PASSAGES = """() => [...document.querySelectorAll(".story .passage")].map(passage => {
  const name = passage.previousElementSibling;
  const [a, b] = [name, passage].map(element => element.getBoundingClientRect());
  const shown = name.matches(".voice-name") && name.checkVisibility({visibilityProperty: true});
  return {name: shown && a.width > 8 && a.height > 8 ? name.innerText.trim() : "",
          said: passage.innerText, left: a.left, right: a.right, top: a.top, bottom: a.bottom,
          saidRight: b.right, saidTop: b.top, saidBottom: b.bottom};
})"""
# Contrast as WCAG 2.2 counts it, of the first element for each selector, its backgrounds painted.
CONTRASTS = """selectors => {
  const pen = Object.assign(document.createElement("canvas"), {width: 1, height: 1})
    .getContext("2d", {willReadFrequently: true});
  const paint = color => { pen.fillStyle = color; pen.fillRect(0, 0, 1, 1); };
  const light = () => [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map(byte => byte / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  return selectors.map(selector => {
    const element = document.querySelector(selector), behind = [];
    for (let at = element; at; at = at.parentElement)
      behind.push(getComputedStyle(at).backgroundColor);
    paint("white");
    behind.reverse().forEach(paint);
    const paper = light();
    paint(getComputedStyle(element).color);
    const ink = light();
    return (Math.max(paper, ink) + 0.05) / (Math.min(paper, ink) + 0.05);
  });
}"""


@pytest.mark.parametrize(("width", "media"), [(360, "screen"), (1280, "screen"), (794, "print")])
def test_every_passage_is_named_beside_its_words(visit, width, media):
    page = visit(width=width, scripts=False)
    page.emulate_media(media=media)
    page.goto("/w/the-end@2?voices=1")
    found = page.evaluate(PASSAGES)

    assert [(p["name"].rstrip(":"), p["said"]) for p in found] == [("Ada", FIRST), ("Bo", SECOND)]
    for passage in found:
        assert 0 <= passage["left"] < passage["right"] <= width
        assert passage["top"] < passage["saidBottom"]
        assert passage["bottom"] > passage["saidTop"] - 40
        assert width < 1280 or passage["left"] > passage["saidRight"]


@pytest.mark.parametrize("name", ["", "Moderator"])
def test_nothing_scrolls_sideways_at_320_pixels(visit, name):
    page = visit(name, width=320, is_mobile=True)
    wide = []
    for address in MODERATORS if name else [*ANYBODYS, *FORMS]:
        page.goto(address)
        root = "document.documentElement"
        too_much = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        wide += [(address, too_much)] if too_much > 1 else []

    assert wide == []


@pytest.mark.parametrize("name", ["", "Moderator"])
def test_no_page_breaks_its_own_security_policy(visit, name):
    page = visit(name)
    heard = []
    page.on("console", lambda said: heard.append((page.url, said.type, said.text)))
    page.on("pageerror", lambda problem: heard.append((page.url, "error", str(problem))))
    for address in MODERATORS if name else [*ANYBODYS, *FORMS]:
        page.goto(address)

    expected = "the server responded with a status of 404"  # the page that nobody wrote
    assert [line for line in heard if line[1] == "error" and expected not in line[2]] == []
    assert any(expected in line[2] for line in heard) == (name == "")


def test_an_anonymous_reader_gets_no_cookie_and_asks_no_other_host(visit, wiki):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ANYBODYS:
        page.goto(address)

    assert page.context.cookies() == []
    assert [url for url in asked if not url.startswith(f"{wiki}/")] == []
    assert len(asked) > len(ANYBODYS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_paper(visit, scheme):
    page = visit(color_scheme=scheme)
    page.goto("/w/the-count?voices=1")
    selectors = [".story p .passage", ".voice-name", ".dateline", ".article-tools a", ".quiet"]
    found = dict(zip(selectors, page.evaluate(CONTRASTS, selectors), strict=True))
    page.goto("/sign-in")
    selectors = ["main p", "label", "button.primary", ".colophon p", ".colophon a"]
    found |= dict(zip(selectors, page.evaluate(CONTRASTS, selectors), strict=True))

    assert {selector for selector, contrast in found.items() if contrast < 4.5} == set()


def test_the_slash_key_goes_to_the_search_box(visit):
    page = visit()
    page.goto("/w/the-count")
    page.keyboard.press("/")
    page.keyboard.type("clinic/nurse")

    assert page.input_value("#q") == "clinic/nurse"


def test_typed_words_are_not_left_behind_without_a_warning(visit):
    page = visit("Editor")
    page.goto("/w/the-count/edit")
    page.locator("[name=text]").press_sequentially("Not saved. ")
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.click("a.brand", no_wait_after=True)

    assert asked.value.type == "beforeunload"
    assert page.url.endswith("/w/the-count/edit")
    assert "Not saved. " in page.input_value("[name=text]")


def test_the_link_to_a_sections_form_stands_beside_its_heading(visit):
    page = visit("Editor")
    page.goto("/new")
    page.fill("[name=title]", "Three sections")
    page.fill("[name=text]", "# One\n\na\n\n# Two\n\nb\n\n# Three\n\nc\n")
    page.click("button[value=save]")
    page.locator(".story .heading", has_text="Two").locator("a", has_text="edit").click()

    assert page.input_value("[name=text]") == "# Two\n\nb\n"


def test_what_is_typed_is_kept_without_being_asked_when_the_window_goes_away(visit):
    page = visit("Editor")
    page.goto("/w/the-end/edit")
    page.locator("[name=text]").press_sequentially("Half a sent")
    with page.expect_response(lambda answer: answer.status == 204):
        page.evaluate(
            "Object.defineProperty(document, 'hidden', { value: true });"
            "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))"
        )
    page.locator("p[data-kept]", has_text="Kept at").wait_for()
    other = visit("Editor", scripts=False)
    other.goto("/w/the-end/edit")
    other.click("main .banner a")

    assert "Half a sent" in other.input_value("[name=text]")
