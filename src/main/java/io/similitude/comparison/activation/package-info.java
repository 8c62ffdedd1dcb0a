/** Compares two groups of representations by their stored activations. */
package io.similitude.comparison.activation;
