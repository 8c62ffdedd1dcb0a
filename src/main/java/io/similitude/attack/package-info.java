/** The attacks that a spec may name. An attack perturbs a batch of examples against a network. */
package io.similitude.attack;
