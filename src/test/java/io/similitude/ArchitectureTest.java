package io.similitude;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;

/**
 * The order of the packages and the fences around the libraries: the design's table, kept by the
 * build.
 */
@AnalyzeClasses(packages = "io.similitude", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  /** A package imports only those before it. */
  private static final List<String> ORDER =
      List.of(
          "spec",
          "files",
          "similarity",
          "checkpoint",
          "dataset",
          "program",
          "network",
          "attack",
          "extraction",
          "store",
          "analysis",
          "analysis.finding",
          "report",
          "job");

  @ArchTest
  static void packagesImportOnlyThoseBeforeThem(JavaClasses classes) {
    for (int i = 0; i < ORDER.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(ours(ORDER.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ORDER.subList(i + 1, ORDER.size()).stream()
                  .map(ArchitectureTest::ours)
                  .toArray(String[]::new))
          .as(ORDER.get(i) + " imports only the packages before it")
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @ArchTest
  static void everyPackageHasItsPlaceInTheOrder(JavaClasses classes) {
    noClasses()
        .that(
            new DescribedPredicate<>("are in no package of the order") {
              @Override
              public boolean test(JavaClass type) {
                return ORDER.stream().noneMatch(name -> type.getPackageName().equals(ours(name)));
              }
            })
        .should()
        .bePublic()
        .orShould()
        .bePackagePrivate()
        .allowEmptyShould(true)
        .check(classes);
  }

  @ArchTest
  static void sparkOnlyInStoreAndJob(JavaClasses classes) {
    fence(classes, "org.apache.spark..", "store", "job");
  }

  @ArchTest
  static void hadoopOnlyWhereFilesAre(JavaClasses classes) {
    fence(classes, "org.apache.hadoop..", "files", "store", "job");
  }

  @ArchTest
  static void djlOnlyWhereNetworksRun(JavaClasses classes) {
    fence(classes, "ai.djl..", "network", "extraction");
  }

  @ArchTest
  static void yamlOnlyInSpec(JavaClasses classes) {
    fence(classes, "org.snakeyaml..", "spec");
  }

  @ArchTest
  static void linearAlgebraOnlyInSimilarity(JavaClasses classes) {
    fence(classes, "dev.ludovic.netlib..", "similarity");
    fence(classes, "org.netlib..", "similarity");
  }

  @ArchTest
  static void commandLineOnlyInJob(JavaClasses classes) {
    fence(classes, "picocli..", "job");
  }

  private static void fence(JavaClasses classes, String library, String... users) {
    String[] allowed = List.of(users).stream().map(ArchitectureTest::ours).toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .as(library + " only in " + List.of(users))
        .allowEmptyShould(true)
        .check(classes);
  }

  private static String ours(String name) {
    return "io.similitude." + name;
  }
}
