/** Named tensors as data, and the bytes of files. */
package io.similitude.checkpoint.tensor;
