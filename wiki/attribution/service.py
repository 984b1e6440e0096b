"""Writing attribution: at each save, during an import, and all over again."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.attribution import rows
from wiki.attribution.lines import read
from wiki.attribution.past import Past
from wiki.attribution.rules import State, advance, blank_state
from wiki.attribution.shelf import Draft, Shelf
from wiki.attribution.shelved import RECENT, ShelvedMemory
from wiki.attribution.spans import HeadForm
from wiki.attribution.version import restored
from wiki.pages.models import Revision, TextRow
from wiki.pages.storage import load_text

_NEAR = 4  # revisions that the spans may be alike to if not to those of the one before
_BATCH = 200  # revisions asked for at once when a page is rebuilt

Progress = Callable[[int, int], None]  # revisions done, revisions in all


def record(session: Session, *, page_id: int, number: int, text: str) -> None:
    """Find and keep whose words revision `number` is made of; it is the head, just appended.

    A page whose state is missing or does not fit is rebuilt. Cost: about five statements, and
    the change. The text of the revision before is usually in memory.
    """
    recorder = Recorder(session, page_id)
    try:
        recorder.record(number, text)
        recorder.flush()
    except ValueError:
        rebuild_page(session, page_id)


def rebuild_page(session: Session, page_id: int, progress: Progress | None = None) -> None:
    """Attribute all revisions of a page anew; the rows are those that its saves would make."""
    redrafting = Redrafting(session, page_id)
    redrafting.catch_up(progress)
    redrafting.write()


class Redrafting:
    """Attributes all revisions of a page anew beside the rows there are, which stay in force
    until `write`: the long part needs no lock. Whoever locks the page then catches up once more.
    """

    def __init__(self, session: Session, page_id: int) -> None:
        self._session = session
        self._page_id = page_id
        self._draft = Draft(session, page_id)
        self._recorder = Recorder(session, page_id, self._draft)
        self._done = 0

    def catch_up(self, progress: Progress | None = None) -> None:
        """Record all revisions that are not recorded yet."""
        total = self._session.scalar(
            select(func.max(Revision.number)).where(Revision.page_id == self._page_id)
        )
        while self._done < (total or 0):
            texts = self._session.execute(
                select(Revision.number, Revision.text_id, TextRow.sha256)
                .join(TextRow, TextRow.id == Revision.text_id)
                .where(Revision.page_id == self._page_id, Revision.number > self._done)
                .order_by(Revision.number)
                .limit(_BATCH)
            ).all()
            for number, text_id, sha256 in texts:
                self._recorder.record(number, load_text(self._session, text_id, sha256))
                self._done = number
                if progress is not None:
                    progress(number, total or 0)

    def write(self) -> None:
        """Put the new rows in the place of the old ones."""
        self._recorder.flush()
        self._draft.write()


def forget_page(session: Session, page_id: int) -> None:
    """Delete everything attribution holds about a page."""
    rows.delete_rows(session, page_id)


class Recorder:
    """Records the revisions of one page one after the other, its state in memory in between.

    What the next save needs is stored by `flush`, before the commit. The rows are the same as
    those of saves one by one.
    """

    def __init__(self, session: Session, page_id: int, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf(session, page_id)
        self._early: dict[int, bytes] = {}  # parts read before the memory asked for them
        self._past = Past(self._shelf)
        self._memory = ShelvedMemory(self._load)
        self._state: State | None = None
        self._last = 0  # the revision recorded last

    def record(self, number: int, text: str) -> None:
        """Record the next revision. ValueError if the state is not that of the one before."""
        texts = self._shelf.texts((number - 1, number))
        if number not in texts:
            raise ValueError(f"page {self._shelf.page_id} has no revision {number}")
        state = self._state or self._load_state(number, texts)
        if number != self._last + 1:
            raise ValueError(f"revision {number} does not follow {self._last}")
        of = texts[number]
        following = advance(state, text, number, of.first)
        if of.first is None:
            kin = [*state.aside, *range(number - 2, max(0, number - 2 - _NEAR), -1)]
            plain = following.head.plain()
            self._past.add(number, of.text_id, plain, after=texts.get(number - 1), kin=kin)
        self._state, self._last = following, number

    def flush(self) -> None:
        """Store what the save after this one needs."""
        if self._state is None:
            return
        state = self._state
        form = HeadForm(self._last, state.number, state.aside, state.head.plain())
        self._shelf.put({rows.HEAD: form.to_bytes(), **self._memory.changed()})

    def _load_state(self, number: int, texts: dict[int, rows.TextOf]) -> State:
        if number == 1:
            return blank_state(self._past, self._memory)
        parts = self._shelf.parts((rows.HEAD, RECENT))
        if rows.HEAD not in parts or number - 1 not in texts:
            raise ValueError(f"page {self._shelf.page_id} has no state for revision {number}")
        self._early = parts
        form = HeadForm.from_bytes(parts[rows.HEAD])
        before = texts[number - 1]
        self._last = form.number
        self._past.hold(before.text_id, form.plain)
        reading = read(load_text(self._shelf.session, before.text_id, before.sha256))
        head = restored(reading, form.plain)
        return State(form.first, head, self._memory, self._past, form.aside)

    def _load(self, parts: Sequence[int]) -> Mapping[int, bytes]:
        held = {part: self._early.pop(part) for part in parts if part in self._early}
        missing = [part for part in parts if part not in held]
        found = self._shelf.parts(missing) if missing else {}
        return {**held, **found}
