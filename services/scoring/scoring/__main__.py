import gc

gc.disable()  # what is imported stays: looking for garbage in it is a quarter of a start

from hosting.commands import main
from kit.refusals import Refusal
from records.events import described
from scoring import app
from scoring.points.evidence.stores import link_key
from scoring.settings import Settings


def _needs() -> None:
    file = Settings().attachments_key_file
    try:
        link_key(file)
    except OSError as error:
        raise Refusal(f"读不到密钥文件 {file}:{error.strerror}") from error


cli = main(app.__file__, app.create_app, Settings, app.CONSUMERS, _needs, events=lambda: described("scoring"))

if __name__ == "__main__":
    cli()
