"""Who may do what in the network. What is published is there for everybody who signs in."""

from contracts.models import Contract
from contracts.rules import CONVERSING_ROLES, works_on
from network import reflecting
from network.models import (
    MATCHMAKERS,
    PILOT_ROLES,
    WAITING,
    AdviceAnswer,
    AdviceQuestion,
    AdviceStatus,
    AnswerStatus,
    Edition,
    GoodExample,
    Lesson,
    LessonStatus,
    Match,
    Meeting,
    MeetingStatus,
    Milestone,
    MilestoneStatus,
    Obstacle,
    Offer,
    PersonQuestion,
    PersonQuestionStatus,
    Pilot,
    PilotStatus,
    Professional,
    Quote,
    Reflection,
    ReflectionStatus,
    sees_board,
)
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from suppliers.models import Supplier
from suppliers.rules import administers

SEES_PARTNERS = (RoleName.OFFICER, RoleName.MANAGER, RoleName.COORDINATOR)


def advises(user: User) -> bool:
    """Edit what everybody reads: advisers of any authority do."""
    return user.has_role(RoleName.ADVISER)


def belongs_to_network(user: User) -> bool:
    """Officials of any authority, and people of suppliers."""
    return bool(user.roles or user.supplier_ids)


def may_propose_example(user: User) -> bool:
    return belongs_to_network(user)


def may_change_example(user: User, example: GoodExample) -> bool:
    """Its writer until it is published, afterwards an adviser who did not write it."""
    if example.is_published:
        return advises(user) and example.proposed_by_id != user.pk
    return advises(user) or example.proposed_by_id == user.pk


def may_propose_example_again(user: User, example: GoodExample) -> bool:
    return advises(user) or example.proposed_by_id == user.pk


def may_publish_example(user: User, example: GoodExample) -> bool:
    """R-330."""
    return advises(user) and example.proposed_by_id != user.pk


may_return_example = may_publish_example
may_withdraw_example = may_propose_example_again


def may_record_quote(user: User) -> bool:
    return belongs_to_network(user)


def may_choose_words(user: User) -> bool:
    """Ask an adviser: words of people of its own authorities (R-424)."""
    return advises(user)


def may_publish_quote(user: User, quote: Quote) -> bool:
    """R-333."""
    return advises(user) and quote.recorded_by_id != user.pk


def may_withdraw_quote(user: User, quote: Quote) -> bool:
    return advises(user) or quote.recorded_by_id == user.pk


def may_propose_pilot(user: User) -> bool:
    """Advisers for every authority, whoever buys or manages for the own one."""
    return advises(user) or bool(user.authorities_with(*PILOT_ROLES))


def may_change_pilot(user: User, pilot: Pilot) -> bool:
    return advises(user) or pilot.authority_id in user.authorities_with(*PILOT_ROLES)


def may_move_pilot(user: User, pilot: Pilot) -> bool:
    """Only an adviser says that an idea becomes a pilot (R-321)."""
    is_adviser = advises(user)
    return is_adviser or (pilot.status != PilotStatus.IDEA and may_change_pilot(user, pilot))


may_add_partner = may_change_pilot
may_remove_partner = may_change_pilot
may_add_place = may_change_pilot
may_remove_place = may_change_pilot
may_see_board = sees_board


def brings_together(user: User) -> bool:
    """Tell coordinators and advisers: they see who is in contact, not what is said."""
    return bool(user.authorities_with(*MATCHMAKERS))


def may_post_offer(user: User) -> bool:
    return bool(user.enters_for)


def may_change_offer(user: User, offer: Offer) -> bool:
    """Ask who enters work for the supplier whose offer it is."""
    return offer.supplier_id in user.enters_for


may_extend_offer = may_change_offer
may_withdraw_offer = may_change_offer


def may_answer_offer(user: User, offer: Offer) -> bool:
    """Ask who enters work for another supplier."""
    return any(each != offer.supplier_id for each in user.enters_for)


def may_write_match(user: User, match: Match) -> bool:
    return any(each in user.enters_for for each in match.sides)


may_propose_deal = may_write_match
may_end_match = may_write_match
may_plan_path = may_write_match


def may_agree_deal(user: User, match: Match) -> bool:
    """Ask the side that did not propose."""
    other = [each for each in match.sides if each != match.proposed_for_id]
    return match.proposed_for_id is not None and any(each in user.enters_for for each in other)


may_decline_deal = may_agree_deal


def may_keep_entry(user: User, supplier: Supplier) -> bool:
    """Ask who administers it: this is what its supplier says of itself."""
    return supplier.pk in user.supplier_ids and administers(user, supplier)


def may_draft_edition(user: User) -> bool:
    return advises(user)


may_change_edition = may_draft_edition
may_compose_edition = may_draft_edition
may_reopen_edition = may_draft_edition
may_reprint_edition = may_draft_edition


def may_publish_edition(user: User, edition: Edition) -> bool:
    """R-338."""
    return advises(user) and edition.composed_by_id != user.pk


def may_release_edition(user: User, edition: Edition) -> bool:
    """R-418."""
    return advises(user) and edition.is_published and edition.released_at is None


def may_take_back_edition(user: User, edition: Edition) -> bool:
    return advises(user) and edition.released_at is not None


may_propose_lesson = belongs_to_network


def may_change_lesson(user: User, lesson: Lesson) -> bool:
    """Whoever wrote it, and advisers, until it is published."""
    is_theirs = advises(user) or lesson.proposed_by_id == user.pk
    return is_theirs and lesson.status != LessonStatus.PUBLISHED


