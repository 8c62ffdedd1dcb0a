/** Similarities to findings: heatmaps of checkpoint pairs, accuracies. */
package io.similitude.analysis;
