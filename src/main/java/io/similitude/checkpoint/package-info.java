/** Weights and archives as data: readers of what PyTorch saves, writers of what libtorch loads. */
package io.similitude.checkpoint;
