/**
 * Pure mathematics of representation similarity: centring, packed Gram matrices, HSIC sums, CKA.
 */
package io.similitude.similarity;
