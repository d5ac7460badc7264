"""What a supplier and its people add: a signed period, names, something half typed."""

from candidates import actions as candidate_actions
from candidates.actions.statements import figures_of, fingerprint
from contracts import actions as contract_actions
from contracts import clocks
from sroi_portal.core import actions as core_actions
from sroi_portal.core.models import FormDraft


def fill(world) -> None:
    first, second = clocks.periods(world.contract)[:2]
    figures = figures_of(world.contract, first.starts_on, first.ends_on)
    signature = candidate_actions.Signature(fingerprint(figures).hex(), is_nil=False)
    by = {"by": world.sara, "at": world.now}
    world.statement = candidate_actions.sign_period(
        world.contract, first.starts_on, signature, **by
    )
    world.period = [world.contract.pk, second.starts_on.isoformat()]
    contract_actions.delegate_contract(world.contract, [world.sara], **by)
    draft = FormDraft(user=world.sara, address="/placements/new/", saved_at=world.now)
    draft.fields = {"reference": ["K-09"]}
    draft.save()
    _help(world)


def _help(world) -> None:
    administers = {"by": world.adam, "at": world.now}
    desk = core_actions.keep_help_desk(
        world.ministry, {"name": "Servicepunt", "email": "hulp@example.org"}, **administers
    )
    world.help_question = core_actions.ask_help(
        desk, "Waar vind ik de tabel?", by=world.sara, at=world.now
    )
    told = {
        "authority": world.ministry,
        "text_nl": "Op maandag is het portaal een uur weg.",
        "text_en": "The portal is away for an hour on Monday.",
        "starts_on": world.today,
        "ends_on": world.today,
    }
    world.announcement = core_actions.announce(told, **administers)
