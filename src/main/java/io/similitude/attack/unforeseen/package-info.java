/** The unforeseen attacks of Kang et al. (arXiv 1908.08016): JPEG, Gabor and snow. */
package io.similitude.attack.unforeseen;
