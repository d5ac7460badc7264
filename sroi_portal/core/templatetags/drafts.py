"""The place in a page where its form is saved while one types: `{% draft_of_form %}`."""

from typing import Any

from django import template

from sroi_portal.core import drafts

register = template.Library()


@register.inclusion_tag("core/draft.html", takes_context=True)
def draft_of_form(context: template.Context) -> dict[str, Any]:
    """Offer back what was typed; after a refused form it stands in the form already."""
    request: Any = context["request"]
    address = request.get_full_path()
    is_new = request.method == "GET"
    return {"address": address, "draft": drafts.of_form(request.user, address) if is_new else None}
