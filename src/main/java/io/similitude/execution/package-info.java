/** Runs tasks, on Spark or in the driver: outcomes, counters, progress. */
package io.similitude.execution;
