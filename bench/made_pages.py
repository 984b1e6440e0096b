"""Pages made edit by edit, so that the owner of each token is known. See `made_histories`."""

import random
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field, replace

COMMON = """
    the of and to in a is that for it as was with be by on not his but at are this
"""
SYLLABLES = """
    ka ro min tel va so pur den li mar ost fi gu ban tor ne shal wick dre um
"""
ENDS = ".....?!"


@dataclass(frozen=True)
class Token:
    """A token of a page; `alt` is the other answer a copy or a mended word allows. `kind`: w for a
    word, m for markup, d in a copy, y for a mended word."""

    text: str
    origin: int
    alt: int
    kind: str = "w"


@dataclass
class Block:
    """A paragraph, a heading or an item: its mark, its sentences, and words to a line (0: all)."""

    mark: list[Token]
    sentences: list[list[Token]]
    width: int = 0


@dataclass
class Made:
    """A page in the making."""

    chance: random.Random
    blocks: list[Block] = field(default_factory=list)
    past: list[list[Block]] = field(default_factory=list)
    removed: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    rev: int = 0

    def sentence(self) -> list[Token]:
        """A new sentence of 6 to 22 words."""
        chance = self.chance
        said = []
        for at in range(chance.randrange(6, 23)):
            rare = self.words[int(len(self.words) * chance.random() ** 2.5)]
            word = chance.choice(COMMON.split()) if chance.random() < 0.45 else rare
            said.append(self.token(word.capitalize() if not at else word))
            if chance.random() < 0.06:
                said.append(self.token(","))
        return [*said, self.token(chance.choice(ENDS))]

    def token(self, word: str, kind: str = "w") -> Token:
        """A token typed now."""
        return Token(word, self.rev, self.rev, kind)

    def paragraph(self, most: int = 5) -> Block:
        """A new block: a paragraph, or an item of a list."""
        item = self.chance.random() < 0.2
        mark = [self.token("*", "m")] if item else []
        count = 1 if item else self.chance.randrange(1, most + 1)
        return Block(mark, [self.sentence() for _ in range(count)])

    def pick(self) -> Block:
        """One of the blocks."""
        return self.chance.choice(self.blocks)

    def at(self) -> int:
        """Somewhere between blocks."""
        return self.chance.randrange(len(self.blocks) + 1)


def insert_paragraph(page: Made) -> None:
    """A new block somewhere."""
    page.blocks.insert(page.at(), page.paragraph())


def insert_sentence(page: Made) -> None:
    """A new sentence in a block."""
    block = page.pick()
    block.sentences.insert(page.chance.randrange(len(block.sentences) + 1), page.sentence())


def replace_words(page: Made) -> None:
    """One to three words become others."""
    sentence = page.chance.choice(page.pick().sentences)
    for _ in range(page.chance.randrange(1, 4)):
        at = page.chance.randrange(len(sentence))
        if sentence[at].text.isalpha():
            sentence[at] = page.token(_word(page.chance))


def rewrite(page: Made) -> None:
    """An independent sentence in the place of another."""
    block = page.pick()
    block.sentences[page.chance.randrange(len(block.sentences))] = page.sentence()


def delete(page: Made) -> None:
    """A block goes."""
    if len(page.blocks) > 4:
        page.removed.append(page.blocks.pop(page.chance.randrange(len(page.blocks))))


def reintroduce(page: Made) -> None:
    """A block deleted before comes back somewhere."""
    if page.removed:
        back = page.removed.pop(page.chance.randrange(len(page.removed)))
        page.blocks.insert(page.at(), back)


def move(page: Made) -> None:
    """A block moves, half the time with an edit."""
    block = page.blocks.pop(page.chance.randrange(len(page.blocks)))
    page.blocks.insert(page.at(), block)
    if page.chance.random() < 0.5:
        block.sentences.append(page.sentence())


def move_sentence(page: Made) -> None:
    """A sentence goes to another block."""
    source, target = page.pick(), page.pick()
    if source is not target and len(source.sentences) > 1:
        sentence = source.sentences.pop(page.chance.randrange(len(source.sentences)))
        target.sentences.insert(page.chance.randrange(len(target.sentences) + 1), sentence)


def revert(page: Made) -> None:
    """An old text again, word for word."""
    page.blocks = deepcopy(page.chance.choice(page.past[-12:]))


