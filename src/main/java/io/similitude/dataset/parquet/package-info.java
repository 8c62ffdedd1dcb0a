/** Columns of Parquet files. */
package io.similitude.dataset.parquet;
