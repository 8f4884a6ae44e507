"""What a learner clicks: one widget for each form of answer."""
