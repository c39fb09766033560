import gc

gc.disable()  # what is imported stays: looking for garbage in it is a quarter of a start

from registry.commands import cli

if __name__ == "__main__":
    cli()
