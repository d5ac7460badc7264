"""Pages of suppliers and of the people who act for them."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sroi_portal.core.forms import ReasonForm
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.status import ChangedMeanwhileError
from suppliers import actions, rules
from suppliers.forms import (
    CHOICES_SHOWN,
    AcceptForm,
    CertificateEndForm,
    CertificateForm,
    InsolvencyForm,
    InvitationForm,
    MembershipForm,
    SearchForm,
    SupplierForm,
)
from suppliers.models import Certificate, Invitation, Membership, Supplier


@require_safe
def supplier_list(request: UserRequest) -> HttpResponse:
    """Show the register; a form that looks one up gets only the choices."""
    require(rules.may_search_suppliers(request.user))
    words = request.GET.get("q", request.GET.get("supplier_search", "")).replace("\0", "")[:120]
    found = Supplier.objects.visible_to(request.user).matching(words).order_by("name", "pk")
    if request.htmx:
        choices = found.going_on()[:CHOICES_SHOWN] if words.strip() else []
        facts = {"choices": choices, "q": words}
        return render(request, "suppliers/supplier_list.html#choices", facts)
    return render(
        request,
        "suppliers/supplier_list.html",
        {
            "search": SearchForm({"q": words}),
            "page": paginate(request, found),
            "q": words,
            "may_register": rules.may_register_supplier(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def supplier_new(request: UserRequest) -> HttpResponse:
    require(rules.may_register_supplier(request.user))
    form = SupplierForm(request.POST or None, initial=_typed(request.GET.get("q", "")))
    if form.is_valid():
        known = form.already_made() or _with_number(form.facts()["kvk"])
        if known:
            messages.info(request, _("This supplier stands in the register already."))
            return redirect(known)
        supplier = actions.register_supplier(
            **form.facts(), uuid=form.key(), by=request.user, at=timezone.now()
        )
        messages.success(request, _("%(name)s now stands in the register.") % {"name": supplier})
        return redirect(supplier)
    return render(request, "suppliers/supplier_new.html", {"form": form})


@require_safe
def supplier_detail(request: UserRequest, supplier_id: int) -> HttpResponse:
    supplier = _visible_supplier(request, supplier_id)
    contracts = supplier.contracts.visible_to(request.user).select_related("authority")
    return render(
        request,
        "suppliers/supplier_detail.html",
        {
            "supplier": supplier,
            "page": paginate(request, contracts.order_by("-starts_on", "pk"), size=20),
            "may_search": rules.may_search_suppliers(request.user),
            "may_see_members": rules.may_see_members(request.user, supplier),
            "may_invite": rules.may_send_invitation(request.user, supplier),
            "has_administrator": supplier.has_administrator(),
            "certificates": supplier.certificates.all(),
            "today": timezone.localdate(),
            "may_record": rules.may_record_certificate(request.user),
            "may_judge": rules.may_record_insolvency(request.user, supplier),
            "may_merge": request.user.has_role(RoleName.OFFICER),
        },
    )


@require_safe
def member_list(request: UserRequest, supplier_id: int) -> HttpResponse:
    supplier = _visible_supplier(request, supplier_id)
    require(rules.may_see_members(request.user, supplier))
    return render(
        request,
        "suppliers/member_list.html",
        {
            "supplier": supplier,
            "members": supplier.memberships.held()
            .select_related("user")
            .order_by("user__name", "pk"),
            "invitations": supplier.invitations.open_at(timezone.now()).select_related(
                "invited_by"
            ),
            "may_invite": rules.may_send_invitation(request.user, supplier),
            "may_end": rules.administers(request.user, supplier),
        },
    )


@require_http_methods(["GET", "POST"])
def invitation_send(request: UserRequest, supplier_id: int) -> HttpResponse:
    supplier = _visible_supplier(request, supplier_id)
    require(rules.may_send_invitation(request.user, supplier))
    only_administrator = not rules.administers(request.user, supplier)
    form = InvitationForm(request.POST or None, only_administrator=only_administrator)
    if form.is_valid():
        facts = form.facts()
        try:
            actions.send_invitation(supplier, **facts, by=request.user, at=timezone.now())
        except actions.AlreadyMemberError as reason:
            form.add_error("email", str(reason))
        else:
            messages.success(
                request, _("An invitation was sent to %(to)s.") % {"to": facts["email"]}
            )
            return redirect("suppliers:member-list", supplier.pk)
    return render(request, "suppliers/invitation_send.html", {"supplier": supplier, "form": form})


@require_http_methods(["GET", "POST"])
def certificate_new(request: UserRequest, supplier_id: int) -> HttpResponse:
    supplier = _visible_supplier(request, supplier_id)
    require(rules.may_record_certificate(request.user))
    form = CertificateForm(
        request.POST or None, instance=Certificate(supplier=supplier), today=timezone.localdate()
    )
    if form.is_valid():
        if form.already_made():
            return redirect(supplier)
        facts, by, at = form.facts(), request.user, timezone.now()
        try:
            actions.record_certificate(supplier, facts, by=by, at=at, key=form.key())
        except ValidationError as reason:
            form.refuse(reason)
        else:
            return redirect(supplier)
    context = {"supplier": supplier, "form": form}
    return render(request, "suppliers/certificate_new.html", context)


@require_http_methods(["GET", "POST"])
def certificate_edit(request: UserRequest, certificate_id: int) -> HttpResponse:
    certificate = _visible_certificate(request, certificate_id)
    require(rules.may_change_certificate(request.user))
    supplier = certificate.supplier
    form = CertificateForm(request.POST or None, instance=certificate, today=timezone.localdate())
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        try:
            actions.change_certificate(
                certificate, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except (ValidationError, ChangedMeanwhileError) as reason:
            form.refuse(reason)
        else:
            return redirect(supplier)
    context = {"supplier": supplier, "certificate": certificate, "form": form}
    return render(request, "suppliers/certificate_edit.html", context)


@require_http_methods(["GET", "POST"])
def certificate_end(request: UserRequest, certificate_id: int) -> HttpResponse:
    certificate = _visible_certificate(request, certificate_id)
    require(rules.may_end_certificate(request.user))
    form = CertificateEndForm(request.POST or None)
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            actions.end_certificate(certificate, last_day, by=request.user, at=timezone.now())
        except actions.CertificateDayError as reason:
            form.add_error("last_day", str(reason))
        else:
            return redirect(certificate.supplier)
    context = {"supplier": certificate.supplier, "certificate": certificate, "form": form}
    return render(request, "suppliers/certificate_end.html", context)


@require_POST
def invitation_withdraw(request: UserRequest, invitation_id: int) -> HttpResponse:
    suppliers = Supplier.objects.visible_to(request.user)
    invitation = get_object_or_404(Invitation, pk=invitation_id, supplier__in=suppliers)
    require(rules.may_withdraw_invitation(request.user, invitation))
    actions.withdraw_invitation(invitation, by=request.user, at=timezone.now())
    return redirect("suppliers:member-list", invitation.supplier_id)


@require_POST
def member_end(request: UserRequest, membership_id: int) -> HttpResponse:
    suppliers = Supplier.objects.visible_to(request.user)
    membership = get_object_or_404(Membership, pk=membership_id, supplier__in=suppliers)
    require(rules.may_end_membership(request.user, membership))
    try:
        actions.end_membership(membership, by=request.user, at=timezone.now())
    except actions.LastAdministratorError as reason:
        messages.error(request, str(reason))
    return redirect("suppliers:member-list", membership.supplier_id)


@require_http_methods(["GET", "POST"])
def membership_change(request: UserRequest, membership_id: int) -> HttpResponse:
    suppliers = Supplier.objects.visible_to(request.user)
    found = Membership.objects.held().select_related("user", "supplier")
    membership = get_object_or_404(found, pk=membership_id, supplier__in=suppliers)
    require(rules.may_change_membership(request.user, membership))
    form = MembershipForm(request.POST or None, instance=membership)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        by, at = request.user, timezone.now()
        try:
            actions.change_membership(membership, facts, by=by, at=at, revision=revision)
        except (actions.LastAdministratorError, ChangedMeanwhileError) as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Role and rights are changed."))
            return redirect("suppliers:member-list", membership.supplier_id)
    context = {"form": form, "membership": membership}
    return render(request, "suppliers/membership_change.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Open by the link, accept by the button; nothing happens when a mail program follows it."""
    at = timezone.now()
    invitation = Invitation.objects.open_at(at).with_token(token).select_related("supplier").first()
    if invitation is None:
        return render(request, "suppliers/invitation_closed.html", status=HTTPStatus.GONE)
    if User.objects.filter(email=invitation.email).exists():
        return _join(request, invitation)
    form = AcceptForm(request.POST or None, email=invitation.email)
    if form.is_valid():
        person = actions.accept_invitation(invitation, **form.cleaned_data, at=at)
        get_adapter(request).login(request, person)
        return redirect("/")
    return render(
        request, "suppliers/invitation_accept.html", {"invitation": invitation, "form": form}
    )


