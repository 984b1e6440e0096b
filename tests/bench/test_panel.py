"""The bench of the panel measures a case with voices: what it calls stays callable."""

from bench.panel import measure
from bench.workshop import Workshop


def test_the_panel_is_measured_against_the_page_it_stands_on() -> None:
    with Workshop(quick=True) as workshop:
        [found] = measure(workshop)

    assert found.key == "panel_cpu" and found.baseline is not None
    assert 0 < found.value < found.baseline
