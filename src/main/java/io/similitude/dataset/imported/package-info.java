/** Representations that were made elsewhere: found, matched with the examples, read. */
package io.similitude.dataset.imported;
