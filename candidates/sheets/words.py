"""What people call a row of a table or a form of work, beside its own label and code."""

from candidates.models import ContractForm

# group of people: what suppliers write; letters and figures only, see `headings.normal`
GROUPS: dict[str, tuple[str, ...]] = {
    "participation-act": (
        "bijstand",
        "participatiewet",
        "p wet",
        "pwet",
        "pw",
        "wwb",
        "social assistance",
    ),
    "unemployment": ("ww", "ww uitkering", "werkloos", "unemployed", "unemployment"),
    "disability": ("wia", "wga", "wao", "waz", "iva", "wia wga", "arbeidsongeschikt", "disabled"),
    "young-disabled": ("wajong", "wajonger", "wajong uitkering"),
    "jobs-agreement": ("banenafspraak", "doelgroepregister", "garantiebaan", "jobs agreement"),
    "sheltered-work": ("wsw", "sw", "beschut", "beschut werk", "sociale werkvoorziening"),
    "older-unemployed": ("50plus", "50 plus", "55plus", "55 plus", "oudere werkloze"),
    "no-benefit": ("nug", "nugger", "niet uitkeringsgerechtigd", "nuo", "geen uitkering"),
    "status-holder": ("statushouder", "vluchteling", "refugee", "status holder"),
    "asylum-seeker": ("asielzoeker", "asylum seeker"),
    "early-leaver": ("vsv", "schoolverlater", "voortijdig schoolverlater", "early leaver"),
    "dual-track": ("bbl", "leerwerkplek bbl", "leerling bbl", "bbl leerling"),
    "school-track": ("bol", "bol stage", "stage bol", "bol leerling", "stagiair"),
    "special-school": ("vso", "pro", "vso pro", "pro vso", "praktijkonderwijs"),
    "ex-offender": ("ex gedetineerde", "ex delinquent", "ex offender"),
    "athlete": ("topsporter", "sporter", "athlete"),
    "work-experience": ("wep", "werkervaringsplaats", "werkervaringsplek", "work experience"),
}
FORMS: dict[str, tuple[str, ...]] = {
    ContractForm.TEMPORARY: (
        "tijdelijk",
        "tijdelijk contract",
        "bepaalde tijd",
        "fixed term",
        "temporary",
        "tijd",
    ),
    ContractForm.PERMANENT: ("vast", "vast contract", "onbepaalde tijd", "onbepaald", "permanent"),
    ContractForm.AGENCY: (
        "uitzend",
        "uitzendkracht",
        "uitzendbureau",
        "via uitzendbureau",
        "inleen",
        "agency",
    ),
    ContractForm.SECONDED: ("detachering", "gedetacheerd", "detachering sw", "seconded"),
    ContractForm.LEARNING: ("leerplek", "leerwerkplek", "leerplaats", "bbl", "bol", "learning"),
    ContractForm.EXPERIENCE: ("werkervaring", "werkervaringsplaats", "wep", "experience"),
}
