"""Who may do what in the network. What is published is there for everybody who signs in."""

from sroi_portal.core.models import RoleName, User


def advises(user: User) -> bool:
    """Edit what everybody reads: advisers of any authority do."""
    return user.has_role(RoleName.ADVISER)
