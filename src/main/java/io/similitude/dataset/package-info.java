/** A data set as ordered, repeatable batches of plain arrays. */
package io.similitude.dataset;
