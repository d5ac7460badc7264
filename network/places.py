"""Where the network can be entered: the sections of its first page, in order."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.rules import may_see_judged_facts
from contracts.rules import may_see_tenders
from contracts.rules.talking import may_draft_clause
from network.models import sees_board
from network.rules import advises, may_choose_words, may_see_obstacles
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.models.authority import CONTRACT_ROLES


def everybody(_user: User) -> bool:
    return True


def _is_of_supplier(user: User) -> bool:
    return bool(user.supplier_ids)


def _is_official(user: User) -> bool:
    return bool(user.roles)


def _sees_figures(user: User) -> bool:
    return bool(user.authorities_with(*CONTRACT_ROLES, RoleName.ADVISER))


def _sees_dashboard(user: User) -> bool:
    return bool(user.authorities_with(*CONTRACT_ROLES))


@dataclass(frozen=True, slots=True)
class Entrance:
    """One line of a section: where it leads, what is found there, and for whom."""

    label: str | Promise
    text: str | Promise
    view: str
    is_for: Callable[[User], bool] = everybody

    @property
    def url(self) -> str:
        return reverse(self.view)


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str | Promise
    entrances: tuple[Entrance, ...]


SECTIONS: tuple[Section, ...] = (
    Section(
        "trying",
        _("Try something new"),
        (
            Entrance(
                _("Talks about tenders"),
                _("Conversations as early as possible, and what in a tender follows from them."),
                "contracts:dialogue-list",
                may_see_tenders,
            ),
            Entrance(
                _("Pilots"),
                _("Questions that are tried out in real contracts, and what came of them."),
                "network:pilot-list",
            ),
            Entrance(
                _("Where we get stuck"),
                _("Obstacles in contracts, by kind and category, and what is done about them."),
                "network:obstacle-list",
                may_see_obstacles,
            ),
        ),
    ),
    Section(
        "learning",
        _("Learn from each other"),
        (
            Entrance(
                _("Good examples"),
                _("What worked elsewhere: what was done, what it took and whom to ask."),
                "network:example-list",
            ),
            Entrance(
                _("Lessons"),
                _("What was learned in pilots, tenders and contracts, found by subject."),
                "network:lesson-list",
            ),
            Entrance(
                _("The learning formula"),
                _("Steps for each role: what people did, and what changed because of it."),
                "network:learning",
            ),
            Entrance(
                _("Quotes"),
                _("What people say, with their permission to repeat it."),
                "network:quote-list",
            ),
            Entrance(
                _("Words that may be quoted"),
                _("What people permit on their own page: choose what becomes a quote."),
                "network:words-list",
                may_choose_words,
            ),
            Entrance(
                _("The magazine"),
                _("Editions with the best stories, figures and what people say."),
                "network:edition-list",
            ),
            Entrance(
                _("Timeline"),
                _("How the way of working grew, for everybody to read."),
                "network:timeline",
            ),
            Entrance(
                _("Milestones"),
                _("Moments for the timeline: write them, and read those of a colleague."),
                "network:milestone-list",
                advises,
            ),
            Entrance(
                _("Clauses and texts"),
                _("Tried texts to copy into a tender, in both languages."),
                "contracts:clause-list",
                _is_official,
            ),
            Entrance(
                _("Thresholds of the adviser for the choice"),
                _("When it advises to reserve, to ask for partnerships, a clause, or nothing."),
                "contracts:advice-terms-list",
                may_draft_clause,
            ),
        ),
    ),
    Section(
        "asking",
        _("Ask and find"),
        (
            Entrance(
                _("Advice team"),
                _("Ask a question, or find the answer that somebody else got already."),
                "network:advice",
            ),
            Entrance(
                _("Lasting work and social value"),
                _("What became of people afterwards, and what that is worth by estimate."),
                "reports:lasting-work",
                _sees_figures,
            ),
            Entrance(
                _("Social return and the banenafspraak, each year"),
                _("Both side by side, and what counts for both. Never added."),
                "reports:jobs",
                _sees_dashboard,
            ),
            Entrance(
                _("What people say is not right"),
                _("What somebody says of the own record, and what was answered."),
                "candidates:fact-list",
                may_see_judged_facts,
            ),
        ),
    ),
    Section(
        "meeting",
        _("Meet each other"),
        (
            Entrance(
                _("People"),
                _("Who can help with what, and how to ask. You choose whether you stand there."),
                "network:professional-list",
            ),
            Entrance(
                _("Meetings"),
                _("Sign up, propose one, and read what was said."),
                "network:meeting-list",
            ),
            Entrance(
                _("Social enterprises"),
                _("Who holds which certificate today, what they do and where."),
                "network:entry-list",
            ),
            Entrance(
                _("Board of suppliers"),
                _("Places, candidates and paths that suppliers offer each other and ask."),
                "network:offer-list",
                sees_board,
            ),
            Entrance(
                _("Places to work and learn"),
                _("What everybody who looks for work can read, also without an account."),
                "network:public-place-list",
            ),
            Entrance(
                _("Contacts between suppliers"),
                _("Who is talking about which offer, and what came of it."),
                "network:match-list",
                sees_board,
            ),
            Entrance(
                _("Shared paths"),
                _("One person, several suppliers: steps planned together, the credit divided."),
                "candidates:path-list",
                _is_of_supplier,
            ),
        ),
    ),
)


def sections_for(user: User) -> list[Section]:
    """Leave out what this person has nothing to do with, and sections with nothing left."""
    shown = (
        Section(one.key, one.title, tuple(each for each in one.entrances if each.is_for(user)))
        for one in SECTIONS
    )
    return [section for section in shown if section.entrances]
