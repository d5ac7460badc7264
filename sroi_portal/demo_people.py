"""Who works in the demo: plainly made up, with a password and a second factor that are known."""

from dataclasses import dataclass

from sroi_portal.core.models import RoleName
from suppliers.models import MembershipRole

PASSWORD = "Samen-maken-we-werk-2026"  # noqa: S105 - of a demo that only runs on one's own machine


@dataclass(frozen=True)
class Ministry:
    code: str
    name: str


@dataclass(frozen=True)
class Official:
    """Works for one or more ministries, by their codes."""

    name: str
    role: RoleName
    ministries: tuple[str, ...]
    secret: str = ""  # of the second factor, where it is compulsory

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@overheid.example"


@dataclass(frozen=True)
class Colleague:
    """Acts for one supplier, by its place in `SUPPLIERS`."""

    name: str
    supplier: int
    role: MembershipRole

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@leverancier.example"


MINISTRIES = (
    Ministry("VBZ", "Ministerie van Voorbeeldzaken"),
    Ministry("OEF", "Ministerie van Oefening en Bestuur"),
    Ministry("PRF", "Ministerie van Proefwerken"),
)
EVERYWHERE = tuple(ministry.code for ministry in MINISTRIES)
OFFICIALS = (
    Official("Piet", RoleName.OFFICER, EVERYWHERE),
    Official("Cora", RoleName.MANAGER, EVERYWHERE, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
    Official("Olga", RoleName.COORDINATOR, ("VBZ", "OEF"), "KRUGS4ZANFZSAYJAKRUGS4ZANFZSAYJA"),
    Official("Otto", RoleName.COORDINATOR, ("OEF", "PRF"), "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"),
    Official("Vera", RoleName.POLICY_MAKER, EVERYWHERE),
    Official("Ada", RoleName.ADVISER, EVERYWHERE),
    Official("Ilse", RoleName.ADVISER, EVERYWHERE),
    Official("Anna", RoleName.AUDITOR, EVERYWHERE, "NB2W45DFOIZA2YLONB2W45DFOIZA2YLO"),
    Official("Adam", RoleName.ADMINISTRATOR, EVERYWHERE, "ONSWG4TFOQQGC3TEONSWG4TFOQQGC3TE"),
)
SUPPLIERS = (
    "Leverancier Noord",
    "Leverancier Zuid",
    "Leverancier Oost",
    "Leverancier West",
    "Schoonmaak Voorbeeld",
    "Catering Proefkeuken",
    "Beveiliging Oefenpost",
    "Groenbeheer Modeltuin",
    "ICT Huis van Papier",
    "Bouwbedrijf Maquette",
    "Vervoer Denkbeeld",
    "Uitzendbureau Stelregel",
)
COLLEAGUES = (
    Colleague("Sara", 0, MembershipRole.MEMBER),
    Colleague("Noor", 0, MembershipRole.ADMINISTRATOR),
    Colleague("Bram", 1, MembershipRole.ADMINISTRATOR),
)
CATEGORIES = (
    ("schoonmaak", "Schoonmaak", "Cleaning"),
    ("inhuur-professionals", "Inhuur Professionals", "Hiring of professionals"),
    ("catering", "Catering", "Catering"),
    ("beveiliging", "Beveiliging", "Security"),
    ("groenvoorziening", "Groenvoorziening", "Green spaces"),
    ("ict-diensten", "ICT-diensten", "IT services"),
)
