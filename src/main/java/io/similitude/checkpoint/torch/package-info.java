/** The tensors of files that {@code torch.save} writes: storages, and the windows of them. */
package io.similitude.checkpoint.torch;
