/** Gram matrices: centring, kernels, packed and dense forms, and their spectra. */
package io.similitude.similarity.gram;
