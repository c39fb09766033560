"""pytest takes this folder for a package named `gateway`; the real one lies inside."""

import sys
from importlib import import_module

sys.modules.pop("gateway", None)
import_module("gateway")
