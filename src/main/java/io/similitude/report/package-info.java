/** Writes findings as HTML, SVG, PDF, PNG and CSV. */
package io.similitude.report;
