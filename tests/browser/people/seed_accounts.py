"""Make accounts; the first is the administrator's: ``python -m tests.browser.people.seed_accounts <name>...``. Run with the server's settings."""

import sys

import django

PASSWORD = "tatami-shoji-engawa"


def main(names):
    django.setup()
    from zashiki.server.accounts.models import Account

    for name in names:
        is_first = not Account.objects.exists()
        make = Account.objects.create_superuser if is_first else Account.objects.create_user
        make(name.lower(), f"{name.lower()}@example.org", PASSWORD, name=name)


if __name__ == "__main__":
    main(sys.argv[1:])
