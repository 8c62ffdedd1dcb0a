/** The tensors of files that {@code torch.save} writes: storages, and the windows into them. */
package io.similitude.checkpoint.torch;
