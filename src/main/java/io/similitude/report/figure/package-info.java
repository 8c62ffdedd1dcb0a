/** Charts that paint themselves, as PNG, SVG and PDF. */
package io.similitude.report.figure;
