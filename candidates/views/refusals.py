"""What an action may refuse and a page explains."""

from django.core.exceptions import ValidationError

from candidates import actions, parts
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError

REFUSALS = (
    actions.ContractClosedError,
    actions.NotAgreedError,
    actions.NotInTableError,
    actions.NotSubmittableError,
    parts.DividedTooFarError,
    parts.PartStandsError,
    IllegalMoveError,
    ChangedMeanwhileError,
    ValidationError,
)
