/**
 * Access to bytes by location, local or on any Hadoop file system: opening, listing, staging with a
 * digest.
 */
package io.similitude.files;
