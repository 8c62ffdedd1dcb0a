/** Runs tasks on Spark or in the driver. It also handles their outcomes, counters and progress. */
package io.similitude.execution;
