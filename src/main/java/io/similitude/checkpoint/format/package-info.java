/** Formats of weights files. Each is known by its first bytes. */
package io.similitude.checkpoint.format;
