package io.similitude;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The order of the packages and the fences around the libraries. CONTRIBUTING.md has the same table
 * with the role of each package.
 */
@AnalyzeClasses(packages = "io.similitude", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "io.similitude.";

  /** A package imports only those before it. */
  private static final List<String> ORDER =
      List.of(
          "input",
          "spec",
          "spec.reader",
          "files",
          "similarity.gram",
          "similarity.measure",
          "similarity.exact",
          "similarity.significance",
          "similarity.table",
          "checkpoint",
          "dataset.image",
          "dataset.npy",
          "dataset.parquet",
          "dataset.transform",
          "dataset",
          "dataset.imported",
          "program",
          "store",
          "network",
          "attack.search",
          "attack.unforeseen",
          "attack",
          "execution",
          "plan",
          "extraction",
          "comparison",
          "comparison.gram",
          "comparison.activation",
          "analysis",
          "report",
          "stage",
          "cli");

  @ArchTest
  static void packagesImportOnlyThoseBeforeThem(JavaClasses classes) {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        if (isOurs(target) && place(target) > place(type)) {
          wrong.add(
              "%s -> %s".formatted(topLevel(type).getFullName(), topLevel(target).getFullName()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ArchTest
  static void everyPackageHasItsPlaceInTheOrder(JavaClasses classes) {
    assertThat(classes.stream().map(ArchitectureTest::packageOf).collect(toSet()))
        .isSubsetOf(ORDER);
  }

  @ArchTest
  static void noSimpleNameStandsTwice(JavaClasses classes) {
    Map<String, Set<String>> names = new HashMap<>();
    for (JavaClass type : topLevels(classes)) {
      names.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>()).add(type.getFullName());
    }
    names.values().removeIf(types -> types.size() < 2);
    assertThat(names).isEmpty();
  }

  @ArchTest
  static void sparkOnlyWhereTablesAndTasksAre(JavaClasses classes) {
    fence(classes, "org.apache.spark..", "store", "execution", "plan", "stage", "cli");
  }

  @ArchTest
  static void hadoopOnlyWhereFilesAre(JavaClasses classes) {
    fence(classes, "org.apache.hadoop..", "files", "store", "execution");
  }

  @ArchTest
  static void djlOnlyWhereNetworksRun(JavaClasses classes) {
    fence(classes, "ai.djl..", "network", "training", "extraction", "comparison");
  }

  @ArchTest
  static void yamlOnlyInTheReaders(JavaClasses classes) {
    fence(classes, "org.snakeyaml..", "spec.reader");
  }

  @ArchTest
  static void linearAlgebraOnlyInSimilarity(JavaClasses classes) {
    fence(classes, "dev.ludovic.netlib..", "similarity.gram");
    fence(classes, "org.netlib..", "similarity.gram");
  }

  @ArchTest
  static void commandLineOnlyInCli(JavaClasses classes) {
    fence(classes, "picocli..", "cli");
  }

  private static void fence(JavaClasses classes, String library, String... users) {
    String[] allowed = List.of(users).stream().map(ROOT::concat).toArray(String[]::new);
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

  private static List<JavaClass> topLevels(JavaClasses classes) {
    return new ArrayList<>(
        classes.stream()
            .filter(type -> topLevel(type).equals(type))
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .toList());
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith(ROOT);
  }

  private static int place(JavaClass type) {
    return ORDER.indexOf(packageOf(type));
  }

  private static String packageOf(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }

  private static JavaClass topLevel(JavaClass type) {
    JavaClass top = type.getBaseComponentType();
    while (top.getEnclosingClass().isPresent()) {
      top = top.getEnclosingClass().get();
    }
    return top;
  }
}
