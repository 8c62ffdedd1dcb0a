package io.similitude.files;

import java.io.Serializable;

/**
 * What storage says about one file.
 *
 * @param length in bytes
 * @param modified milliseconds since 1970, as the file system stores it
 */
public record FileInfo(long length, long modified) implements Serializable {}
