package io.similitude.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What units and parts are called, and where their files stand. */
final class IdentityTest {
  @Test
  void aUnitsFilesCarryItsBatchAndDigest() {
    assertThat(Samples.unit("007", 3, Samples.DIGEST).file(Table.GRAMS).path())
        .isEqualTo("grams/checkpoint=007/view=benign/batch-00003.0011223344556677.parquet");
  }

  @Test
  void aPartsFileCarriesItsNameAndDigest() {
    assertThat(new Part("cka-0-1", Samples.DIGEST).file().path())
        .isEqualTo("similarities/cka-0-1.0011223344556677.parquet");
  }

  @Test
  void unitsAreOrderedByBatchAsNumbers() {
    UnitKey ninth = new UnitKey("a", "benign", 9);
    UnitKey tenth = new UnitKey("a", "benign", 10);
    UnitKey other = new UnitKey("b", "benign", 0);
    assertThat(new TreeSet<>(Set.of(other, tenth, ninth))).containsExactly(ninth, tenth, other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "a=b", "é", "__HIVE_DEFAULT_PARTITION__"})
  void idsThatAreNoIdsAreRefused(String id) {
    assertThatThrownBy(() -> new UnitKey(id, "benign", 0))
        .hasMessageStartingWith("Invalid checkpoint id: " + id + " (must match");
    assertThatThrownBy(() -> new UnitKey("a", id, 0))
        .hasMessageStartingWith("Invalid view id: " + id + " (must match");
    assertThatThrownBy(() -> new Part(id, Samples.DIGEST))
        .hasMessageStartingWith("Invalid part id: " + id + " (must match");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0123", "0011223344556677.", "00112233445566XX", "../../../../../etc"})
  void digestsThatAreNoDigestsAreRefused(String digest) {
    assertThatThrownBy(() -> Samples.unit("a", 0, digest))
        .hasMessage("Invalid digest: " + digest + " (must match [0-9a-f]{16,})");
  }

  @Test
  void aUnitHasFilesInTablesOfUnitsOnly() {
    UnitKey key = new UnitKey("a", "benign", 0);
    assertThatThrownBy(() -> new Unit(key, Samples.DIGEST, Set.of(Table.LAYERS)))
        .hasMessageStartingWith("Invalid tables of unit a/benign/0: [LAYERS] (must be some of");
    assertThatThrownBy(() -> new Unit(key, Samples.DIGEST, Set.of()))
        .hasMessageStartingWith("Invalid tables of unit a/benign/0: []");
  }
}
