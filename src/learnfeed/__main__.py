"""``python -m learnfeed``."""

from learnfeed.cli.main import main

if __name__ == "__main__":
    main()
