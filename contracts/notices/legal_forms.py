"""Whether a name carries the legal form of an organisation."""

import re

WORDS = frozenset(
    """
    vof bvba cvba gmbh mbh gbr ggmbh ohg sas sarl sasu snc sci scop eurl srl srls sapa slu unipessoal
    ltd limited plc llp llc inc corp corporation oyj asa aps ehf sia uab kft nyrt sro doo jdoo ooo
    ood eood ead spzoo scrl asbl vzw ivzw nfp sprl cic coop cooperatie coöperatie coöperatief
    cooperative stichting vereniging maatschap gemeente provincie ministerie waterschap
    universiteit verein fondation foundation association société societe sociedad società societa
    company group groep holding επε ικε
    """.split()  # noqa: SIM905 - words read better
)
"""Forms that are told by the word alone."""

SHORT = frozenset(
    """
    bv nv cv ua ba se ag kg ug ev eg sa sc spa sl slp lda lp ab oy as hf oü ou rt zrt bt vos dd
    ad spk spj αε οε εε
    """.split()  # noqa: SIM905 - words read better
)
"""Forms that are a person's initials or first name when they come first."""

DOTTED = re.compile(r"(?<!\w)(?:\w{1,3}[./]\s?){2,}")


def has_legal_form(name: str) -> bool:
    """Look for a legal form among the words, and among dotted letters put together.

    Missing one hides the name of a firm; finding one too many would show a person's.
    """
    lowered = f"{name.lower().strip()}."
    words = {match.group(): match.start() for match in re.finditer(r"\w+", lowered)}
    dotted = {re.sub(r"[\s./]", "", m.group()): m.start() for m in DOTTED.finditer(lowered)}
    found = words | dotted
    return any(form in WORDS or (form in SHORT and start) for form, start in found.items())
