"""Filters of half-typed pages: when they were kept, at which step."""

from django import template

from workflows.models import DeskDraft
from workflows.procedure import named
from workflows.views.drafts import hour as hour_of

register = template.Library()
register.filter("hour", hour_of)


@register.filter
def step_of_draft(draft: DeskDraft) -> str:
    """The name of the step a page was typed at."""
    return str(named(draft.batch.procedure).step(draft.step).title)
