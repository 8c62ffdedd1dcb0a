/** A program with weights, loaded on a device and run; the owner of native memory. */
package io.similitude.network;
