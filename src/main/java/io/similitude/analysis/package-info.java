/** Similarities to findings: heatmaps, curves over depth, accuracies, examples under attack. */
package io.similitude.analysis;
