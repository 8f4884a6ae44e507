"""Tasks and quizzes: they take plain answers, ask the case for its gold, and return feedback."""
