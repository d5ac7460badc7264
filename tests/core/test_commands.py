"""What is done at a terminal."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from sroi_portal.core.models import Authority, Outgoing, RoleName, User

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_the_code_that_a_demo_person_sees_now(settings, olga, piet, capsys):
    settings.DEMO = True
    data = {"secret": get_adapter().encrypt(SECRET)}
    Authenticator.objects.create(user=olga, type=Authenticator.Type.TOTP, data=data)
    call_command("demo_code", "olga")
    call_command("demo_code", "olga@example.org")
    codes = capsys.readouterr().out.split()
    assert [len(code) for code in codes] == [6, 6]
    for who in ("example.org", "nobody"):
        with pytest.raises(CommandError, match="write one name"):
            call_command("demo_code", who)
    with pytest.raises(CommandError, match="password is enough"):
        call_command("demo_code", "Piet")


def test_the_first_administrator_of_a_new_authority(db):
    with pytest.raises(CommandError, match="its name as well"):
        call_command("add_administrator", "eva@example.org", "Eva", "NW")
    call_command("add_administrator", "Eva@example.org", "Eva", "NW", "Nieuwe dienst")
    eva = User.objects.get(email="eva@example.org")
    assert eva.has_role(RoleName.ADMINISTRATOR, Authority.objects.get(code="NW").pk)
    assert Outgoing.objects.get().to_address == "eva@example.org"
    with pytest.raises(CommandError):
        call_command("add_administrator", "eva@example.org", "Eva", "NW")
