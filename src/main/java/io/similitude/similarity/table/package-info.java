/** What a row of the table of similarities says. */
package io.similitude.similarity.table;
