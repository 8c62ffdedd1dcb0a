/** Reads a spec from YAML and reports every problem of it at once. */
package io.similitude.spec.reader;
