/** Finds the weights of a network among the tensors of a file, by names and shapes. */
package io.similitude.checkpoint.match;
