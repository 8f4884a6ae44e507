"""What a learner looks at: the article, highlights, charts with their tables."""
