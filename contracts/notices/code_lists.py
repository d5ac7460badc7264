"""The code lists that matter here, and how a code is told to be of one."""

import logging
from dataclasses import dataclass

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list under its name and the aliases seen in use.

    A code without a list name counts where it is of this list and of no other.
    """

    name: str
    aliases: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()

    def holds(self, code: str, list_name: str | None) -> bool:
        if list_name == self.name:
            return True
        tolerated = list_name in self.aliases if list_name else code in self.telling
        if tolerated:
            logger.info("list name %r read as %s", list_name, self.name)
        return tolerated


STRATEGIC_PROCUREMENT = CodeList(
    "strategic-procurement", telling=frozenset({"env-imp", "inn-pur", "soc-obj"})
)
SOCIAL_OBJECTIVE = CodeList(
    "social-objective",
    aliases=frozenset({"social-procurement"}),
    telling=frozenset({"acc-all", "et-eq", "gen-eq", "hum-right", "opp", "work-cond"}),
)
ENVIRONMENTAL_IMPACT = CodeList(
    "environmental-impact",
    telling=frozenset({"biodiv-eco", "circ-econ", "clim-adapt", "clim-mitig", "pollu-prev"}),
)
INNOVATION = CodeList(
    "innovative-acquisition",
    telling=frozenset({"mar-nov", "proc-innov", "prod-innov", "rd-act"}),
)
GPP_CRITERIA = CodeList("gpp-criteria", telling=frozenset({"eu", "national"}))
ACCESSIBILITY = CodeList("accessibility", telling=frozenset({"inc", "n-inc", "n-inc-just"}))
RESERVED_PARTICIPATION = CodeList(
    "reserved-procurement", telling=frozenset({"res-pub-ser", "res-ws"})
)
RESERVED_EXECUTION = CodeList("reserved-execution", aliases=frozenset({"reserved-executionn"}))
CONDITIONS = CodeList("conditions")
SUBCONTRACTING_OBLIGATION = CodeList(
    "subcontracting-obligation", telling=frozenset({"none", "subc-chng", "subc-min", "subc-oblig"})
)
SUBCONTRACTING = CodeList("applicability", telling=frozenset({"no", "not-known", "yes"}))
