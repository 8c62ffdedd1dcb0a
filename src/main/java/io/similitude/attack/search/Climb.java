package io.similitude.attack.search;

/** What is climbed for one example: the variables that make its image, and how they move. */
public record Climb(Rendering rendering, Ascent ascent) {}
