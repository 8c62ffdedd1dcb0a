/**
 * The tables of a run: schemas, rows, atomic commits, and the record of what is done already. Other
 * packages use {@link io.similitude.store.RunFolder} on the driver and executors, and {@link
 * io.similitude.store.Tables} on the driver.
 */
package io.similitude.store;
