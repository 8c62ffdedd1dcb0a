/** What the work costs, against its limits: JMH benchmarks, and the table of their ratios. */
package io.similitude.benchmark;
