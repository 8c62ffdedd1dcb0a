/** The transforms of an image before a network gets it. */
package io.similitude.dataset.transform;
