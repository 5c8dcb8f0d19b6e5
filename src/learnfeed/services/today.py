"""The first screen: what waits today, and which posts fit now."""

from __future__ import annotations

from learnfeed.config import Settings
from learnfeed.core.days import DAY_MS, DayRule
from learnfeed.core.feed import FeedQuery
from learnfeed.core.habit import STREAK_DAYS, minutes_for, streak
from learnfeed.core.review import CardState
from learnfeed.services.views import TodayView
from learnfeed.store.database import Database
from learnfeed.store.posts import PostStore
from learnfeed.store.reviews import ReviewStore
from learnfeed.store.side import side_of

FITTING_POSTS = 12
FORECAST_DAYS = 7
USUAL_STREAK_DAYS = 400
"""How far back a streak is looked for first: the first screen asks no more than it needs."""
PACE_DAYS = 14
"""Over how many days the learner's pace is taken."""


def today_view(database: Database, settings: Settings, days: DayRule, now: int) -> TodayView:
    """Today's figures. Reads only indexed rows, so that it is there at once in any library.

    Args:
        database: The library.
        settings: Daily limits.
        days: Where days begin.
        now: Unix milliseconds.
    """
    posts, reviews = PostStore(database, side_of(settings.direction)), ReviewStore(database)
    today = days.day(now)
    start, end = days.start(today), days.end_of_day(now)
    counts = reviews.counts(end, now)
    new = min(counts.new, max(0, settings.new_per_day - reviews.new_seen_between(start, end)))
    recent = reviews.log_between(now - PACE_DAYS * DAY_MS, end)
    done = sum(log.at >= start and log.state is CardState.REVIEW for log in recent)
    due = min(counts.due, max(0, settings.reviews_per_day - done))
    ids = posts.ids(FeedQuery(unread=True), FITTING_POSTS)
    cards = posts.cards(ids)
    return TodayView(
        new=new,
        learning=counts.learning,
        due=due,
        minutes=minutes_for(new + counts.learning + due, [log.took for log in recent if log.took]),
        forecast=_forecast(reviews, days, today, due + counts.learning),
        fits=tuple(cards[i] for i in ids if i in cards),
        posts=posts.count(),
        streak=_streak(reviews, days, today),
        reviewed_today=sum(log.at >= start for log in recent),
        minutes_today=round(sum(log.took for log in recent if log.at >= start) / 60_000),
        goal_reviews=settings.goal_reviews,
        goal_minutes=settings.goal_minutes,
    )


def _streak(reviews: ReviewStore, days: DayRule, today: int) -> int:
    run = streak(reviews.active_days(days, today - USUAL_STREAK_DAYS), today)
    if run.days + len(run.frozen) >= USUAL_STREAK_DAYS:
        run = streak(reviews.active_days(days, today - STREAK_DAYS), today)
    return run.days


def _forecast(reviews: ReviewStore, days: DayRule, today: int, now_due: int) -> tuple[int, ...]:
    ahead = [0] * FORECAST_DAYS
    for due in reviews.due_between(days.start(today + 1), days.start(today + FORECAST_DAYS)):
        ahead[days.day(due) - today] += 1
    return (now_due, *ahead[1:])
