/** Training of a network: recipes carried out step by step, epoch by epoch, repeatably. */
package io.similitude.training;
