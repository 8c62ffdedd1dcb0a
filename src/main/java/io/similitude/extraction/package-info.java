/** Makes one unit: perturbed inputs, forward pass, Gram matrices, activations, predictions. */
package io.similitude.extraction;
