"""What a number for a missile's speed would mean: school physics, no air, flat ground.

Real missiles burn for tens of seconds, feel drag and may glide: these are estimates, not measurements.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from medialit.records import PlainRecord

G = 9.81  # metres per second squared
KMH = 3.6  # km/h in one metre per second


@dataclass(frozen=True)
class FlightCheck(PlainRecord):
    """What follows from a distance (km), a stated speed (km/h) and a height (km).

    ``hours`` to cover the distance at the stated speed; ``range_m`` and ``height_m`` that a thing thrown at that speed can
    reach (m); ``least_kmh`` the lowest speed that throws something over the distance; ``launch_kmh`` the speed that takes
    it over the distance and to the height (km/h).
    """

    distance_km: float
    speed_kmh: float
    height_km: float
    hours: float
    range_m: float
    height_m: float
    least_kmh: float
    launch_kmh: float


def check_flight(distance_km: float, speed_kmh: float, height_km: float) -> FlightCheck:
    """Hold a stated speed against distance and height. Raises ValueError unless all three are above zero."""
    if min(distance_km, speed_kmh, height_km) <= 0:
        raise ValueError("Distance, speed and height must be above zero.")
    speed, distance, height = speed_kmh / KMH, 1000 * distance_km, 1000 * height_km
    upward = sqrt(2 * G * height)
    flight_time = 2 * upward / G
    launch = sqrt(upward**2 + (distance / flight_time) ** 2)
    return FlightCheck(
        distance_km,
        speed_kmh,
        height_km,
        hours=distance_km / speed_kmh,
        range_m=speed**2 / G,
        height_m=speed**2 / (2 * G),
        least_kmh=sqrt(G * distance) * KMH,
        launch_kmh=launch * KMH,
    )
