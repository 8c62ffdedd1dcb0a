package io.similitude.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pickle says of a tensor: understood, or a reason to refuse it. */
final class PickledTensorsTest {
  private static final List<ExpectedTensor> W = List.of(ExpectedTensor.required("w", 2, 2));

  @TempDir private Path folder;

  @Test
  void obeysTheNegativeBit() throws IOException {
    assertThat(read(metadata("neg", true))).containsExactly(-0f, -1, -2, -3);
    assertThat(read(metadata("neg", false))).containsExactly(0, 1, 2, 3);
    assertThat(read(metadata("conj", true))).containsExactly(0, 1, 2, 3);
    assertThat(read(out -> out.op(Opcodes.NONE))).containsExactly(0, 1, 2, 3);
  }

  @Test
  void refusesMetadataThatItDoesNotKnow() {
    for (Consumer<PickleWriter> metadata :
        List.<Consumer<PickleWriter>>of(
            metadata("scaled", true),
            out -> metadata("neg", true).accept(out.integer(1)),
            out -> out.op(Opcodes.EMPTY_DICT).integer(1).bool(true).op(Opcodes.SETITEM),
            out -> out.op(Opcodes.EMPTY_DICT).text("neg").integer(1).op(Opcodes.SETITEM),
            out -> out.text("neg"))) {
      assertThatThrownBy(() -> read(metadata))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("parameter w comes with metadata that is not understood (save it");
    }
  }

  @Test
  void readsASubclassOfATensorAndAParameterOfIt() throws IOException {
    assertThat(readWrapped(PickledTensorsTest::inSubclass)).containsExactly(0, 1, 2, 3);
    assertThat(readWrapped(out -> inParameter(inSubclass(out)))).containsExactly(0, 1, 2, 3);
  }

  @Test
  void refusesATensorWhoseValuesAreElsewhere() {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).text("w");
    out.global("torch._utils", "_rebuild_wrapper_subclass").op(Opcodes.EMPTY_TUPLE);
    byte[] pickle = out.op(Opcodes.REDUCE).op(Opcodes.SETITEM).stop();

    assertThatThrownBy(() -> match(pickle))
        .hasMessageContaining("parameter w is of a class that keeps its values elsewhere");
  }

  @Test
  void aTensorOfParametersOfParametersEndsSomewhere() {
    byte[] pickle =
        wrapped(
            out -> {
              for (int i = 0; i < 100_000; i++) {
                out.op(Opcodes.TUPLE1);
              }
              return out;
            });

    assertThatThrownBy(() -> match(pickle)).isInstanceOf(InputException.class);
  }

  private static Consumer<PickleWriter> metadata(String name, boolean value) {
    return out -> out.op(Opcodes.EMPTY_DICT).text(name).bool(value).op(Opcodes.SETITEM);
  }

  private float[] read(Consumer<PickleWriter> metadata) throws IOException {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).text("w");
    out.global("torch._utils", "_rebuild_tensor_v2").op(Opcodes.MARK);
    window(out);
    metadata.accept(out);
    return match(out.op(Opcodes.TUPLE).op(Opcodes.REDUCE).op(Opcodes.SETITEM).stop());
  }

  private float[] readWrapped(UnaryOperator<PickleWriter> wrapper) throws IOException {
    return match(wrapped(wrapper));
  }

  private static byte[] wrapped(UnaryOperator<PickleWriter> wrapper) {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).text("w");
    return wrapper.apply(out).op(Opcodes.SETITEM).stop();
  }

  /** torch._tensor._rebuild_from_type_v2(function, type, arguments, state). */
  private static PickleWriter inSubclass(PickleWriter out) {
    out.global("torch._tensor", "_rebuild_from_type_v2").op(Opcodes.MARK);
    out.global("torch._utils", "_rebuild_tensor_v2").global("project", "Coloured");
    window(out.op(Opcodes.MARK)).op(Opcodes.TUPLE);
    return out.op(Opcodes.EMPTY_DICT).op(Opcodes.TUPLE).op(Opcodes.REDUCE);
  }

  private static PickleWriter inParameter(PickleWriter out) {
    out.op(Opcodes.MEMOIZE).op(Opcodes.POP).global("torch._utils", "_rebuild_parameter");
    out.op(Opcodes.MARK).op(Opcodes.BINGET).op(0).bool(true).op(Opcodes.NONE);
    return out.op(Opcodes.TUPLE).op(Opcodes.REDUCE);
  }

  private static PickleWriter window(PickleWriter out) {
    out.op(Opcodes.MARK).text("storage").global("torch", "FloatStorage").text("0").text("cpu");
    out.integer(4).op(Opcodes.TUPLE).op(Opcodes.BINPERSID);
    out.integer(0).integers(2, 2).integers(2, 1).bool(false);
    return out.global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE);
  }

  private float[] match(byte[] pickle) throws IOException {
    Path file = Files.createTempFile(folder, "w", ".pth");
    Files.write(file, TestArchive.ofOneTensor().with("a/data.pkl", pickle).bytes());
    return WeightMatch.require("c", WeightsFile.of(file, "f"), W).get("w").orElseThrow().toFloats();
  }
}
