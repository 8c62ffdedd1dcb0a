/** Exact CKA over all examples, by tiles of Gram matrices or by cross-covariances. */
package io.similitude.similarity.exact;
