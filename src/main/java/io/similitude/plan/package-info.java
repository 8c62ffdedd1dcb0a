/**
 * What a sweep consists of: its units, what identifies each, what is missing, what it costs. No
 * Spark.
 */
package io.similitude.plan;
