/** The content of a row of the table of similarities. */
package io.similitude.similarity.table;
