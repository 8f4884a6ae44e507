"""For instructors only: submissions in, answers scored outside the learner's process, gradebook and reports out."""
