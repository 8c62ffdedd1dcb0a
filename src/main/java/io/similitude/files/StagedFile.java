package io.similitude.files;

import java.nio.file.Path;

/**
 * A file that can be opened by its local path.
 *
 * @param path the local file: a copy named by its digest, or the original if it is local
 * @param sha256 of the content, 64 lower-case hexadecimal digits
 * @param length in bytes
 */
public record StagedFile(Path path, String sha256, long length) {}
