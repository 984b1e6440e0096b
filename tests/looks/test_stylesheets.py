"""Rules of the style sheets that can be read from their source."""

import gzip
import math
import re
from pathlib import Path

import pytest

from wiki.paths import resource
from wiki.web.assets import read_bundles, small_css

STATIC = resource("static")
TEMPLATES = resource("templates")
FIRST_VIEW = 4_608  # bytes of read.css, gzipped: what lets a page of 1,500 words fit in 14,336
TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3

LIGHT_DARK = re.compile(r"--([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)")


def component_files() -> list[Path]:
    return sorted((STATIC / "css").glob("*.css"))


def bundle(name: str) -> str:
    files = read_bundles(STATIC)[name]
    return small_css("\n".join((STATIC / file).read_text(encoding="utf-8") for file in files))


def luminance(oklch: str) -> float:
    """Relative luminance (WCAG) of an `oklch()` value; matrices by Ottosson, "Oklab", 2020."""
    lightness, chroma, hue = (float(part.rstrip("%")) for part in oklch.split())
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    lightness /= 100
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, part)) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def hues() -> dict[str, tuple[str, str]]:
    tokens = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
    return {name: (light, dark) for name, light, dark in LIGHT_DARK.findall(tokens)}


def test_every_style_sheet_is_in_exactly_one_bundle():
    bundled = sorted(Path(f).name for files in read_bundles(STATIC).values() for f in files)

    assert bundled == [path.name for path in component_files()]


def test_the_style_sheet_of_every_page_leaves_room_for_the_text_in_the_first_view():
    assert len(gzip.compress(bundle("css/read.css").encode(), 9)) <= FIRST_VIEW


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "tint"])
@pytest.mark.parametrize(
    "name",
    ["ink", "soft", "accent", "warn", "danger", *(f"voice-{n}" for n in range(1, 9))],
)
def test_every_colour_of_text_can_be_read_on_every_ground(name, ground, scheme):
    assert contrast(hues()[name][scheme], hues()[ground][scheme]) >= TEXT_CONTRAST


def test_the_eight_voices_have_equal_weight():
    voices = [hues()[f"voice-{n}"] for n in range(1, 9)]

    for scheme in (0, 1):
        assert len({tuple(voice[scheme].split()[:2]) for voice in voices}) == 1
        assert len({voice[scheme].split()[2] for voice in voices}) == 8


def test_colours_stand_in_the_tokens_and_are_only_named_elsewhere():
    values = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|oklab)\(")
    found = [
        path.name
        for path in component_files()
        if path.name != "tokens.css" and values.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_every_template_begins_with_what_it_needs():
    found = [path for path in TEMPLATES.rglob("*.html") if not path.read_text().startswith("{#")]

    assert found == []
