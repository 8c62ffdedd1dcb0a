/** The tables, their schemas and their rows. */
package io.similitude.store.row;
