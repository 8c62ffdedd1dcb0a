/**
 * Divides the comparison into parts. A part tells which groups of representations are compared. No
 * Spark.
 */
package io.similitude.comparison;
