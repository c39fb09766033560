from observing import lean

lean.begin()

from registry.commands import cli

if __name__ == "__main__":
    cli()
