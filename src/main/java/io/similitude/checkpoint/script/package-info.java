/** TorchScript archives as data: read, and written with other code or other weights. */
package io.similitude.checkpoint.script;
