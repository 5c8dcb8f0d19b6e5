"""learnfeed: graded reading, quizzes and Anki decks out of the bilingual posts a person saved."""

__version__ = "0.1.0"
