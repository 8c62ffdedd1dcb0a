package io.similitude.files;

import java.io.Serializable;

/**
 * A file of a listing.
 *
 * @param name the path from the folder that was listed, with slashes
 * @param info what the listing says of it
 */
public record ListedFile(String name, FileInfo info) implements Serializable {}
