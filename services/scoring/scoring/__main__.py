import scoring
from kit.commands import main

from scoring.app import CONSUMERS, create_app
from scoring.settings import Settings

cli = main(str(scoring.__file__), create_app, Settings, CONSUMERS)

if __name__ == "__main__":
    cli()
