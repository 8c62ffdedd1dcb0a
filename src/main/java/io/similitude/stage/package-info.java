/**
 * The stages: extract, compare, report. A stage decides which tasks run and in which order, and
 * commits their results.
 */
package io.similitude.stage;
