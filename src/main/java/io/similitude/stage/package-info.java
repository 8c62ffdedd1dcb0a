/**
 * The stages: extract, compare, report. A stage decides what to run, in which order, and commits
 * it.
 */
package io.similitude.stage;
