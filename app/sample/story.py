"""What has happened in the sample up to 10/05/2024, in the order of its days."""

from app.sample.acts import StoryStep
from app.sample.story_city import CITY
from app.sample.story_wards import WARDS

STORY: tuple[StoryStep, ...] = tuple(sorted((*CITY, *WARDS), key=lambda step: step.on))
