"""The static site: the course live in the browser, its lessons as pages to read, and the guides. For those who publish it."""
