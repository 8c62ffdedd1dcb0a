/** The description of what to compute, as records. A record checks itself. */
package io.similitude.spec;
