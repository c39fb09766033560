"""`python -m deploy.launcher.demonstration`: fills an empty system through its public API."""

from deploy.demo.invitations import bootstrap_token
from deploy.demo.load import load_if_empty
from deploy.launcher.layout import Layout

if __name__ == "__main__":
    layout = Layout.from_environment()
    load_if_empty(layout.address, bootstrap_token, layout.accounts)
