from django.db import models


class Course(models.Model):
    slug = models.SlugField(unique=True)


class Edition(models.Model):
    course = models.ForeignKey(Course, null=True, blank=True, on_delete=models.PROTECT, related_name="editions")
