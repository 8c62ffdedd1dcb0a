/**
 * What to compute, as records, and the YAML reader that reports every problem of a spec at once.
 */
package io.similitude.spec;
