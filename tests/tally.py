"""The closing lines of a test run: how many tests passed on each database, what was missing."""

from collections import Counter

import pytest

from tests.databases import DATABASES

NO_MATERIAL = "shared test material is not here: set WIKI_MATERIAL to its folder"


class Tally:
    """Counts each test once, by the database it ran on, in whichever process it ran."""

    def __init__(self) -> None:
        self._outcomes: dict[str, tuple[str, str]] = {}
        self._without_material: set[str] = set()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Write each test's database on its report, so that it survives the way to the parent."""
        for item in items:
            if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
                database = item.callspec.params.get("database")
                if database in DATABASES:
                    item.user_properties.append(("database", database))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of one test is over; a failure in any phase is the test's outcome."""
        if report.skipped and NO_MATERIAL in str(report.longrepr):
            self._without_material.add(report.nodeid)
        database = dict(report.user_properties).get("database")
        if not isinstance(database, str):
            return
        known = self._outcomes.get(report.nodeid, (database, "passed"))[1]
        if report.failed or known == "failed":
            self._outcomes[report.nodeid] = (database, "failed")
        elif report.when == "call" or report.skipped:
            self._outcomes[report.nodeid] = (database, report.outcome)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the lines."""
        terminalreporter.section("databases")
        for line in self.lines():
            terminalreporter.line(line)

    def lines(self) -> list[str]:
        """For example `sqlite: 12 passed` or `postgresql: 11 passed, 1 failed`."""
        counts = Counter(self._outcomes.values())
        lines = []
        for database in DATABASES:
            rest = [
                f", {counts[database, outcome]} {outcome}"
                for outcome in ("failed", "skipped")
                if counts[database, outcome]
            ]
            lines.append(f"{database}: {counts[database, 'passed']} passed{''.join(rest)}")
        if self._without_material:
            lines.append(f"material: {len(self._without_material)} skipped, {NO_MATERIAL}")
        return lines
