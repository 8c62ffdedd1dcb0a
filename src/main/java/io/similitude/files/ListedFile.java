package io.similitude.files;

import java.io.Serializable;

/**
 * A file of a listing.
 *
 * @param name the path from the folder that was listed, with slashes
 * @param info the properties of the file from the listing
 */
public record ListedFile(String name, FileInfo info) implements Serializable {}
