/** Statistics of similarity matrices and of distances between networks: pure mathematics. */
package io.similitude.analysis.statistics;
