package io.similitude.plan;

import io.similitude.dataset.Dataset;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetSpec;

/**
 * Whether the labels of the examples that are used are classes of a network. A label that is not a
 * class would silently count as a wrong prediction.
 *
 * @param example the example with the largest label
 * @param label that label; -1 if nothing is checked
 */
record LabelCheck(long example, int label) {
  private static final LabelCheck NONE = new LabelCheck(0, -1);

  static LabelCheck of(DatasetSpec spec, Dataset dataset, long... examples) {
    if (!spec.checks(DatasetSpec.Check.LABELS) || !dataset.labelled()) {
      return NONE;
    }
    int[] labels = dataset.labels(examples).orElseThrow();
    int largest = 0;
    for (int i = 1; i < labels.length; i++) {
      largest = labels[i] > labels[largest] ? i : largest;
    }
    return new LabelCheck(examples[largest], labels[largest]);
  }

  /**
   * Checks one network. A network with a single output does not choose a class, so it is not
   * checked.
   *
   * @throws InputException if the label is not one of its classes
   */
  void check(int classes) {
    if (classes > 1 && label >= classes) {
      throw new InputException(
          "Cannot show example %d to a network of %d classes: its label is %d (use the labels of the network's own data set; or write unchecked: [labels] under dataset if accuracies do not matter)"
              .formatted(example, classes, label));
    }
  }
}