def _join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Ask who has an account to sign in, and then to accept with one button."""
    is_invited = isinstance(request.user, User) and request.user.email == invitation.email
    if request.method == "POST" and is_invited:
        assert isinstance(request.user, User)  # noqa: S101 - tells mypy
        actions.join_supplier(invitation, by=request.user, at=timezone.now())
        return redirect("/")
    facts = {"invitation": invitation, "is_invited": is_invited}
    return render(request, "suppliers/invitation_join.html", facts)


def _visible_supplier(request: UserRequest, supplier_id: int) -> Supplier:
    supplier: Supplier = get_object_or_404(
        Supplier.objects.visible_to(request.user), pk=supplier_id
    )
    return supplier


def _visible_certificate(request: UserRequest, certificate_id: int) -> Certificate:
    suppliers = Supplier.objects.visible_to(request.user)
    found = Certificate.objects.select_related("supplier")
    certificate: Certificate = get_object_or_404(found, pk=certificate_id, supplier__in=suppliers)
    return certificate


def _with_number(kvk: str) -> Supplier | None:
    known: Supplier | None = Supplier.objects.filter(kvk=kvk).exclude(kvk="").first()
    return known


def _typed(words: str) -> dict[str, str]:
    """Fill in what was searched for."""
    is_number = any(map(str.isdecimal, words)) and not any(map(str.isalpha, words))
    return {"kvk": words} if is_number else {"name": words}


@require_http_methods(["GET", "POST"])
def insolvency_record(request: UserRequest, supplier_id: int) -> HttpResponse:
    supplier = _visible_supplier(request, supplier_id)
    require(rules.may_record_insolvency(request.user, supplier))
    form = InsolvencyForm(request.POST or None)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            actions.record_insolvency(
                supplier,
                facts["insolvent_on"],
                by=request.user,
                at=timezone.now(),
                reason=facts["reason"],
            )
        except actions.InsolvencyDayError as reason:
            form.add_error("insolvent_on", str(reason))
        else:
            messages.success(request, _("Written down. No new work is entered on the contracts."))
            return redirect(supplier)
    context = {"form": form, "supplier": supplier}
    return render(request, "suppliers/insolvency_record.html", context)


@require_http_methods(["GET", "POST"])
def insolvency_lift(request: UserRequest, supplier_id: int) -> HttpResponse:
    supplier = _visible_supplier(request, supplier_id)
    require(rules.may_lift_insolvency(request.user, supplier))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.lift_insolvency(supplier, by=request.user, at=timezone.now(), reason=reason)
        messages.success(request, _("Written down. Work can be entered again."))
        return redirect(supplier)
    context = {"form": form, "supplier": supplier}
    return render(request, "suppliers/insolvency_lift.html", context)
