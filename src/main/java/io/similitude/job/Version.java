package io.similitude.job;

import java.util.Optional;

/** The version of Similitude that runs, from the jar's manifest. */
final class Version {
  private Version() {}

  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }
}
