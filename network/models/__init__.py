"""Examples, quotes and what else the network keeps."""

from network.models.advice import (
    ANSWERED_WITHIN,
    WAITING,
    AdviceAnswer,
    AdviceQuestion,
    AdviceStatus,
    AnswerStatus,
)
from network.models.edition import (
    Edition,
    EditionArticle,
    EditionStatus,
)
from network.models.entry import (
    Entry,
)
from network.models.example import (
    ExampleStatus,
    GoodExample,
)
from network.models.learning import (
    Effect,
    LearnerRole,
    LearningStep,
    Reflection,
    ReflectionStatus,
)
from network.models.lesson import (
    ChangedKind,
    Lesson,
    LessonChange,
    LessonStatus,
)
from network.models.match import (
    LIVING,
    Match,
    MatchStatus,
)
from network.models.meeting import (
    ANNOUNCED,
    ATTENDANCE_KEPT,
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingStatus,
)
from network.models.obstacle import (
    UNENDED,
    Obstacle,
    ObstacleKind,
    ObstacleStatus,
)
from network.models.offer import (
    MATCHMAKERS,
    PROFILE_KEPT,
    REMINDED,
    STANDING,
    STAYS,
    Offer,
    OfferKind,
    OfferQuerySet,
    OfferStatus,
    WorkForm,
    sees_board,
)
from network.models.pilot import (
    ENDED,
    GOING_ON,
    PILOT_ROLES,
    Pilot,
    PilotPartner,
    PilotPlace,
    PilotStatus,
)
from network.models.professional import (
    ASKED_KEPT,
    HelpSubject,
    PersonQuestion,
    PersonQuestionStatus,
    Professional,
    ProfessionalKind,
    SpokenLanguage,
)
from network.models.public_edition import (
    PublicEdition,
)
from network.models.public_place import PublicPlace
from network.models.quote import (
    ON_PAGE,
    GivenHow,
    Permission,
    Quote,
    QuoteRole,
    QuoteStatus,
    QuoteUse,
)
from network.models.timeline import (
    Milestone,
    MilestoneStatus,
    MomentKind,
    TimelineMoment,
)

__all__ = [
    "ANNOUNCED",
    "ANSWERED_WITHIN",
    "ASKED_KEPT",
    "ATTENDANCE_KEPT",
    "ENDED",
    "GOING_ON",
    "LIVING",
    "MATCHMAKERS",
    "ON_PAGE",
    "PILOT_ROLES",
    "PROFILE_KEPT",
    "REMINDED",
    "STANDING",
    "STAYS",
    "UNENDED",
    "WAITING",
    "AdviceAnswer",
    "AdviceQuestion",
    "AdviceStatus",
    "AnswerStatus",
    "Attendance",
    "AttendanceStatus",
    "ChangedKind",
    "Edition",
    "EditionArticle",
    "EditionStatus",
    "Effect",
    "Entry",
    "ExampleStatus",
    "GivenHow",
    "GoodExample",
    "HelpSubject",
    "LearnerRole",
    "LearningStep",
    "Lesson",
    "LessonChange",
    "LessonStatus",
    "Match",
    "MatchStatus",
    "Meeting",
    "MeetingStatus",
    "Milestone",
    "MilestoneStatus",
    "MomentKind",
    "Obstacle",
    "ObstacleKind",
    "ObstacleStatus",
    "Offer",
    "OfferKind",
    "OfferQuerySet",
    "OfferStatus",
    "Permission",
    "PersonQuestion",
    "PersonQuestionStatus",
    "Pilot",
    "PilotPartner",
    "PilotPlace",
    "PilotStatus",
    "Professional",
    "ProfessionalKind",
    "PublicEdition",
    "PublicPlace",
    "Quote",
    "QuoteRole",
    "QuoteStatus",
    "QuoteUse",
    "Reflection",
    "ReflectionStatus",
    "SpokenLanguage",
    "TimelineMoment",
    "WorkForm",
    "sees_board",
]
