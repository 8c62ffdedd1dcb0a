/** Findings to HTML, SVG, PDF, PNG and CSV. */
package io.similitude.report;
