/** Perturbs a batch of examples against a network, or at random: the threat models of views. */
package io.similitude.attack;
