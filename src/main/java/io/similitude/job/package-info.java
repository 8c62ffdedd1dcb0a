/** One class for each command: parse, plan, run on Spark, commit, exit status. */
package io.similitude.job;
