/**
 * Conclusions from similarity matrices about networks, as numbers with errors, tests and decisions.
 */
package io.similitude.analysis.finding;
