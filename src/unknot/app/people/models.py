"""Who uses the program (User, only where there are accounts) and whose record it is (Person)."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from unknot.app.ids import new_id


class User(AbstractBaseUser):
    """An account. A person at home needs none; the table stands from the first migration because a clinic does."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=150, unique=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "name"


class Person(models.Model):
    """Somebody whose record is kept. Holds no health value: those stand in the journal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    made_at = models.DateTimeField(auto_now_add=True)
