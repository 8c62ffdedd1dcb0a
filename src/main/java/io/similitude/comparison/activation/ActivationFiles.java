package io.similitude.comparison.activation;

import io.similitude.comparison.ActivationJob;
import io.similitude.comparison.SiteGroup;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.StoredLayer;
import io.similitude.store.ActivationReader;
import io.similitude.store.LayerFeatures;
import io.similitude.store.Unit;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reads stored activations of the sites of a group. */
final class ActivationFiles {
  private final ActivationJob job;

  ActivationFiles(ActivationJob job) {
    this.job = job;
  }

  /** Receives the index of a site in its group, and its features on a batch. */
  @FunctionalInterface
  interface OneBatch {
    void accept(int site, float[][] features);
  }

  /** Receives the index of a site in its group, and its features on two batches. */
  @FunctionalInterface
  interface TwoBatches {
    void accept(int site, float[][] rows, float[][] columns);
  }

  /** Passes on the features of each site on a batch, one site after the other. */
  void read(SiteGroup group, int batch, OneBatch sites) throws IOException {
    int site = 0;
    for (SiteBlock block : group.blocks()) {
      try (ActivationReader reader = open(block, batch)) {
        for (LayerFeatures next = reader.next(); next != null; next = reader.next()) {
          sites.accept(site++, features(block, batch, next));
        }
      }
    }
  }

  /** Passes on the features of each site on two different batches, one site after the other. */
  void read(SiteGroup group, int row, int column, TwoBatches sites) throws IOException {
    int site = 0;
    for (SiteBlock block : group.blocks()) {
      try (ActivationReader rows = open(block, row);
          ActivationReader columns = open(block, column)) {
        for (LayerFeatures next = rows.next(); next != null; next = rows.next()) {
          float[][] other = features(block, column, columns.next());
          sites.accept(site++, features(block, row, next), other);
        }
      }
    }
  }

  /** The features of one site on all examples, in the order of the batches. */
  float[][] all(SiteBlock block, StoredLayer layer) throws IOException {
    float[][] all = new float[job.examples()][];
    int[] filled = {0};
    SiteGroup one = new SiteGroup(List.of(block.of(List.of(layer))));
    for (int batch = 0; batch < job.batches().size(); batch++) {
      read(
          one,
          batch,
          (site, features) -> {
            System.arraycopy(features, 0, all, filled[0], features.length);
            filled[0] += features.length;
          });
    }
    return all;
  }

  private ActivationReader open(SiteBlock block, int batch) throws IOException {
    List<Integer> positions = block.layers().stream().map(StoredLayer::position).toList();
    return job.folder().activations(block.units().get(batch), positions);
  }

  /** The features of the layer. It checks first that they belong to the expected examples. */
  private float[][] features(SiteBlock block, int batch, LayerFeatures layer) throws IOException {
    if (layer == null || !Arrays.equals(layer.exampleIds(), job.batches().get(batch).examples())) {
      Unit unit = block.units().get(batch);
      throw new IOException(
          "Cannot compare the activations of %s: they are not of the batch's examples in their order (delete them and run again)"
              .formatted(unit.key()));
    }
    return layer.rows();
  }
}
