"""Pages of the network, a module for each thing."""

from network.views.examples import (
    example_again,
    example_detail,
    example_edit,
    example_list,
    example_new,
    example_publish,
    example_return,
    example_withdraw,
)
from network.views.hub import (
    hub,
)
from network.views.pilots import (
    partner_add,
    partner_remove,
    pilot_detail,
    pilot_edit,
    pilot_list,
    pilot_move,
    pilot_new,
    place_add,
    place_remove,
)
from network.views.quotes import (
    quote_detail,
    quote_list,
    quote_new,
    quote_publish,
    quote_withdraw,
)

__all__ = [
    "example_again",
    "example_detail",
    "example_edit",
    "example_list",
    "example_new",
    "example_publish",
    "example_return",
    "example_withdraw",
    "hub",
    "partner_add",
    "partner_remove",
    "pilot_detail",
    "pilot_edit",
    "pilot_list",
    "pilot_move",
    "pilot_new",
    "place_add",
    "place_remove",
    "quote_detail",
    "quote_list",
    "quote_new",
    "quote_publish",
    "quote_withdraw",
]
