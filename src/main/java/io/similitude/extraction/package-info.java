/** One unit, batch in, Gram matrices, activations and predictions out; the product engine. */
package io.similitude.extraction;
