/**
 * Networks as TorchScript source: the built-in architectures, their layers, taps and reductions.
 */
package io.similitude.program;
