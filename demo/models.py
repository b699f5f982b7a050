from __future__ import annotations

from django.db import models

from intranet import clock


class Company(models.Model):
    """One row while the demo company is here, with the ids of its people and departments.

    All else that belongs to it follows from these, also what its people make while they try the product.
    """

    created_at = models.DateTimeField(default=clock.now)
    users = models.JSONField(default=list)
    departments = models.JSONField(default=list)
    is_founder = models.BooleanField(default=False)  # nobody had set a company up before it came

    def __str__(self) -> str:
        return f"demo company of {self.created_at:%Y-%m-%d}"
