/** The measures that a spec can ask for, and their settings. */
package io.similitude.spec.measure;
