"""Verbs of the network, a module for each thing."""

from network.actions.examples import (
    ExampleStandsError,
    change_example,
    propose_example,
    propose_example_again,
    publish_example,
    return_example,
    withdraw_example,
)
from network.actions.pilots import (
    PilotEndedError,
    ReasonNeededError,
    add_partner,
    add_place,
    change_pilot,
    move_pilot,
    propose_pilot,
    remove_partner,
    remove_place,
)
from network.actions.quotes import (
    NoPermissionError,
    publish_quote,
    record_quote,
    withdraw_quote,
)

__all__ = [
    "ExampleStandsError",
    "NoPermissionError",
    "PilotEndedError",
    "ReasonNeededError",
    "add_partner",
    "add_place",
    "change_example",
    "change_pilot",
    "move_pilot",
    "propose_example",
    "propose_example_again",
    "propose_pilot",
    "publish_example",
    "publish_quote",
    "record_quote",
    "remove_partner",
    "remove_place",
    "return_example",
    "withdraw_example",
    "withdraw_quote",
]
