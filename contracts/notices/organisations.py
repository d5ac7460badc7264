"""Who is named in the notice (BT-500, BT-501, BT-514, BT-165), and who buys (OPT-300)."""

from dataclasses import dataclass
from typing import Self

from contracts.notices.nodes import EXTENSION, Node
from contracts.notices.records import Buyer, Party, Tenderer

ORGANISATION = f"{EXTENSION}/efac:Organizations/efac:Organization"


@dataclass(frozen=True, slots=True)
class Register:
    """The organisations of a notice under their ORG- and TPO-identifiers."""

    by_id: dict[str, Node]

    @classmethod
    def of(cls, root: Node) -> Self:
        by_id: dict[str, Node] = {}
        for organisation in root.every(ORGANISATION):
            for identifier in technical_ids(organisation):
                by_id.setdefault(identifier, organisation)
        return cls(by_id)

    def party(self, org_id: str) -> Party:
        """Name the organisation; for a touch point, the one it belongs to."""
        node = self.by_id.get(org_id)
        if node is None:
            return Party(org_id=org_id, name=None, identifiers=(), country=None)
        return Party(
            org_id=opt_200(node) or org_id,
            name=bt_500(node),
            identifiers=bt_501(node),
            country=bt_514(node),
            natural_person=bt_633(node),
        )

    def size(self, org_id: str) -> str | None:
        node = self.by_id.get(org_id)
        return bt_165(node) if node else None

    def buyer(self, org_id: str) -> Buyer:
        return Buyer(**vars(self.party(org_id)))

    def tenderer(self, org_id: str, *, leader: bool | None) -> Tenderer:
        return Tenderer(**vars(self.party(org_id)), size=self.size(org_id), leader=leader)


def technical_ids(organisation: Node) -> tuple[str, ...]:
    company = organisation.texts("efac:Company/cac:PartyIdentification/cbc:ID")
    return company + organisation.texts("efac:TouchPoint/cac:PartyIdentification/cbc:ID")


def opt_200(organisation: Node) -> str | None:
    return organisation.text("efac:Company/cac:PartyIdentification/cbc:ID")


def bt_500(organisation: Node) -> str | None:
    return organisation.phrase("efac:Company/cac:PartyName/cbc:Name")


def bt_501(organisation: Node) -> tuple[str, ...]:
    return organisation.texts("efac:Company/cac:PartyLegalEntity/cbc:CompanyID")


def bt_514(organisation: Node) -> str | None:
    return organisation.text("efac:Company/cac:PostalAddress/cac:Country/cbc:IdentificationCode")


def bt_165(organisation: Node) -> str | None:
    return organisation.text("efac:Company/efbc:CompanySizeCode")


def bt_633(organisation: Node) -> bool:
    return bool(organisation.flag("efbc:NaturalPersonIndicator"))


def buyers(root: Node, register: Register) -> tuple[Buyer, ...]:
    """OPT-300: in the order of the notice, each once."""
    found = root.texts("cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID")
    named = (register.buyer(org_id) for org_id in found)
    return tuple({buyer.org_id: buyer for buyer in named}.values())
