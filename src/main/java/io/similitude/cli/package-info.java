/** The command line. It has one class for each command, and the exit status. */
package io.similitude.cli;
