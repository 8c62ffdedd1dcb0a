package io.similitude.spec.reader;

import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code similarities:}. */
final class MeasuresReader {
  private final int batch;
  private final int examples;

  /**
   * @param batch number of examples in a batch
   * @param examples total number of examples; equal to the batch if the spec does not say
   */
  MeasuresReader(int batch, int examples) {
    this.batch = batch;
    this.examples = examples;
  }

  List<MeasureSpec> read(SpecValue similarities) {
    List<MeasureSpec> read = new ArrayList<>();
    for (SpecValue item : similarities.someItems()) {
      Optional<MeasureSpec> similarity = item.section("every similarity").flatMap(this::read);
      if (similarity.filter(read::contains).isPresent()) {
        item.refuse("is there already, and need not be computed twice");
      }
      similarity.ifPresent(read::add);
    }
    return similarities.isPresent() ? read : List.of(MeasureSpec.CKA);
  }

  private Optional<MeasureSpec> read(Section similarity) {
    Optional<Measure> metric = similarity.required("metric").choice(Measure.class);
    Map<Setting, Object> given = new EnumMap<>(Setting.class);
    metric.ifPresent(known -> read(similarity, known.settings(), given));
    if (given.get(Setting.KERNEL) instanceof Kernel kernel) {
      read(similarity, kernel.settings(), given);
    }
    check(similarity, given);
    if (metric.isEmpty() || isKernelWrong(similarity, metric.get(), given)) {
      similarity.allowOthers();
    }
    return similarity.build(() -> MeasureSpec.of(metric.orElseThrow(), given));
  }

  private static void read(Section similarity, List<Setting> settings, Map<Setting, Object> given) {
    for (Setting setting : settings) {
      SettingReader.read(setting, similarity.optional(setting.keyword()))
          .ifPresent(value -> given.put(setting, value));
    }
  }

  private void check(Section similarity, Map<Setting, Object> given) {
    if (given.containsKey(Setting.RANK) && given.containsKey(Setting.VARIANCE)) {
      similarity
          .optional(Setting.RANK.keyword())
          .refuse("cannot be used together with variance: leave one out");
    }
    boolean isExact = given.get(Setting.ESTIMATOR) == MeasureSpec.Estimator.EXACT;
    checkPasses(similarity.optional(Setting.PASSES.keyword()), given, isExact);
    int together = isExact ? examples : batch;
    if (given.get(Setting.NEIGHBOURS) instanceof Integer neighbours && neighbours >= together) {
      similarity
          .optional(Setting.NEIGHBOURS.keyword())
          .refuse("must be under the %s, %d".formatted(isExact ? "examples" : "batch", together));
    }
  }

  private void checkPasses(SpecValue passes, Map<Setting, Object> given, boolean isExact) {
    boolean areSeveral = given.get(Setting.PASSES) instanceof Integer count && count > 1;
    if (areSeveral && isExact) {
      passes.refuse("needs batches: leave it out with estimator: exact");
    } else if (areSeveral && given.containsKey(Setting.GIVEN)) {
      passes.refuse("cannot be used together with given: leave one of them out");
    }
  }

  /** Whether the kernel's word is wrong. Then the keys of the kernel are not known. */
  private static boolean isKernelWrong(
      Section similarity, Measure metric, Map<Setting, Object> given) {
    return metric.settings().contains(Setting.KERNEL)
        && !given.containsKey(Setting.KERNEL)
        && similarity.optional(Setting.KERNEL.keyword()).isPresent();
  }
}
