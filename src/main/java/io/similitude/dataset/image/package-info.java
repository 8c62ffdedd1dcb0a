/** Images: decoding of JPEG and PNG, and arrays of pixels. */
package io.similitude.dataset.image;
