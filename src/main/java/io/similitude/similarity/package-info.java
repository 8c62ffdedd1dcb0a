/**
 * Pure mathematics of representation similarity: centring, packed Gram matrices, HSIC sums, CKA;
 * and what is measured between which representations.
 */
package io.similitude.similarity;
