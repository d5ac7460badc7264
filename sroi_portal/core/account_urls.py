"""The pages of allauth that we use; their names are allauth's, so they stand in no namespace."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import path, re_path

from sroi_portal.core.views import account as ours

KEY = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns = [
    path("language/", ours.set_language, name="set_language"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", ours.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(KEY, account.password_reset_from_key, name="account_reset_password_from_key"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", second_factor.index, name="mfa_index"),
    path("second-factor/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("second-factor/again/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", app.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", ours.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/file/",
        ours.recovery_codes_file,
        name="mfa_download_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("passkey/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("passkey/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("passkey/login/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("passkey/again/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkey/<int:pk>/rename/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkey/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
]
