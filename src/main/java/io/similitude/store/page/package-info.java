/** Parquet's pages: how columns are written, and where pages lie when they are read. */
package io.similitude.store.page;
