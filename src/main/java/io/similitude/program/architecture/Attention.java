package io.similitude.program.architecture;

import io.similitude.program.FeatureAxis;
import io.similitude.program.Value;
import java.util.List;

/**
 * Self-attention with several heads (Vaswani et al. 2017, arXiv 1706.03762, section 3.2). From
 * tokens X (t x d) each head computes softmax(Q K^T / sqrt(k)) V, where Q, K and V (t x k, k = d /
 * heads) are linear in X. A linear map then mixes the heads. The weights are named as PyTorch's
 * {@code MultiheadAttention} names them.
 */
record Attention(Description description, int heads, int width) {
  /** One of the three equal parts of the projected tokens. */
  private enum Part {
    QUERY(0),
    KEY(1),
    VALUE(2);

    private final int place;

    Part(int place) {
      this.place = place;
    }
  }

  Value apply(Value x, String name) {
    int tokens = x.shape().get(0);
    int size = width / heads;
    String weight = description.parameter(name + ".in_proj_weight", 3L * width, width);
    String bias = description.parameter(name + ".in_proj_bias", 3L * width);
    String outWeight = description.parameter(name + ".out_proj.weight", width, width);
    String outBias = description.parameter(name + ".out_proj.bias", width);
    Value all = linear(x, weight, bias, 3 * width);
    Value query = part(all, Part.QUERY, tokens, size);
    Value key = part(all, Part.KEY, tokens, size);
    long products = 2L * heads * tokens * tokens * size;
    Value scores =
        headwise("torch.matmul({0}, torch.transpose({1}, -2, -1))", query, key, tokens, products);
    double scale = 1 / Math.sqrt(size);
    Value weights =
        headwise("torch.softmax(torch.mul({0}, " + scale + "), -1)", scores, scores, tokens, 0);
    Value value = part(all, Part.VALUE, tokens, size);
    Value mixed = headwise("torch.matmul({0}, {1})", weights, value, size, products);
    Value joined =
        description.value(
            "torch.flatten(torch.transpose({0}, 1, 2), 2)",
            List.of(mixed), List.of(tokens, width), FeatureAxis.LAST, 0);
    return linear(joined, outWeight, outBias, width);
  }

  private Value linear(Value x, String weight, String bias, int features) {
    int tokens = x.shape().get(0);
    return description.value(
        "torch.linear({0}, self.%s, self.%s)".formatted(weight, bias),
        x,
        List.of(tokens, features),
        2 * x.elements() * features);
  }

  /** The queries, keys or values, heads x tokens x size: a view of all of them. */
  private Value part(Value all, Part part, int tokens, int size) {
    String narrowed = "torch.narrow({0}, 2, %d, %d)".formatted(part.place * width, width);
    return description.view(
        "torch.transpose(torch.reshape(%s, [-1, %d, %d, %d]), 1, 2)"
            .formatted(narrowed, tokens, heads, size),
        all,
        List.of(heads, tokens, size),
        FeatureAxis.LAST);
  }

  /** A value for each head, tokens x {@code columns}. */
  private Value headwise(String expression, Value a, Value b, int columns, long flops) {
    List<Value> operands = a.equals(b) ? List.of(a) : List.of(a, b);
    int tokens = a.shape().get(1);
    List<Integer> shape = List.of(heads, tokens, columns);
    return description.value(
        expression, operands, shape, FeatureAxis.LAST, Math.max(flops, Value.elements(shape)));
  }
}
