from observing import lean

lean.begin()

import training
from hosting.commands import main
from records.events import described
from training.app import DOMAINS, create_app
from training.settings import Settings

cli = main(str(training.__file__), create_app, Settings, DOMAINS, events=lambda: described("training"))

if __name__ == "__main__":
    cli()
