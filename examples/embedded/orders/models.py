"""People who buy, people who sell, and what they talk about."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.utils import timezone

from zashiki import permissions, writer
from zashiki.models import Room


class CustomerManager(BaseUserManager):
    def register(self, email, name, password, *, sells=False):
        customer = self.model(email=self.normalize_email(email), name=name, sells=sells)
        customer.set_password(password)
        customer.save()
        return customer


class Customer(AbstractBaseUser):
    """Somebody with an account: they sign in with their address, and nobody else gets to see it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=60)
    sells = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = CustomerManager()

    USERNAME_FIELD = "email"

    def __str__(self):
        return self.name


class OrderQuerySet(models.QuerySet):
    def concerning(self, customer):
        """The orders that this customer may see: their own, or all for somebody who sells."""
        return self if customer.sells else self.filter(customer=customer)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    what = models.CharField(max_length=100)
    sent_at = models.DateTimeField(null=True)

    objects = OrderQuerySet.as_manager()

    def __str__(self):
        return self.what

    def concerns(self, customer):
        return customer.sells or self.customer_id == customer.pk

    @transaction.atomic
    def send(self):
        """Hand it to the carrier, and say so in its room."""
        self.sent_at = timezone.now()
        self.save()
        writer.post(Room.objects.of(self), f"**{self}** has left the house.", name="The shop")

    @transaction.atomic
    def give_to(self, customer):
        """Let somebody else have it. Its room goes along: whoever gave it away is out at once."""
        self.customer = customer
        self.save()
        permissions.invalidate(room=Room.objects.of(self))
