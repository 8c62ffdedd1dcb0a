/** P-values of all pairs, and q-values that control the false discovery rate. */
package io.similitude.similarity.significance;
