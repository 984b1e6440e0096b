"""All tables of all packages, for the migrations and their tests."""

import importlib
import importlib.util
import pkgutil

import wiki
from wiki.db import Base

for _module in pkgutil.iter_modules(wiki.__path__):
    if _module.ispkg and importlib.util.find_spec(f"wiki.{_module.name}.models"):
        importlib.import_module(f"wiki.{_module.name}.models")

metadata = Base.metadata
