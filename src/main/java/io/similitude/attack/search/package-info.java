/** What attacks search with: balls, gradients, objectives, random numbers. */
package io.similitude.attack.search;
