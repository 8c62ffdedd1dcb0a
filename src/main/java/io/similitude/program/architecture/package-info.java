/**
 * Built-in networks. Each is described once in Java. The description gives the source, the layers,
 * the weights and the FLOPs.
 */
package io.similitude.program.architecture;
