"""Dates and messages as people read them."""

from datetime import UTC, datetime, timedelta, timezone

from flask import Flask

from wiki.errors import InvalidInput
from wiki.web.i18n import day, moment, translate_error


def test_a_moment_is_a_day_and_a_minute_in_utc_and_says_so(app: Flask) -> None:
    quarter = datetime(2026, 3, 10, 1, 5, 59, 123456, tzinfo=timezone(timedelta(hours=5.5)))

    with app.test_request_context("/"):
        shown = moment(quarter)

    assert shown == '<time datetime="2026-03-09T19:35+00:00">Mar 9, 2026, 19:35</time>'


def test_a_day_says_no_time(app: Flask) -> None:
    with app.test_request_context("/"):
        shown = day(datetime(2026, 3, 10, 1, 5, tzinfo=UTC))

    assert shown == '<time datetime="2026-03-10">March 10, 2026</time>'


def test_what_stands_in_a_message_is_not_read_as_a_message(app: Flask) -> None:
    problem = InvalidInput("name", "Not %(name)s.", {"name": "100 %(limit)s"})

    with app.test_request_context("/"):
        assert translate_error(problem) == "Not 100 %(limit)s."


def test_templates_print_our_words_as_they_are_and_escape_what_is_filled_in(app: Flask) -> None:
    printed = app.jinja_env.from_string(
        "{{ _('<b>%(name)s</b>', name=name) }} {{ _('about 5 %%') }} {{ _('No. %(n)s', n=7) }} "
        "{{ ngettext('one %(what)s', '%(num)s %(what)s', 2, what=name) }}"
    )

    with app.test_request_context("/"):
        shown = [printed.render(name="<i>") for _ in range(2)]

    assert shown == ["<b>&lt;i&gt;</b> about 5 % No. 7 2 &lt;i&gt;"] * 2
