/** Arrays of NumPy. */
package io.similitude.dataset.npy;
