/** Cuts the comparison into parts: which groups of representations are compared. No Spark. */
package io.similitude.comparison;
