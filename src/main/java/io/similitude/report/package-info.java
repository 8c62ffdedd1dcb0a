/** Findings to HTML, PNG and CSV. */
package io.similitude.report;
