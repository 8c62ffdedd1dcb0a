package io.similitude.spec.reader;

import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.ExampleOrder;
import io.similitude.spec.TransformSpec;
import io.similitude.spec.TransformSpec.CenterCrop;
import io.similitude.spec.TransformSpec.Channels;
import io.similitude.spec.TransformSpec.Pad;
import io.similitude.spec.TransformSpec.Resize;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code dataset:}. */
final class DatasetReader {
  private static final String TEST = "test";
  private static final List<String> CIFAR_SPLITS = List.of("train", TEST);

  private final Locations locations;

  DatasetReader(Locations locations) {
    this.locations = locations;
  }

  Optional<DatasetSpec> read(SpecValue dataset) {
    return dataset.section("the dataset").flatMap(this::read);
  }

  private Optional<DatasetSpec> read(Section dataset) {
    Optional<DatasetFormat> format = dataset.required("format").choice(DatasetFormat.class);
    Optional<DatasetSource> source = source(dataset, format);
    Optional<Integer> skip = dataset.optional("skip").atLeast(0);
    Optional<Integer> examples = dataset.optional("examples").atLeast(1);
    Optional<ExampleOrder> order = dataset.optional("order").choice(ExampleOrder.class);
    List<TransformSpec> transforms = transforms(dataset.optional("transform"));
    Set<DatasetSpec.Check> unchecked = EnumSet.noneOf(DatasetSpec.Check.class);
    for (SpecValue check : dataset.optional("unchecked").items()) {
      check.choice(DatasetSpec.Check.class).ifPresent(unchecked::add);
    }
    return dataset.build(
        () ->
            new DatasetSpec(
                format.orElseThrow(),
                source.orElseThrow(),
                skip.orElse(0),
                examples.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                order.orElse(ExampleOrder.FILE),
                transforms,
                unchecked));
  }

  /** Empty if the format is wrong: then the allowed keys are not known. */
  private Optional<DatasetSource> source(Section dataset, Optional<DatasetFormat> format) {
    if (format.isEmpty()) {
      dataset.allowOthers();
      return Optional.empty();
    }
    return switch (format.get()) {
      case IDX -> arrays(dataset, dataset.required("labels"));
      case NPY -> arrays(dataset, dataset.optional("labels"));
      case CIFAR10, CIFAR100 -> cifar(dataset);
      case IMAGE_FOLDER -> imageFolder(dataset);
      case PARQUET -> columns(dataset);
    };
  }

  private Optional<DatasetSource> arrays(Section dataset, SpecValue labelsKey) {
    Optional<String> images = dataset.required("images").location(locations);
    Optional<String> labels = labelsKey.location(locations);
    return images.map(location -> new DatasetSource.Arrays(location, labels));
  }

  private Optional<DatasetSource> cifar(Section dataset) {
    Optional<String> path = dataset.required("path").location(locations);
    Optional<String> split = dataset.optional("split").oneOf(CIFAR_SPLITS);
    return path.map(
        location -> new DatasetSource.Folder(location, split.or(() -> Optional.of(TEST))));
  }

  private Optional<DatasetSource> imageFolder(Section dataset) {
    Optional<String> path = dataset.required("path").location(locations);
    Optional<String> split = dataset.optional("split").id();
    return path.map(location -> new DatasetSource.Folder(location, split));
  }

  private Optional<DatasetSource> columns(Section dataset) {
    Optional<String> path = dataset.required("path").location(locations);
    Optional<String> split = dataset.optional("split").id();
    Optional<String> image = dataset.optional("image-column").text();
    Optional<String> label = dataset.optional("label-column").text();
    return path.map(
        location ->
            new DatasetSource.Columns(
                location, split, image.orElse(DatasetSource.IMAGE_COLUMN), label));
  }

  private static List<TransformSpec> transforms(SpecValue list) {
    List<TransformSpec> transforms = new ArrayList<>();
    for (SpecValue item : list.items()) {
      item.section("a transform").flatMap(s -> transform(item, s)).ifPresent(transforms::add);
    }
    return transforms;
  }

  private static Optional<TransformSpec> transform(SpecValue item, Section step) {
    List<TransformSpec> found = new ArrayList<>();
    step.filled("pad").between(0, TransformSpec.MAX).map(Pad::new).ifPresent(found::add);
    step.filled("channels").between(1, TransformSpec.MAX).map(Channels::new).ifPresent(found::add);
    step.filled("resize").between(1, TransformSpec.MAX).map(Resize::new).ifPresent(found::add);
    step.filled("center-crop")
        .between(1, TransformSpec.MAX)
        .map(CenterCrop::new)
        .ifPresent(found::add);
    if (!step.hasOneKey()) {
      item.refuse("must be one step, such as {pad: 2}; several are several items");
    }
    return step.build(() -> found.get(0));
  }
}
