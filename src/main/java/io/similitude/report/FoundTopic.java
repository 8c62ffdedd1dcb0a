package io.similitude.report;

import java.util.List;

/** A section of the page about one kind of finding. */
enum FoundTopic {
  BLOCKS(
      "blocks",
      "Block structure",
      "Whether the layers of a network fall into contiguous blocks. Equal-lag contrast: how much more alike layers inside a block are than layers as far apart across a border. The chart shows which share of the similarities so many segments explain."),
  SPECIALISATION(
      "specialisation",
      "Specialisation",
      "How similarity fades with the distance between layers. Long range: the mean similarity of layers at least half of the depth apart. Learned: the share of the untrained network's long range that training took away."),
  SENSITIVITY(
      "sensitivity",
      "Sensitivity by depth",
      "1 - similarity of each layer without attack with itself under the attack; its slope over relative depth, and the first layer that loses more than 0.05. The curves are under Benign against perturbed."),
  OVERFITTING(
      "overfitting",
      "Overfitting by depth",
      "The gap between training and test examples, layer by layer, and how far each layer moved until the end of the run."),
  TAGS(
      "tags",
      "Kinds of networks",
      "Similarity of networks within and between the values of a tag. Separation: within minus between. The strip shows what separation is when the labels of the runs are permuted: the band holds 95 % of the relabellings, the diamond is the value."),
  BUDGETS(
      "budgets",
      "Budgets",
      "How similar layers stay to themselves as the attack grows, by thirds of the depth, and the epsilon at which the mean falls under 0.9."),
  MAP(
      "map",
      "Map of networks",
      "Distances between networks, as points of the plane and as a tree. Distance: the mean angle between layers of the same name. Ellipses: one standard error over examples."),
  EXAMPLES(
      "influences",
      "Examples and classes",
      "How few examples carry half of a layer's loss under the attack, and whether they are those that are fooled (area under the ROC curve)."),
  LAYERS(
      "correspondence",
      "Corresponding layers",
      "How often a layer's most similar layer in the other network is the one of its own place, and the mean similarity along the best monotone path.");

  private final String anchor;
  private final String heading;
  private final String note;

  FoundTopic(String anchor, String heading, String note) {
    this.anchor = anchor;
    this.heading = heading;
    this.note = note;
  }

  String anchor() {
    return anchor;
  }

  String heading() {
    return heading;
  }

  String note() {
    return note;
  }

  /** The topic of a finding's rows. */
  static FoundTopic of(String finding, String statistic) {
    return switch (finding) {
      case "block-structure" -> BLOCKS;
      case "specialisation" -> SPECIALISATION;
      case "sensitivity" -> SENSITIVITY;
      case "overfitting" -> OVERFITTING;
      case "network-map" -> MAP;
      case "attribution" -> EXAMPLES;
      case "correspondence" -> LAYERS;
      default -> isOfBudgets(statistic) ? BUDGETS : TAGS;
    };
  }

  private static boolean isOfBudgets(String statistic) {
    return List.of("epsilon-at-0.9", "surface-early", "surface-middle", "surface-deep")
        .contains(statistic);
  }
}
