package io.similitude.checkpoint.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.checkpoint.torch.TestArchive;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.NetworkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The WideResNet of the quickstart, its weights saved as training scripts save them, in the names
 * of DataParallel, torch.compile, Lightning, averages, the library robustness and others.
 */
final class SavedWaysTest {
  private static final Path QUICKSTART = Path.of("jobs/quickstart/standard.pth.tar");

  private static final List<ExpectedTensor> NETWORK =
      Architectures.program(
              new NetworkSpec.BuiltIn(
                  "w", "wide-resnet", Map.of("depth", 16, "width", 1, "classes", 10)),
              new ImageShape(3, 32, 32))
          .weights();

  private static final StateDict PLAIN =
      WeightMatch.require("c", WeightsFile.of(QUICKSTART, "f"), NETWORK);

  private final TorchFile file = new TorchFile();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"", "module.", "_orig_mod.", "_orig_mod.module.", "model.", "net.", "backbone."})
  void readsWeightsUnderAnyPrefix(String prefix) throws IOException {
    add(name -> prefix + name);

    assertReadsPlain();
  }

  @Test
  void readsAnAverageOfWeights() throws IOException {
    add(name -> "module." + name);
    file.add("n_averaged", Tensor.ofLongs(new long[] {7}));

    assertReadsPlain();
  }

  @Test
  void readsALightningCheckpointWithALossAndAMetric() throws IOException {
    add(name -> "net." + name);
    file.add("criterion.weight", ones(10));
    file.add("train_acc.total", Tensor.ofLongs(new long[] {3}));

    assertReadsPlain();
  }

  @Test
  void asksWhetherTheAverageIsMeant() throws IOException {
    add(name -> name);
    PLAIN
        .names()
        .forEach(name -> file.add("ema." + name, ones(PLAIN.get(name).orElseThrow().shape())));

    assertThatThrownBy(this::read)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "2 sets of weights in it fit the network and differ: at the top, under");
  }

  /** Both copies of the network, and both of its normalisation, as robustness saves them. */
  @Test
  void refusesANormalisationThatTheNetworkDoesNotHave() throws IOException {
    float[] mean = {0.4914f, 0.4822f, 0.4465f};
    float[] std = {0.2023f, 0.1994f, 0.2010f};
    add(name -> "module.model." + name);
    add(name -> "module.attacker.model." + name);
    for (String place : List.of("module.normalizer.", "module.attacker.normalize.")) {
      file.add(place + "new_mean", Tensor.of(mean, 3, 1, 1));
      file.add(place + "new_std", Tensor.of(std, 3, 1, 1));
    }

    assertThatThrownBy(this::read)
        .hasMessageContaining(
            "it normalises its input: give the network normalize: {mean: [0.4914, 0.4822, 0.4465],"
                + " std: [0.2023, 0.1994, 0.201]}");
  }

  @Test
  void refusesTheNormalisationOfASequential() throws IOException {
    add(name -> "1." + name);
    file.add("0.mean", ones(3));
    file.add("0.std", ones(3));

    assertThatThrownBy(this::read).hasMessageContaining("give the network normalize: {mean: [1.0,");
  }

  @Test
  void saysWhichWeightIsMissing() throws IOException {
    add(name -> name);
    file.remove("block1.layer.0.bn1.running_var");

    assertThatThrownBy(this::read)
        .hasMessageContaining(": missing there: block1.layer.0.bn1.running_var [16] (is it a");
  }

  @Test
  void saysWhichShapesAreOthers() throws IOException {
    add(name -> "module." + name);
    file.add("module.fc.weight", ones(5, 64));

    assertThatThrownBy(this::read)
        .hasMessageContaining(
            ": parameter fc.weight is [5, 64] there, the network wants [10, 64] (");
  }

  private void add(UnaryOperator<String> named) {
    PLAIN.names().forEach(name -> file.add(named.apply(name), PLAIN.get(name).orElseThrow()));
  }

  private void assertReadsPlain() throws IOException {
    StateDict read = read();
    assertThat(read.names()).containsExactlyElementsOf(PLAIN.names());
    for (String name : read.names()) {
      assertThat(read.get(name).orElseThrow().toFloats())
          .as(name)
          .containsExactly(PLAIN.get(name).orElseThrow().toFloats());
    }
  }

  private StateDict read() throws IOException {
    Path written = Files.write(folder.resolve("w.ckpt"), file.bytes());
    return WeightMatch.require("c", WeightsFile.of(written, "f"), NETWORK);
  }

  private static Tensor ones(long... shape) {
    float[] values = new float[Math.toIntExact(Tensor.elementsOf(shape))];
    java.util.Arrays.fill(values, 1);
    return Tensor.of(values, shape);
  }

  /** A state_dict, as torch.save writes it. */
  private static final class TorchFile {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    void add(String name, Tensor tensor) {
      tensors.put(name, tensor.toFloat32());
    }

    void remove(String name) {
      tensors.remove(name);
    }

    byte[] bytes() {
      TestArchive archive = new TestArchive();
      PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).op(Opcodes.MARK);
      int key = 0;
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        Tensor tensor = entry.getValue();
        out.text(entry.getKey());
        long[] strides = strides(tensor.shape());
        TestArchive.tensor(out, "" + key, tensor.elements(), 0, tensor.shape(), strides);
        archive.with("a/data/" + key++, TestArchive.floats(tensor.toFloats()));
      }
      return archive.with("a/data.pkl", out.op(Opcodes.SETITEMS).stop()).bytes();
    }

    private static long[] strides(long[] shape) {
      long[] strides = new long[shape.length];
      long stride = 1;
      for (int d = shape.length - 1; d >= 0; d--) {
        strides[d] = stride;
        stride *= shape[d];
      }
      return strides;
    }
  }
}
