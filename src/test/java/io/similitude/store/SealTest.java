package io.similitude.store;

import static io.similitude.store.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealTest {
  /** Enough to hit pages, page headers, the footer and the seal itself. */
  private static final int FLIPS = 400;

  @TempDir Path folder;
  private RunFolder run;
  private Path file;
  private String path;
  private byte[] whole;

  @BeforeEach
  void start() throws IOException {
    run = Samples.run(folder);
    Samples.commit(run.startWriting(), unit(3));
    path = unit(3).file(Table.PREDICTIONS).path();
    file = folder.resolve(path);
    whole = Files.readAllBytes(file);
  }

  @Test
  void whatWasWrittenPasses() throws IOException {
    run.check(List.of(path));
  }

  @Test
  void aFlippedBitAnywhereIsFound() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < FLIPS; i++) {
      byte[] bytes = whole.clone();
      int at = i < 100 ? bytes.length - 1 - i : random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      assertDamaged(bytes);
    }
  }

  @Test
  void aCutAnywhereIsFound() throws IOException {
    for (int length = 1; length < whole.length; length += 37) {
      assertDamaged(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void zerosAreFound() throws IOException {
    for (int from = 0; from + 64 < whole.length; from += 129) {
      byte[] bytes = whole.clone();
      Arrays.fill(bytes, from, from + 64, (byte) 0);
      if (!Arrays.equals(bytes, whole)) {
        assertDamaged(bytes);
      }
    }
  }

  @Test
  void allDamagedFilesAreNamed() throws IOException {
    String other = path.replace("predictions", "grams");
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    Files.write(folder.resolve(other), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> run.check(List.of(path, other)))
        .isInstanceOfSatisfying(
            DamagedFile.class, damage -> assertThat(damage.paths()).containsExactly(path, other));
  }

  @Test
  void aUnitIsDroppedAsAWhole() throws IOException {
    RunWriter writer = run.startWriting();
    writer.upkeep().drop(path);
    assertThat(run.listing().done(List.of(unit(3)))).isEmpty();
    for (Table table : unit(3).tables()) {
      assertThat(folder.resolve(unit(3).file(table).path())).doesNotExist();
    }
  }

  @Test
  void bytesOfTheirOwnAreSealedToo() throws IOException {
    byte[] bytes = {1, 2, 3, 4};
    run.startWriting().writeSealed("_crafted/a.npy", bytes);
    assertThat(run.readSealed("_crafted/a.npy")).isEqualTo(bytes);

    Path sealed = folder.resolve("_crafted/a.npy");
    byte[] damaged = Files.readAllBytes(sealed);
    damaged[2] ^= 1;
    Files.write(sealed, damaged);
    assertThatThrownBy(() -> run.readSealed("_crafted/a.npy"))
        .isInstanceOf(DamagedFile.class)
        .hasMessageContaining("_crafted/a.npy: its bytes are not those that were written");
  }

  private void assertDamaged(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    // As a new process would see it: a time that was not seen before.
    Files.setLastModifiedTime(file, FileTime.fromMillis(Arrays.hashCode(bytes) & 0xffffffL));
    assertThatThrownBy(() -> run.check(List.of(path)))
        .isInstanceOf(DamagedFile.class)
        .hasMessageContaining(path);
  }
}
