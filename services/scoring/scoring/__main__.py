from kit.commands import main
from scoring import app
from scoring.settings import Settings

cli = main(app.__file__, app.create_app, Settings, app.CONSUMERS)

if __name__ == "__main__":
    cli()
