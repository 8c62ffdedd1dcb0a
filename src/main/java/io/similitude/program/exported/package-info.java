/** Graphs of torch.export as programs: their operations, their layers, their weights. */
package io.similitude.program.exported;
