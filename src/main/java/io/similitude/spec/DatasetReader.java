package io.similitude.spec;

import io.similitude.spec.TransformSpec.CenterCrop;
import io.similitude.spec.TransformSpec.Channels;
import io.similitude.spec.TransformSpec.Pad;
import io.similitude.spec.TransformSpec.Resize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code dataset:}. */
final class DatasetReader {
  private final Locations locations;

  DatasetReader(Locations locations) {
    this.locations = locations;
  }

  Optional<DatasetSpec> read(Value dataset) {
    return dataset.section("the dataset").flatMap(this::read);
  }

  private Optional<DatasetSpec> read(Section dataset) {
    Optional<DatasetFormat> format = dataset.required("format").choice(DatasetFormat.class);
    Optional<String> images = dataset.required("images").location(locations);
    Optional<String> labels = labels(dataset, format).location(locations);
    Optional<Integer> examples = dataset.optional("examples").atLeast(1);
    Optional<ExampleOrder> order = dataset.optional("order").choice(ExampleOrder.class);
    List<TransformSpec> transforms = transforms(dataset.optional("transform"));
    return dataset.build(
        () ->
            new DatasetSpec(
                format.orElseThrow(),
                images.orElseThrow(),
                labels,
                examples.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                order.orElse(ExampleOrder.FILE),
                transforms));
  }

  private static Value labels(Section dataset, Optional<DatasetFormat> format) {
    return format.filter(DatasetFormat.IDX::equals).isPresent()
        ? dataset.required("labels")
        : dataset.optional("labels");
  }

  private static List<TransformSpec> transforms(Value list) {
    List<TransformSpec> transforms = new ArrayList<>();
    for (Value item : list.items()) {
      item.section("a transform").flatMap(s -> transform(item, s)).ifPresent(transforms::add);
    }
    return transforms;
  }

  private static Optional<TransformSpec> transform(Value item, Section step) {
    List<TransformSpec> found = new ArrayList<>();
    step.optional("pad").between(0, TransformSpec.MAX).map(Pad::new).ifPresent(found::add);
    step.optional("channels")
        .between(1, TransformSpec.MAX)
        .map(Channels::new)
        .ifPresent(found::add);
    step.optional("resize").between(1, TransformSpec.MAX).map(Resize::new).ifPresent(found::add);
    step.optional("center-crop")
        .between(1, TransformSpec.MAX)
        .map(CenterCrop::new)
        .ifPresent(found::add);
    if (!step.hasOneKey()) {
      item.refuse("must be one step, such as {pad: 2}; several are several items");
    }
    return step.build(() -> found.get(0));
  }
}
