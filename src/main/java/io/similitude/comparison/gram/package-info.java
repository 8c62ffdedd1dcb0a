/** Compares two groups of representations by their stored Gram matrices. */
package io.similitude.comparison.gram;
