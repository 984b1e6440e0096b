"""Fenced divisions: what opens one, what stays text, and the lists that they leave room for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.rendering.fences import DEEPEST, Fence, find, opening
from wiki.rendering.live_slots import LONGEST, Slot, filled, slots
from wiki.rendering.markdown import render


@pytest.mark.parametrize(
    ("line", "fence"),
    [
        ("::: {.lessons}", Fence(("lessons",))),
        (":::: {.lessons .wide} ::::", Fence(("lessons", "wide"))),
        (
            '::: {#here .voice by=v3 mode="taken down"}',
            Fence(("voice",), (("by", "v3"), ("mode", "taken down")), "here"),
        ),
        ("::: {.lessons theme=a theme=b}", Fence(("lessons",), (("theme", "a"), ("theme", "b")))),
    ],
)
def test_a_line_of_colons_with_attributes_opens_a_fence(line: str, fence: Fence) -> None:
    assert opening(line) == fence


@pytest.mark.parametrize(
    "line",
    [":::", "::: lessons", ":: {.lessons}", "::: {lessons}", "::: {theme=a}", "::: {.a =b}"]
    + ["::: {.lessons} and more", "x ::: {.lessons}", "::: {}"],
)
def test_anything_else_opens_none(line: str) -> None:
    assert opening(line) is None


def test_a_fence_ends_at_its_own_line_of_colons() -> None:
    lines = ["::: {.lessons}", "::: {.cases}", ":::", ":::", "::: {.cases}"]

    assert [(each.first, each.last) for each in find(lines, {"lessons", "cases"})] == [
        (0, 3),
        (1, 2),
    ]


def test_an_unknown_fence_around_a_known_one_does_not_take_its_end() -> None:
    lines = ["::: {.voice}", "::: {.cases}", ":::", ":::"]

    assert [(each.first, each.last) for each in find(lines, {"cases"})] == [(1, 2)]


def test_fences_are_only_so_deep() -> None:
    lines = ["::: {.cases}"] * (DEEPEST + 2) + [":::"] * (DEEPEST + 2)

    assert len(find(lines, {"cases"})) == DEEPEST


def test_what_stands_between_the_fences_comes_before_the_slot() -> None:
    html = render(
        '::: {.lessons theme=technology root-cause="design flaw"}\nSo **far**:\n:::\n'
    ).html

    assert html.startswith('<div class="live-list">\n<p>So <strong>far</strong>:</p>')
    assert slots(html) == [
        Slot("lesson", (("theme", "technology"), ("root-cause", "design flaw")))
    ]


def test_a_fence_in_code_or_without_an_end_stays_text() -> None:
    for text in ("```\n::: {.lessons}\n:::\n```\n", "::: {.lessons}\nopen\n", "::: {.x}\n:::\n"):
        page = render(text)

        assert slots(page.html) == []
        assert ":::" in page.plain


def test_what_a_fence_asks_for_is_no_text_of_the_page() -> None:
    assert render("::: {.lessons theme=technology}\nWe know:\n:::\n").plain == "We know:"


def test_a_long_question_is_cut_at_a_whole_value() -> None:
    values = " ".join(f"country={n:04}" for n in range(35))
    (slot,) = slots(render(f"::: {{.cases {values}}}\n:::\n").html)

    assert 0 < len(slot.pairs) < LONGEST
    assert all(len(value) == 4 for _name, value in slot.pairs)


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_fence_says_nothing_but_its_slot(name: str, value: str) -> None:
    html = render(f'::: {{.lessons {name}="{value}"}}\n:::\n').html

    assert "<script" not in html.lower()
    assert len(filled(html, lambda _slot: "")) <= len(html)


def test_a_slot_typed_by_hand_never_stands_inside_a_link_or_a_paragraph() -> None:
    typed = '<div class="live-slot" data-list="lessons" data-ask=""></div>'

    for text in (f"[x{typed}](/y)\n", f"a <span>{typed}</span>\n", f"**{typed}**\n"):
        before = render(text).html.partition("<div")[0]
        for tag in ("a", "p", "span", "strong"):
            assert before.count(f"<{tag}>") + before.count(f"<{tag} ") == before.count(f"</{tag}>")


def test_thousands_of_fences_cost_no_more_than_their_length() -> None:
    import time

    def cost(times: int) -> float:
        began = time.process_time()
        render("::: {.lessons}\n\n" * times)
        return time.process_time() - began

    cost(10)
    assert cost(4_000) < 40 * max(cost(400), 0.005)
