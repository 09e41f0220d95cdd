"""Three people and three orders to try the shop with; the password of each is ``room``."""

from django.core.management.base import BaseCommand
from django.db import transaction

from orders.models import Customer, Order


class Command(BaseCommand):
    help = "Fill an empty shop with three people and three orders."

    @transaction.atomic
    def handle(self, *args, **options):
        aiko = Customer.objects.register("aiko@example.org", "Aiko", "room")
        chidi = Customer.objects.register("chidi@example.org", "Chidi", "room")
        Customer.objects.register("bela@example.org", "Béla from the shop", "room", sells=True)
        Order.objects.create(customer=aiko, what="Paper lantern")
        Order.objects.create(customer=chidi, what="Tea bowl")
        Order.objects.create(customer=aiko, what="Bamboo flute")
        self.stdout.write("Sign in as aiko@example.org, chidi@example.org or bela@example.org, who sells.")
        self.stdout.write("The password of each is: room")
