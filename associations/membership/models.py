from django.db import models


class Association(models.Model):
    slug = models.SlugField(unique=True)
