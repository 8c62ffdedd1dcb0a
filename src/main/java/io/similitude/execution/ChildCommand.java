package io.similitude.execution;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The command that starts a process like this one. The process has the same Java, the same classes
 * and the same settings.
 */
final class ChildCommand {
  private ChildCommand() {}

  /** The words of the command. */
  static List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(ChildCommand::isShared)
        .forEach(words::add);
    words.add("-Xmx" + Runtime.getRuntime().maxMemory());
    // A crash must leave no files in the user's folder.
    words.add("-XX:-CreateCoredumpOnCrash");
    words.add("-XX:ErrorFile=" + crashReport("%p"));
    words.add("-cp");
    words.add(String.join(File.pathSeparator, classPath()));
    words.add(ChildMain.class.getName());
    return words;
  }

  /** The file in which Java reports a crash of a process. */
  static Path crashReport(Object process) {
    return Path.of(System.getProperty("java.io.tmpdir"), "similitude-crash-" + process + ".log");
  }

  /**
   * Whether the child process gets this argument too. Opened packages, properties and the archive
   * of classes are shared. Agents, ports, memory settings and secrets of this process are not.
   */
  private static boolean isShared(String argument) {
    return argument.startsWith("--add-opens")
        || argument.startsWith("--add-exports")
        || argument.startsWith("-XX:SharedArchiveFile=")
        || argument.startsWith("-Xlog:cds")
        || (argument.startsWith("-D")
            && !argument.startsWith("-Dspark.")
            && !argument.startsWith("-Dcom.sun.management."));
  }

  /**
   * The class path of Java, and the files that Spark has loaded in addition. The archive of classes
   * is valid for a class path that begins like the one it was made with.
   */
  private static Set<String> classPath() {
    Set<String> paths = new LinkedHashSet<>();
    paths.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    ClassLoader loader = ChildCommand.class.getClassLoader();
    for (; loader != null; loader = loader.getParent()) {
      if (loader instanceof URLClassLoader urls) {
        for (URL url : urls.getURLs()) {
          paths.add(path(url));
        }
      }
    }
    return paths;
  }

  private static String path(URL url) {
    try {
      return url.getProtocol().equals("file") ? Path.of(url.toURI()).toString() : url.toString();
    } catch (URISyntaxException e) {
      return url.getPath();
    }
  }
}
