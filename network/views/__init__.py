"""Pages of the network, a module for each thing."""

from network.views.hub import hub

__all__ = ["hub"]
