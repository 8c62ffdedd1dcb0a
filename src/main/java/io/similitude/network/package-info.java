/** Programs with weights, loaded on a device and run. Owns native memory. */
package io.similitude.network;
