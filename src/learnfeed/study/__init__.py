"""Scheduling and quizzes."""
