/** What similarity matrices say of networks, as numbers with errors, nulls and decisions. */
package io.similitude.analysis.finding;
