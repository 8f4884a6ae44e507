"""What a class believes, from its gradebook: tables and charts on one page, for the instructor alone."""
