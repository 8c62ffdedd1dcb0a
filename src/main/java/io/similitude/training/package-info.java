/**
 * Training of a network. Recipes are carried out step by step and epoch by epoch. The results are
 * repeatable.
 */
package io.similitude.training;
