/**
 * Mistakes of the user: exceptions that name the thing, the value and the remedy, and suggestions
 * of known names.
 */
package io.similitude.input;
