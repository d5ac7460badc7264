"""Why a verb of the network says no, for who asked."""

from django.core.exceptions import ValidationError

from network import actions
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError

FORESEEN = (
    actions.EditionStandsError,
    actions.AnswerMissingError,
    actions.ExampleStandsError,
    actions.LessonStandsError,
    actions.MeetingStandsError,
    actions.NoPermissionError,
    actions.ReflectionSharedError,
    actions.StepRetiredError,
    actions.NotReachableError,
    actions.SignUpClosedError,
    ChangedMeanwhileError,
    IllegalMoveError,
    ValidationError,
)
