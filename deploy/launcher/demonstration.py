"""`python -m deploy.launcher.demonstration`: fills an empty system through its public API."""

from demo.district.invitations import bootstrap_token
from demo.district.load import load_if_empty
from deploy.launcher.layout import Layout

if __name__ == "__main__":
    layout = Layout.from_environment()
    load_if_empty(layout.address, bootstrap_token, layout.accounts)
