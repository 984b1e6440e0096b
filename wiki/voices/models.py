"""Tables of voices. Truth, and private: what a reader may know of them `privacy.py` decides.

A voice belongs to one page; nothing in it joins it to a voice of another page but `user_id`, which
leaves the database only as an answer to the person's own question.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wiki.db import Base, JsonType, Key, Moment, new_public_id


class Voice(Base):
    """A person or group as one page shows them.

    key: how the text names it (`by=v3`), never used again on the page. display_kind: name, role,
    pseudonym. user_id None: somebody without an account, whose words another person took down.
    """

    __tablename__ = "voice"
    __table_args__ = (UniqueConstraint("page_id", "key"),)

    id: Mapped[Key]
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    key: Mapped[str] = mapped_column(String(12))
    display_kind: Mapped[str] = mapped_column(String(10))
    display: Mapped[str] = mapped_column(String(80), default="")  # "" for a role
    position: Mapped[str] = mapped_column(String(40))
    position_public: Mapped[bool] = mapped_column(default=True)
    capacity: Mapped[str] = mapped_column(String(40))
    partner_key: Mapped[str | None] = mapped_column(String(100))  # as in the front matter
    language: Mapped[str] = mapped_column(String(20))
    standpoint: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    made_at: Mapped[Moment]  # shown to the day, if at all
    let_in: Mapped[bool] = mapped_column(default=False)  # may read the partners' room
    withdrawn_at: Mapped[datetime | None]


class Consent(Base):
    """What a speaker agreed to; the newest of a voice counts. What is not in `scopes` is a no.

    how: written, spoken, witnessed, collective. receipt: SHA-256 of the code with which the
    speaker takes it back without an account.
    """

    __tablename__ = "consent"
    id: Mapped[Key]
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), index=True)
    how: Mapped[str] = mapped_column(String(12))
    explained_in: Mapped[str] = mapped_column(String(20))
    scopes: Mapped[Any] = mapped_column(JsonType)  # values of consent_scope
    read_back: Mapped[str] = mapped_column(String(8), default="unknown")  # values of answer
    saw_final: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(400), default="")  # witness, mandate; never shown
    given_at: Mapped[Moment]
    ask_again_at: Mapped[datetime | None]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    receipt: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    withdrawn_at: Mapped[datetime | None]


class PartnerAnswer(Base):
    """What a page knows of a partner beside its words: why it is silent, how it was asked, what it
    answers to the page. One row a partner; shown to all, so that silence is read neither as assent
    nor as guilt.

    silence: a value of silence_reason; asked: [[day, how], …]; reply: a value of reply_state;
    stands_behind False: "we do not stand behind this page". answer_id: the answer that the reply
    is from; None: an editor wrote it down. round_id: the newest round in which it was asked.
    rated: how it rates the outcomes itself, as `rating` packs it, {} if it does not; rated_by: the
    answer in which it does.
    """

    __tablename__ = "partner_answer"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    partner_key: Mapped[str] = mapped_column(String(100), primary_key=True)
    silence: Mapped[str] = mapped_column(String(40), default="not_yet_asked")
    asked: Mapped[Any] = mapped_column(JsonType)
    reply: Mapped[str] = mapped_column(String(40), default="not_offered")
    words: Mapped[str] = mapped_column(Text, default="")
    stands_behind: Mapped[bool] = mapped_column(default=True)
    replied_at: Mapped[datetime | None]  # shown to the day
    answer_id: Mapped[int | None] = mapped_column(BigInteger)
    round_id: Mapped[int | None] = mapped_column(BigInteger)
    rated: Mapped[Any] = mapped_column(JsonType, default=dict)
    rated_by: Mapped[int | None] = mapped_column(BigInteger)


class Contribution(Base):
    """What somebody did for a page beside writing words of it.

    voice_key: of a voice of the page, named as `privacy` allows; None: `name` says who, as agreed.
    """

    __tablename__ = "contribution"

    id: Mapped[Key]
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)
    voice_key: Mapped[str | None] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[str] = mapped_column(String(40))  # values of the list contribution


class AnswerRound(Base):
    """Partners of a page answer alone, and what they say opens to all at one moment.

    partners: their keys. opens_at: the latest moment; set to the present one when all are in, if
    `when_all`.
    """

    __tablename__ = "answer_round"

    id: Mapped[Key]
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)
    partners: Mapped[Any] = mapped_column(JsonType)
    made_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[Moment]
    opens_at: Mapped[Moment]
    when_all: Mapped[bool]


class VoiceInvitation(Base):
    """A link or code with which a partner answers without an account. code: its SHA-256.

    lets_in: who made it could read the partners' room, so who has it may; nobody hands on a key
    that they do not hold.
    """

    __tablename__ = "voice_invitation"

    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)
    partner_key: Mapped[str] = mapped_column(String(100))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("answer_round.id"))
    code: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    lets_in: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]


class VoiceAnswer(Base):
    """What a partner handed in, or somebody took down for the partners only.

    reach everybody: nobody reads it before it is opened, by an editor who puts it into the page,
    or with the others of its round. reach partners: it stands in the partners' room (of a round:
    once that is open) and nowhere else, until its speaker says otherwise.
    said: an `answering.Handed`; emptied when it is taken back, or once its words stand in the
    page. user_id: the speaker's account, if they have one. came_at is told to nobody.
    """

    __tablename__ = "voice_answer"

    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)
    partner_key: Mapped[str] = mapped_column(String(100))
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("voice_invitation.id"), unique=True
    )
    round_id: Mapped[int | None] = mapped_column(ForeignKey("answer_round.id"))
    said: Mapped[Any] = mapped_column(JsonType)
    receipt: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    reach: Mapped[str] = mapped_column(String(10), default="everybody")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    let_in: Mapped[bool] = mapped_column(default=False)  # may read the partners' room
    came_at: Mapped[Moment]
    opened_at: Mapped[datetime | None]
    placed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class Claim(Base):
    """Somebody says of a passage that came with an import that the words are theirs. Nothing of
    who said so. made_at: the day. settled_at None: no moderator has looked yet."""

    __tablename__ = "claim"

    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)
    voice_key: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[Moment]
    settled_at: Mapped[datetime | None]
