package io.similitude.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import io.similitude.comparison.ProductEngine;
import io.similitude.comparison.SiteVectors;
import io.similitude.network.TorchEngine;
import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.measure.HsicSums;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.linalg.Matrix;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.BlockMatrix;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MLlib on what we hand on, and as the check of what we compute without it. */
final class SimilarityMatrixIT {
  private static final int SITES = 7;
  private static final double COMMON = 0.3;

  @TempDir Path folder;

  @Test
  void mllibFindsTheSingularValuesAndComponentsOfATable() throws IOException {
    BlockMatrix matrix = SimilarityMatrix.of(table().open(Table.SIMILARITIES), sites(), 3);

    Matrix local = matrix.toLocalMatrix();
    for (int i = 0; i < SITES; i++) {
      for (int j = 0; j < SITES; j++) {
        assertThat(local.apply(i, j)).isEqualTo(i == j ? 1 : COMMON);
      }
    }
    RowMatrix rows = matrix.toIndexedRowMatrix().toRowMatrix();
    double[] singular = rows.computeSVD(SITES, false, 1e-9).s().toArray();
    // All alike: 1 + (R - 1) c once, 1 - c otherwise.
    assertThat(singular[0]).isEqualTo(1 + (SITES - 1) * COMMON, within(1e-9));
    for (int k = 1; k < SITES; k++) {
      assertThat(singular[k]).isEqualTo(1 - COMMON, within(1e-7));
    }
    Matrix components = rows.computePrincipalComponents(2);
    for (int k = 0; k < 2; k++) {
      double sum = 0;
      for (int i = 0; i < SITES; i++) {
        sum += components.apply(i, k);
      }
      // What all sites have in common is the mean, and no component.
      assertThat(sum).isEqualTo(0, within(1e-9));
    }
  }

  @Test
  void sitesThatAreNotAskedForAreLeftOut() throws IOException {
    List<Site> some = List.of(sites().get(4), sites().get(1));

    Matrix local = SimilarityMatrix.of(table().open(Table.SIMILARITIES), some, 2).toLocalMatrix();

    assertThat(local.toArray()).containsExactly(1, COMMON, COMMON, 1);
    assertThatThrownBy(() -> SimilarityMatrix.of(table().open(Table.SIMILARITIES), List.of(), 2))
        .hasMessage("Invalid sites: none, or one of them twice");
  }

  @Test
  void mllibsGramianOfTheUnitVectorsIsTheirCka() throws Exception {
    int n = 20;
    Random random = new Random(4);
    double[][] vectors = new double[SITES][UCentring.length(n)];
    for (double[] vector : vectors) {
      UCentring.centre(n, random.doubles(n * (n + 1) / 2).toArray(), vector, 0);
    }
    List<Vector> rows =
        IntStream.range(0, UCentring.length(n))
            .mapToObj(
                k ->
                    Vectors.dense(
                        IntStream.range(0, SITES).mapToDouble(i -> vectors[i][k]).toArray()))
            .toList();
    Matrix gramian =
        new RowMatrix(
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext())
                    .parallelize(rows)
                    .rdd())
            .computeGramianMatrix();

    SiteVectors sites = new SiteVectors(SITES, UCentring.length(n));
    for (int i = 0; i < SITES; i++) {
      float[] vector = new float[UCentring.length(n)];
      for (int k = 0; k < vector.length; k++) {
        vector[k] = (float) vectors[i][k];
      }
      sites.set(i, vector, 1);
    }
    HsicSums sums = HsicSums.ofGroup(SITES);
    TorchEngine.configure(1);
    try (ProductEngine engine = new ProductEngine()) {
      engine.add(sites, n, sums);
    }
    for (int i = 0; i < SITES; i++) {
      for (int j = i; j < SITES; j++) {
        assertThat(sums.hsic(i, j)).isEqualTo(gramian.apply(i, j), within(1e-6));
      }
    }
  }

  private Tables table() throws IOException {
    RunFolder run = Samples.run(folder.resolve("run"));
    RunWriter writer = run.startWriting();
    List<SimilarityRow> rows = new ArrayList<>();
    for (int i = 0; i < SITES; i++) {
      for (int j = i; j < SITES; j++) {
        rows.add(Samples.similarity(i, j, MeasureValue.withoutError(i == j ? 1 : COMMON)));
      }
    }
    Samples.write(writer, new Part("cka", Samples.DIGEST), rows);
    return new Tables(SharedSpark.session(), run);
  }

  private static List<Site> sites() {
    return IntStream.range(0, SITES)
        .mapToObj(k -> new Site("standard", "benign", "layer" + k, k))
        .toList();
  }
}
