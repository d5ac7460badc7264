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
from network.models.quote import (
    GivenHow,
    Permission,
    Quote,
    QuoteRole,
    QuoteStatus,
    QuoteUse,
)

__all__ = [
    "ANSWERED_WITHIN",
    "ENDED",
    "GOING_ON",
    "LIVING",
    "MATCHMAKERS",
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
    "ChangedKind",
    "Edition",
    "EditionArticle",
    "EditionStatus",
    "Effect",
    "Entry",
    "ExampleStatus",
    "GivenHow",
    "GoodExample",
    "LearnerRole",
    "LearningStep",
    "Lesson",
    "LessonChange",
    "LessonStatus",
    "Match",
    "MatchStatus",
    "Obstacle",
    "ObstacleKind",
    "ObstacleStatus",
    "Offer",
    "OfferKind",
    "OfferQuerySet",
    "OfferStatus",
    "Permission",
    "Pilot",
    "PilotPartner",
    "PilotPlace",
    "PilotStatus",
    "Quote",
    "QuoteRole",
    "QuoteStatus",
    "QuoteUse",
    "Reflection",
    "ReflectionStatus",
    "WorkForm",
    "sees_board",
]
