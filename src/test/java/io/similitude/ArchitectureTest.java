package io.similitude;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
          "spec.key",
          "spec.measure",
          "spec",
          "spec.reader",
          "files",
          "similarity.gram",
          "similarity.measure",
          "similarity.exact",
          "similarity.significance",
          "similarity.table",
          "checkpoint.tensor",
          "checkpoint.pickle",
          "checkpoint.torch",
          "checkpoint.format",
          "checkpoint.match",
          "checkpoint.script",
          "checkpoint.exported",
          "dataset.image",
          "dataset.npy",
          "dataset.parquet",
          "dataset.transform",
          "dataset",
          "dataset.imported",
          "program",
          "program.architecture",
          "program.script",
          "program.exported",
          "store.row",
          "store.page",
          "store",
          "network",
          "attack.search",
          "attack.unforeseen",
          "attack",
          "training",
          "execution",
          "plan",
          "extraction",
          "comparison",
          "comparison.gram",
          "comparison.activation",
          "analysis",
          "analysis.statistics",
          "analysis.finding",
          "report.figure",
          "report",
          "stage",
          "cli");

  /** What a reader can hold in the head. */
  private static final int MOST_TYPES = 40;

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
  static void aPackageCanBeHeldInTheHead(JavaClasses classes) {
    Map<String, Long> large = new TreeMap<>();
    topLevels(classes).stream()
        .collect(groupingBy(ArchitectureTest::packageOf))
        .forEach(
            (name, types) -> {
              if (types.size() > MOST_TYPES) {
                large.put(name, (long) types.size());
              }
            });
    assertThat(large).isEmpty();
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
  static void noClassesGoInCircles(JavaClasses classes) {
    Set<String> circles = new TreeSet<>();
    for (String name : List.of("plan", "comparison", "stage")) {
      Map<String, Set<String>> uses = uses(classes, name);
      for (String type : uses.keySet()) {
        if (reached(uses, uses.get(type)).contains(type)) {
          circles.add(type);
        }
      }
    }
    assertThat(circles).isEmpty();
  }

  @ArchTest
  static void everyClassIsReachableFromMain(JavaClasses classes) {
    Map<String, Set<String>> uses = new HashMap<>();
    for (JavaClass type : classes) {
      Set<String> targets = uses.computeIfAbsent(name(type), name -> new HashSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(Dependency::getTargetClass)
          .filter(ArchitectureTest::isOurs)
          .forEach(target -> targets.add(name(target)));
    }
    Set<String> unreached = new TreeSet<>(uses.keySet());
    unreached.removeAll(reached(uses, Set.of(ROOT + "cli.Main")));
    unreached.removeIf(type -> type.endsWith("package-info"));
    classes.stream()
        .filter(ArchitectureTest::isOnlyConstants)
        .forEach(type -> unreached.remove(name(type)));
    assertThat(unreached).isEmpty();
  }

  /**
   * Users in tests and benchmarks count: they stand outside by need. So do signatures of public
   * methods: whoever calls them needs the type.
   */
  @ArchTest
  static void aPublicTypeHasAUserOutsideItsPackage(JavaClasses classes) {
    JavaClasses all = new ClassFileImporter().importPackages("io.similitude");
    Set<String> used = new HashSet<>();
    for (JavaClass type : all) {
      type.getDirectDependenciesFromSelf().stream()
          .map(Dependency::getTargetClass)
          .filter(it -> isOurs(it) && !it.getPackageName().equals(type.getPackageName()))
          .forEach(target -> used.add(name(target)));
      type.getCodeUnits().stream()
          .filter(it -> isPublic(type) && it.getModifiers().contains(JavaModifier.PUBLIC))
          .forEach(
              it -> {
                it.getRawParameterTypes().forEach(each -> used.add(name(each)));
                used.add(name(it.getRawReturnType()));
              });
    }
    Set<String> unused = new TreeSet<>();
    for (JavaClass type : topLevels(classes)) {
      if (isPublic(type) && !isOnlyConstants(type) && !used.contains(name(type))) {
        unused.add(name(type));
      }
    }
    assertThat(unused).isSubsetOf(ROOT + "cli.Main");
  }

  @ArchTest
  static void sparkOnlyWhereTablesAndTasksAre(JavaClasses classes) {
    fence(classes, "org.apache.spark..", "store.row", "store", "execution", "stage", "cli");
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

  private static Map<String, Set<String>> uses(JavaClasses classes, String packageName) {
    Map<String, Set<String>> uses = new HashMap<>();
    for (JavaClass type : classes) {
      if (packageOf(type).equals(packageName)) {
        Set<String> targets = uses.computeIfAbsent(name(type), name -> new HashSet<>());
        type.getDirectDependenciesFromSelf().stream()
            .map(Dependency::getTargetClass)
            .filter(target -> isOurs(target) && packageOf(target).equals(packageName))
            .map(ArchitectureTest::name)
            .filter(target -> !target.equals(name(type)))
            .forEach(targets::add);
      }
    }
    return uses;
  }

  private static Set<String> reached(Map<String, Set<String>> uses, Set<String> from) {
    Set<String> reached = new HashSet<>(from);
    Deque<String> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      for (String next : uses.getOrDefault(open.pop(), Set.of())) {
        if (reached.add(next)) {
          open.push(next);
        }
      }
    }
    return reached;
  }

  private static List<JavaClass> topLevels(JavaClasses classes) {
    return new ArrayList<>(
        classes.stream()
            .filter(type -> topLevel(type).equals(type))
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .toList());
  }

  /** The compiler copies constants to where they are used. */
  private static boolean isOnlyConstants(JavaClass type) {
    return type.getMethods().isEmpty() && !type.getFields().isEmpty();
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC);
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

  private static String name(JavaClass type) {
    return topLevel(type).getFullName();
  }

  private static JavaClass topLevel(JavaClass type) {
    JavaClass top = type.getBaseComponentType();
    while (top.getEnclosingClass().isPresent()) {
      top = top.getEnclosingClass().get();
    }
    return top;
  }
}
