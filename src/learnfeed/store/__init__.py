"""The learner's library: the only place that speaks SQL."""
