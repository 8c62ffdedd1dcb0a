package io.similitude.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.input.InputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every promise holds for the three ways to name one file: a path, file: and a Hadoop URI. */
final class FileAccessTest {
  @TempDir Path folder;

  private final FileAccess files =
      new FileAccess(
          Map.of(
              "fs.probe.impl",
              ProbeFileSystem.class.getName(),
              "fs.probe.secret.key",
              "hush-hush"));

  @BeforeEach
  void writeFiles() throws IOException {
    Files.createDirectories(folder.resolve("run/sub"));
    Files.writeString(folder.resolve("run/epoch_1.pth"), "one");
    Files.writeString(folder.resolve("run/epoch_2.pth"), "two");
    Files.writeString(folder.resolve("run/notes.txt"), "grüße");
    Files.writeString(folder.resolve("run/sub/epoch_3.pth"), "three");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:", "file://", "probe:"})
  void listsFilesAtAnyDepthAndFolders(String scheme) {
    String location = scheme + folder + "/run";
    List<ListedFile> listed = files.list(location);
    assertThat(listed)
        .extracting(ListedFile::name)
        .containsExactly("epoch_1.pth", "epoch_2.pth", "notes.txt", "sub/epoch_3.pth");
    assertThat(listed.get(3).info()).isEqualTo(files.info(location + "/sub/epoch_3.pth"));
    assertThat(files.list(location + "/")).isEqualTo(listed);
    assertThat(files.folders(location)).containsExactly("sub");
    assertThat(files.isFolder(location)).isTrue();
    assertThat(files.isFolder(location + "/notes.txt")).isFalse();
    assertThatThrownBy(() -> files.list(scheme + folder + "/rum"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file (did you mean run?)");
    assertThatThrownBy(() -> files.folders(scheme + folder + "/rum"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file (did you mean run?)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:", "file://", "probe:"})
  void readsFromAnyPlace(String scheme) throws IOException {
    try (SeekableStream in = files.openSeekable(scheme + folder + "/run/sub/epoch_3.pth")) {
      in.seek(3);
      assertThat(in.readAllBytes()).isEqualTo("ee".getBytes(UTF_8));
      in.seek(1);
      assertThat(in.read()).isEqualTo('h');
      assertThat(in.position()).isEqualTo(2);
    }
    assertThatThrownBy(() -> files.openSeekable(scheme + folder + "/run"))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("it is a folder (name a file in it)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:", "file://", "probe:"})
  void readsBytesLengthAndDigest(String scheme) throws IOException {
    String location = scheme + folder + "/run/epoch_1.pth";
    try (InputStream in = files.open(location)) {
      assertThat(in.readAllBytes()).isEqualTo("one".getBytes(UTF_8));
    }
    assertThat(files.length(location)).isEqualTo(3);
    assertThat(files.info(location).modified())
        .isEqualTo(Files.getLastModifiedTime(folder.resolve("run/epoch_1.pth")).toMillis());
    assertThat(files.exists(location)).isTrue();
    assertThat(files.exists(scheme + folder + "/run")).isTrue();
    assertThat(files.exists(location + "x")).isFalse();
    assertThat(files.exists(location + "/below")).isFalse();
    // printf one | sha256sum
    assertThat(files.sha256(location))
        .isEqualTo("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:", "probe:"})
  void globsFilesInOrder(String scheme) {
    String run = scheme + folder + "/run";
    assertThat(files.glob(run + "/epoch_*.pth"))
        .containsExactly(run + "/epoch_1.pth", run + "/epoch_2.pth");
    assertThat(files.glob(scheme + folder + "/*/{sub,none}/epoch_[0-9].pth"))
        .containsExactly(run + "/sub/epoch_3.pth");
    assertThat(files.glob(run + "/epoch_1.pth")).containsExactly(run + "/epoch_1.pth");
    assertThat(files.glob(run + "/*")).hasSize(3);
    assertThat(files.glob(run + "/none/*")).isEmpty();
  }

  @Test
  void globsRelativeToTheWorkingFolder() {
    assertThat(files.glob("src/test/java/io/similitude/files/Prob?FileSystem.java"))
        .containsExactly("src/test/java/io/similitude/files/ProbeFileSystem.java");
  }

  @Test
  void saysWhereAGlobIsWrong() {
    assertThatThrownBy(() -> files.glob(folder + "/[a"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot read " + folder + "/[a: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aColonWithoutSlashIsPartOfALocalName() throws IOException {
    Files.writeString(folder.resolve("epoch:1.pth"), "1");
    assertThat(files.readText(folder + "/epoch:1.pth", 10)).isEqualTo("1");
    assertThat(new Location("epoch:1.pth").isLocal()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:", "probe:"})
  void suggestsTheNearestNameForAMissingFile(String scheme) {
    String location = scheme + folder + "/run/epoch-2.pth";
    assertThatThrownBy(() -> files.open(location))
        .isInstanceOf(InputException.class)
        .hasMessage("Cannot read " + location + ": no such file (did you mean epoch_2.pth?)");
  }

  @Test
  void suggestsTheFirstOfSeveralNearNamesWhateverTheOrderOfTheListing() {
    assertThatThrownBy(() -> files.open(folder + "/run/epoch_7.pth"))
        .hasMessageEndingWith("no such file (did you mean epoch_1.pth?)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "probe:"})
  void saysThatNothingIsNear(String scheme) {
    String location = scheme + folder + "/run/weights.safetensors";
    assertThatThrownBy(() -> files.length(location))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read %s: no such file (nothing in %s has a name like it)",
            location, scheme + folder + "/run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "probe:"})
  void saysThatTheFolderIsMissing(String scheme) {
    String location = scheme + folder + "/gone/a.npy";
    assertThatThrownBy(() -> files.open(location))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read %s: no such file (there is no folder %s, or it is empty)",
            location, scheme + folder + "/gone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:", "probe:"})
  void aFolderIsNoFile(String scheme) {
    String location = scheme + folder + "/run";
    assertThatThrownBy(() -> files.open(location))
        .isInstanceOf(InputException.class)
        .hasMessage("Cannot read " + location + ": it is a folder (name a file in it)");
  }

  @Test
  void missingPermissionIsTheUsersToMend() {
    String location = "probe:" + folder + "/forbidden";
    assertThatThrownBy(() -> files.exists(location))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read %s: permission denied: Permission denied: user=probe"
                + " (check its rights and your credentials)",
            location);
  }

  @Test
  void aLostConnectionIsTemporary() {
    String location = "probe:" + folder + "/unreachable";
    assertThatThrownBy(() -> files.length(location))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "Cannot read %s: no connection: Connection refused at port 9000"
                + " (the same command again may succeed)",
            location)
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void anUnknownHostMayBeTemporary() {
    assertThatThrownBy(() -> files.open("hdfs://no-such-host.invalid:9000/x"))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Cannot read hdfs://no-such-host.invalid:9000/x: unknown host: ");
  }

  @Test
  void namesAnUnknownScheme() {
    assertThatThrownBy(() -> files.open("s4a://bucket/x"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read s4a://bucket/x: its file system cannot be had: No FileSystem for scheme"
                + " \"s4a\" (use a local path, file:, hdfs: or s3a:, or add its jar to the class"
                + " path)");
  }

  @Test
  void refusesLocationsThatCannotBe() {
    assertThatThrownBy(() -> files.open(" "))
        .isInstanceOf(InputException.class)
        .hasMessage("Invalid location: ' ' (must be a path or a URI)");
    assertThatThrownBy(() -> files.open("file://host/x"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Invalid location: file://host/x (must be file:///path: a local file has no host)");
    assertThatThrownBy(() -> files.open("probe://[/x"))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("(must be a path, or a URI such as s3a://bucket/folder/file)");
  }

  @Test
  void readsTextUpToALimit() throws IOException {
    String location = folder + "/run/notes.txt";
    assertThat(files.readText(location, 7)).isEqualTo("grüße");
    assertThatThrownBy(() -> files.readText(location, 6))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read %s: it is longer than 6 bytes, the most for such a file"
                + " (is it the right one?)",
            location);
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0});
    assertThatThrownBy(() -> files.readText(folder + "/binary", 9))
        .isInstanceOf(InputException.class)
        .hasMessage("Cannot read %s/binary: it is not UTF-8 text (is it the right file?)", folder);
  }

  @Test
  void travelsWithItsSettingsAndShowsNoValues() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(files);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      FileAccess arrived = (FileAccess) in.readObject();
      assertThat(arrived.readText("probe:" + folder + "/run/epoch_2.pth", 10)).isEqualTo("two");
      assertThat(arrived.toString())
          .isEqualTo("FileAccess[hadoopSettings=[fs.probe.impl, fs.probe.secret.key]]");
    }
  }
}
