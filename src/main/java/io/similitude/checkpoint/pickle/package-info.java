/** Reads pickles as inert values. Nothing that a pickle names is imported or called. */
package io.similitude.checkpoint.pickle;
