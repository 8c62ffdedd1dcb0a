/**
 * The user's mistakes: exceptions that name the thing, the value and the way out, and suggestions
 * of known names.
 */
package io.similitude.input;
