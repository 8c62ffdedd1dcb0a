/** Archives of torch.export as data: the graph of a network, its weights and its constants. */
package io.similitude.checkpoint.exported;
