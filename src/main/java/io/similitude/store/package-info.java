/**
 * The tables of a run: schemas, rows, atomic commits, and what is done already. Doors: {@link
 * io.similitude.store.RunFolder} on driver and executors, {@link io.similitude.store.Tables} on the
 * driver.
 */
package io.similitude.store;
