/** Plans a sweep: its units, what identifies each, which are missing, and their cost. No Spark. */
package io.similitude.plan;
