"""``python -m klimatgraph``: the command line without the script being on the path."""

from klimatgraph.cli import main

if __name__ == "__main__":
    main(prog_name="klimatgraph")
