/** The tables of a run: schemas, rows, atomic commits, and what is done already. */
package io.similitude.store;
