/** TorchScript source of exported networks: read, and rewritten with taps. */
package io.similitude.program.script;