def vandalise(page: Made) -> None:
    """Everything, or most of it, goes; sometimes something foolish stands there."""
    kept = page.chance.randrange(len(page.blocks) // 3 + 1)
    page.blocks = page.blocks[:kept] + [page.paragraph(1) for _ in range(page.chance.randrange(3))]


def repair(page: Made) -> None:
    """The text before the last large loss, with a new sentence in it."""
    sizes = [sum(len(block.sentences) for block in blocks) for blocks in page.past[-6:]]
    page.blocks = deepcopy(page.past[-6:][sizes.index(max(sizes))])
    insert_sentence(page)


def rewrap(page: Made) -> None:
    """Line ends inside a block move."""
    page.pick().width = page.chance.choice([0, 8, 11, 14])


def rebullet(page: Made) -> None:
    """A block becomes an item, or an item another kind of item."""
    block = page.pick()
    if len(block.sentences) == 1:
        block.mark = [page.token(page.chance.choice("-+*"), "m")]


def emphasise(page: Made) -> None:
    """Stars around a few words."""
    sentence = page.chance.choice(page.pick().sentences)
    at = page.chance.randrange(len(sentence) - 1)
    sentence[at:at] = [page.token("*", "m")]
    sentence.insert(min(at + page.chance.randrange(2, 4), len(sentence) - 1), page.token("*", "m"))


def split_or_merge(page: Made) -> None:
    """A paragraph becomes two, or two become one."""
    at = page.chance.randrange(len(page.blocks) - 1) if len(page.blocks) > 1 else 0
    block = page.blocks[at]
    if len(block.sentences) > 2 and not block.mark:
        page.blocks.insert(at + 1, Block([], block.sentences[2:], block.width))
        del block.sentences[2:]
    elif len(page.blocks) > at + 1 and not block.mark and not page.blocks[at + 1].mark:
        block.sentences += page.blocks.pop(at + 1).sentences


def capital(page: Made) -> None:
    """A word gets or loses its capital."""
    sentence = page.chance.choice(page.pick().sentences)
    at = page.chance.randrange(len(sentence))
    sentence[at] = replace(sentence[at], text=sentence[at].text.swapcase())


def mend(page: Made) -> None:
    """A slip inside a word is mended: the scorer's `origin` is the mender, `alt` the author."""
    sentence = page.chance.choice(page.pick().sentences)
    for at, token in enumerate(sentence):
        if len(token.text) > 6 and token.text.isalpha() and token.kind == "w":
            place = page.chance.randrange(1, len(token.text) - 2)
            mended = token.text[:place] + page.chance.choice("zq") + token.text[place + 1 :]
            sentence[at] = Token(mended, page.rev, token.origin, "y")
            return


def duplicate(page: Made) -> None:
    """A block is copied: the first author's, or the copier's."""
    block = deepcopy(page.pick())
    block.sentences = [
        [replace(token, alt=page.rev, kind="d") for token in each] for each in block.sentences
    ]
    block.mark = [replace(token, alt=page.rev) for token in block.mark]
    page.blocks.insert(page.at(), block)


EDITS: dict[Callable[[Made], None], int] = {
    insert_paragraph: 10, insert_sentence: 18, replace_words: 16, rewrite: 8, delete: 6,
    reintroduce: 5, move: 6, move_sentence: 4, revert: 5, vandalise: 4, repair: 4, rewrap: 3,
    rebullet: 2, emphasise: 3, split_or_merge: 4, capital: 2, mend: 5, duplicate: 2,
}  # fmt: skip


def make(seed: int, revisions: int) -> Iterable[tuple[str, list[Block]]]:
    """The name of each edit and the page after it."""
    chance = random.Random(seed)
    page = Made(chance, words=[_word(chance) for _ in range(500)])
    for page.rev in range(1, revisions + 1):
        name = "create"
        if page.rev == 1:
            page.blocks = [page.paragraph() for _ in range(chance.randrange(3, 15))]
        else:
            edit = insert_paragraph
            if len(page.blocks) > 1:
                edit = chance.choices(list(EDITS), list(EDITS.values()))[0]
            edit(page)
            name = edit.__name__
        page.past.append(deepcopy(page.blocks))
        yield name, page.blocks


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES.split(), k=chance.randrange(2, 5)))