def may_review_lesson(user: User, lesson: Lesson) -> bool:
    """R-324."""
    return advises(user) and lesson.proposed_by_id != user.pk


may_return_lesson = may_review_lesson
may_publish_lesson = may_review_lesson


def may_name_change(user: User, _lesson: Lesson) -> bool:
    return advises(user)


def may_see_obstacles(user: User) -> bool:
    return bool(user.authorities_with(*CONTRACT_ROLES) or user.supplier_ids)


def may_report_obstacle(user: User, contract: Contract) -> bool:
    """Whoever talks about the contract for the authority, and who enters work for a supplier."""
    own = user.authorities_with(*CONVERSING_ROLES)
    return contract.authority_id in own or works_on(user, contract)


def may_pick_up_obstacle(user: User, obstacle: Obstacle) -> bool:
    return obstacle.authority_id in user.authorities_with(*CONVERSING_ROLES)


may_answer_obstacle = may_pick_up_obstacle


def may_see_partners_suggested(user: User, contract: Contract) -> bool:
    """Tell both sides of a contract."""
    of_authority = contract.authority_id in user.authorities_with(*SEES_PARTNERS)
    return of_authority or contract.supplier_id in user.supplier_ids


may_ask_advice = belongs_to_network


def may_take_advice(user: User, question: AdviceQuestion) -> bool:
    is_own = question.status == AdviceStatus.TAKEN and question.assigned_to_id == user.pk
    return advises(user) and question.status in WAITING and not is_own


def may_give_back_advice(user: User, question: AdviceQuestion) -> bool:
    return question.status == AdviceStatus.TAKEN and question.assigned_to_id == user.pk


def may_answer_advice(user: User, question: AdviceQuestion) -> bool:
    """Not one's own question: then a colleague answers."""
    is_other = question.asked_by_id != user.pk
    return advises(user) and is_other and question.status in WAITING


def may_ask_on(user: User, question: AdviceQuestion) -> bool:
    return question.asked_by_id == user.pk and question.status == AdviceStatus.ANSWERED


def may_withdraw_advice(user: User, question: AdviceQuestion) -> bool:
    return question.asked_by_id == user.pk and question.status in WAITING


def may_ask_again(user: User, question: AdviceQuestion) -> bool:
    return question.asked_by_id == user.pk and question.status == AdviceStatus.WITHDRAWN


may_write_answer = advises
may_change_answer = advises


def may_publish_answer(user: User, answer: AdviceAnswer) -> bool:
    """R-391."""
    is_proposed = answer.status == AnswerStatus.PROPOSED
    return advises(user) and is_proposed and answer.written_by_id != user.pk


def may_withdraw_answer(user: User, answer: AdviceAnswer) -> bool:
    return advises(user) and answer.status != AnswerStatus.WITHDRAWN


may_add_learning_step = advises
may_change_learning_step = advises
may_retire_learning_step = advises
may_restore_learning_step = advises


def may_write_reflection(user: User, place: Pilot | Contract) -> bool:
    """R-403."""
    return bool(reflecting.roles_at(user, place))


def may_change_reflection(user: User, reflection: Reflection) -> bool:
    """Ask who wrote it, as long as nobody else reads it (R-402)."""
    is_draft = reflection.status == ReflectionStatus.DRAFT
    return is_draft and reflection.author_id == user.pk


may_share_reflection = may_change_reflection
may_remove_reflection = may_change_reflection


def may_take_back_reflection(user: User, reflection: Reflection) -> bool:
    is_shared = reflection.status == ReflectionStatus.SHARED
    return is_shared and reflection.author_id == user.pk


may_keep_page = belongs_to_network


def may_remove_page(user: User, page: Professional) -> bool:
    return page.user_id == user.pk


def may_ask_person(user: User, page: Professional) -> bool:
    return page.takes_questions and page.user_id != user.pk and belongs_to_network(user)


def may_answer_person(user: User, question: PersonQuestion) -> bool:
    is_waiting = question.status == PersonQuestionStatus.ASKED
    return question.asked_of_id == user.pk and is_waiting


may_propose_meeting = belongs_to_network
may_sign_up = belongs_to_network
may_sign_off = belongs_to_network


def may_plan_meeting(user: User, meeting: Meeting) -> bool:
    """R-413."""
    return advises(user) and meeting.status == MeetingStatus.PROPOSED


may_decline_meeting = may_plan_meeting


def may_change_meeting(user: User, meeting: Meeting) -> bool:
    """Ask advisers and the holder; a proposal, also who made it."""
    is_theirs = meeting.holder_id == user.pk or (
        meeting.status == MeetingStatus.PROPOSED and meeting.proposed_by_id == user.pk
    )
    is_standing = meeting.status in (MeetingStatus.PROPOSED, MeetingStatus.PLANNED)
    return is_standing and (is_theirs or advises(user))


def may_cancel_meeting(user: User, meeting: Meeting) -> bool:
    is_theirs = meeting.holder_id == user.pk or advises(user)
    return is_theirs and meeting.status == MeetingStatus.PLANNED


may_report_meeting = may_cancel_meeting
may_write_milestone = advises


def may_change_milestone(user: User, _milestone: Milestone) -> bool:
    return advises(user)


def may_publish_milestone(user: User, milestone: Milestone) -> bool:
    """R-416."""
    is_proposed = milestone.status == MilestoneStatus.PROPOSED
    return advises(user) and is_proposed and milestone.written_by_id != user.pk


def may_withdraw_milestone(user: User, milestone: Milestone) -> bool:
    return advises(user) and milestone.status != MilestoneStatus.WITHDRAWN
