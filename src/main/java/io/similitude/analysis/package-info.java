/**
 * Turns similarities into findings: heatmaps, curves over depth, accuracies, examples under attack.
 */
package io.similitude.analysis;
