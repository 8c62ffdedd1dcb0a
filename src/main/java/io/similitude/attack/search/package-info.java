/** The parts of the attacks' searches: balls, gradients, objectives, random numbers. */
package io.similitude.attack.search;
