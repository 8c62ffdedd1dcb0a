/** The measures of similarity: HSIC sums, CKA and the others, with their standard errors. */
package io.similitude.similarity.measure;
