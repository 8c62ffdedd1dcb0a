package io.similitude.program.exported;

import io.similitude.checkpoint.exported.ExportedGraph;
import io.similitude.checkpoint.exported.GraphInput;
import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.checkpoint.exported.TensorValue;
import java.util.List;
import java.util.Optional;

/** The shapes of a graph's tensors for one example of the batch that it was exported with. */
final class ExampleShapes {
  private final ExportedGraph graph;
  private final TensorValue images;
  private final long batch;

  ExampleShapes(ExportedGraph graph, GraphInput images) {
    this.graph = graph;
    this.images = graph.value(images.name()).orElseThrow();
    this.batch =
        this.images.sizes().stream()
            .findFirst()
            .map(TensorValue.Size::seen)
            .filter(seen -> seen > 0)
            .orElse(1L);
  }

  /** The number of examples that the network was exported with. */
  long batch() {
    return batch;
  }

  /** The number of the type of the images' elements in the program. */
  int imageType() {
    return images.type();
  }

  /** Whether the first dimension of a tensor is the batch. */
  boolean isOfExamples(TensorValue value) {
    return !value.sizes().isEmpty() && value.sizes().get(0).equals(images.sizes().get(0));
  }

  /**
   * The shape of the first of these tensors, for one example. If the batch is not the tensor's
   * first dimension, the shape is one example's share of the elements.
   */
  List<Integer> of(List<String> names) {
    Optional<TensorValue> value = names.stream().findFirst().flatMap(graph::value);
    if (value.isEmpty()) {
      return List.of(0);
    }
    if (isOfExamples(value.get())) {
      return value.get().shape().stream().skip(1).map(ExampleShapes::size).toList();
    }
    return List.of(size((value.get().elements() + batch - 1) / batch));
  }

  /** Floating-point operations of a node. */
  double flops(String operator, GraphNode node) {
    List<List<Long>> shapes =
        node.inputs().stream()
            .flatMap(input -> ReturnedValue.tensors(input.value()).stream())
            .flatMap(name -> graph.value(name).stream())
            .map(TensorValue::shape)
            .toList();
    long made =
        node.outputs().stream()
            .flatMap(output -> ReturnedValue.tensors(output).stream())
            .flatMap(name -> graph.value(name).stream())
            .mapToLong(TensorValue::elements)
            .sum();
    return Operators.flops(operator, shapes, made) / batch;
  }

  private static int size(long size) {
    return (int) Math.min(size, Integer.MAX_VALUE);
  }
}
