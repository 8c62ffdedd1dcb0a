/** What the keys and values of a spec have in common. */
package io.similitude.spec.key;
