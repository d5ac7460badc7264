"""Reading eForms notices: bytes in, facts and proposals out; nothing is stored here."""

from contracts.notices.opening import NotANoticeError
from contracts.notices.personal import strip_personal
from contracts.notices.preview import proposals
from contracts.notices.proposal import Proposal
from contracts.notices.reading import read
from contracts.notices.records import Notice
from contracts.notices.sentences import Sentence, social_return_sentences

__all__ = [
    "NotANoticeError",
    "Notice",
    "Proposal",
    "Sentence",
    "proposals",
    "read",
    "social_return_sentences",
    "strip_personal",
]
