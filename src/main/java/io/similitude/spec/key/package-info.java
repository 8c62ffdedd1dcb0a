/** The common parts of the keys and values of a spec. */
package io.similitude.spec.key;
