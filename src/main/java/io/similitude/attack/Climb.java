package io.similitude.attack;

/** What is climbed for one example: the variables that make its image, and how they move. */
record Climb(Rendering rendering, Ascent ascent) {}
