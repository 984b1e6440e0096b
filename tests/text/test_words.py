"""What counts as somebody's words."""

import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from wiki.text.words import count_words, narrative, narrative_spans

PAGE = """---
type: case
title: Kites
---
# Heading

We *flew* kites in [the park](https://example.org/a_(b)) with [[school|the school]].[^1]

Setext heading
--------------

| who | what |
|-----|------|
| a   | b    |

```
code words
```

    indented code

<!-- a comment -->
It was `inline` good, see https://example.org/x and ![a picture](x.png) too.

[^1]: A source.
"""


def test_only_what_is_told_in_sentences_counts():
    told = narrative(PAGE)
    assert " ".join(told.split()) == (
        "We *flew* kites in [the park] with the school . It was good, see and too."
    )
    assert count_words(told) == 15


def test_words_are_counted_in_every_script():
    assert count_words("Two kites, 3 合作!") == 5


@given(st.text("ab#|-`<>![]()\n *_:", max_size=120))
def test_spans_are_in_order_apart_and_hold_what_narrative_tells(source):
    spans = narrative_spans(source)
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert narrative(source).split() == " ".join(source[i:j] for i, j in spans).split()


def test_hostile_texts_cost_no_more_than_their_length(material: Path):
    for path in (material / "material/dos/generated").glob("*.md"):
        source = path.read_bytes().decode("utf-8", "surrogatepass") * 5
        begin = time.process_time()
        narrative(source)
        assert time.process_time() - begin < 1.0, path.name
