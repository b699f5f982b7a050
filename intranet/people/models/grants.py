"""Grants of django-guardian, tied to their department by a real foreign key.

Generic rows would outlive a department, and the next one with the same id would inherit them.
"""

from __future__ import annotations

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from intranet.people.models.department import Department


class DepartmentUserPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(Department, models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class DepartmentGroupPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Department, models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
