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
from network.actions.quotes import (
    NoPermissionError,
    publish_quote,
    record_quote,
    withdraw_quote,
)

__all__ = [
    "ExampleStandsError",
    "NoPermissionError",
    "change_example",
    "propose_example",
    "propose_example_again",
    "publish_example",
    "publish_quote",
    "record_quote",
    "return_example",
    "withdraw_example",
    "withdraw_quote",
]
