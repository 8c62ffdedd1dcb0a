package io.similitude.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.checkpoint.pickle.Unpickler;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.torch.TestArchive;
import io.similitude.input.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pickles that want to run something, or to take for ever: each ends in the weights beside it or in
 * one line, and nothing is called or loaded.
 */
final class HostilePicklesTest {
  private static final List<ExpectedTensor> W = List.of(ExpectedTensor.required("w", 2, 2));
  private static final byte[] WEIGHTS =
      TestArchive.pickleOf(4, 0, new long[] {2, 2}, new long[] {2, 1});

  /** They take milliseconds; this tells a hang from a busy machine. */
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "os system",
        "posix system",
        "builtins eval",
        "__builtin__ exec",
        "subprocess Popen",
        "torch load",
        "torch.hub load",
        "torch.storage _load_from_bytes",
        "runpy run_path",
        "java.lang.Runtime exec",
        "io.similitude.cli.Main main",
      })
  void callsNothingThatStandsBesideTheWeights(String name) throws IOException {
    String module = name.substring(0, name.indexOf(' '));
    String function = name.substring(name.indexOf(' ') + 1);
    for (int call : new int[] {Opcodes.REDUCE, Opcodes.NEWOBJ, Opcodes.OBJ}) {
      PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).text("args");
      if (call == Opcodes.OBJ) {
        out.op(Opcodes.MARK);
      }
      out.global(module, function).text("touch " + folder.resolve("executed"));
      out = call == Opcodes.OBJ ? out.op(call) : out.op(Opcodes.TUPLE1).op(call);
      out.op(Opcodes.EMPTY_DICT).text("__setstate__").global(module, function);
      out.op(Opcodes.SETITEM).op(Opcodes.BUILD).op(Opcodes.SETITEM);

      assertThat(weights(beside(out))).hasValue(new float[] {0, 1, 2, 3});
    }
    assertThat(folder.resolve("executed")).doesNotExist();
  }

  @Test
  void callsNothingThatIsThrownAwayAfterwards() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(WEIGHTS, 0, WEIGHTS.length - 1);
    out.writeBytes(
        "cposix\nsystem\nX\u0002\u0000\u0000\u0000id\u0085R0."
            .getBytes(StandardCharsets.ISO_8859_1));

    assertThat(weights(out.toByteArray())).hasValue(new float[] {0, 1, 2, 3});
  }

  @Test
  void loadsNoClassThatAPickleNames() throws IOException {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).text("args");
    out.global("javax.script", "ScriptEngineManager").op(Opcodes.EMPTY_TUPLE).op(Opcodes.NEWOBJ);
    byte[] pickle = beside(out.op(Opcodes.SETITEM));
    weights(pickle);
    long before = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();

    weights(pickle);

    assertThat(ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount())
        .isEqualTo(before);
  }

  @Test
  void aTensorCannotBeRebuiltByAnyOtherFunction() throws IOException {
    for (String name : List.of("_rebuild_tensor_v2.__globals__", "_rebuild_tensor_v9", "x\ny")) {
      PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).text("w");
      out.text("torch._utils").text(name).op(Opcodes.STACK_GLOBAL).op(Opcodes.EMPTY_TUPLE);
      assertThat(weights(out.op(Opcodes.REDUCE).op(Opcodes.SETITEM).stop())).isEmpty();
    }
  }

  @Test
  void endsWithDeepNesting() throws IOException {
    byte[] lists = filled(1_000_000, Opcodes.EMPTY_LIST, Opcodes.APPEND);
    byte[] tuples = filled(1_000_000, Opcodes.TUPLE1);
    tuples[2] = Opcodes.EMPTY_TUPLE;
    byte[] dictionaries = dictionariesInEachOther(200_000);
    byte[] callees = calleesOfCallees(300_000);

    assertThat(weights(lists)).isEmpty();
    assertThat(weights(tuples)).isEmpty();
    assertThat(weights(dictionaries)).isEmpty();
    assertThat(weights(callees)).isEmpty();
  }

  @Test
  void endsWithModulesInEachOther() throws IOException {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).text("w").op(Opcodes.EMPTY_DICT);
    out.op(Opcodes.BINPUT).op(0);
    for (int level = 0; level < 60; level++) {
      out.global("torch.nn", "Module").op(Opcodes.EMPTY_TUPLE).op(Opcodes.NEWOBJ);
      out.op(Opcodes.EMPTY_DICT).op(Opcodes.MARK).text("_parameters").op(Opcodes.EMPTY_DICT);
      out.text("_modules").op(Opcodes.EMPTY_DICT).op(Opcodes.MARK);
      out.text("a").op(Opcodes.BINGET).op(level).text("b").op(Opcodes.BINGET).op(level);
      out.op(Opcodes.SETITEMS).op(Opcodes.SETITEMS).op(Opcodes.BUILD);
      out.op(Opcodes.BINPUT).op(level + 1);
    }

    assertThat(weights(out.op(Opcodes.SETITEM).stop())).isEmpty();
  }

  @Test
  void endsWithAPickleOfTheMostInstructions() throws IOException {
    assertThat(weights(filled(Unpickler.MOST_INSTRUCTIONS - 1, Opcodes.EMPTY_DICT))).isEmpty();
    assertThat(weights(filled(Unpickler.MOST_INSTRUCTIONS + 1, 'N'))).isEmpty();
  }

  @Test
  void anArrayHoldsNoMoreThanItsBytes() throws IOException {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).text("w");
    out.global("numpy._core.multiarray", "_reconstruct").op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE);
    out.op(Opcodes.MARK).integer(1).integers(1L << 40, 1L << 40);
    out.global("numpy", "dtype").text("f4").op(Opcodes.TUPLE1).op(Opcodes.REDUCE);
    out.bool(true).text("0123").op(Opcodes.TUPLE).op(Opcodes.BUILD);

    assertThat(weights(out.op(Opcodes.SETITEM).stop())).isEmpty();
  }

  private static byte[] filled(int times, int... opcodes) {
    byte[] pickle = new byte[times * opcodes.length + 3];
    pickle[0] = (byte) Opcodes.PROTO;
    pickle[1] = 2;
    for (int part = 0; part < opcodes.length; part++) {
      int from = 2 + part * times;
      Arrays.fill(pickle, from, from + times, (byte) opcodes[part]);
    }
    pickle[pickle.length - 1] = Opcodes.STOP;
    return pickle;
  }

  private static byte[] dictionariesInEachOther(int depth) {
    PickleWriter out = new PickleWriter();
    for (int i = 0; i < depth; i++) {
      out.op(Opcodes.EMPTY_DICT).text("model");
    }
    out.op(Opcodes.EMPTY_DICT);
    for (int i = 0; i < depth; i++) {
      out.op(Opcodes.SETITEM);
    }
    return out.stop();
  }

  private static byte[] calleesOfCallees(int depth) {
    PickleWriter out = new PickleWriter().global("os", "system");
    for (int i = 0; i < depth; i++) {
      out.op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE);
    }
    return out.stop();
  }

  /** A dictionary to which the weights are added. */
  private static byte[] beside(PickleWriter dictionary) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(dictionary.text("state_dict").bytes());
    out.write(WEIGHTS, 2, WEIGHTS.length - 3);
    out.write(Opcodes.SETITEM);
    out.write(Opcodes.STOP);
    return out.toByteArray();
  }

  /** The weights of a file with this pickle; empty when it is refused, in one line. */
  private Optional<float[]> weights(byte[] pickle) throws IOException {
    Path file = Files.createTempFile(folder, "hostile", ".pth");
    Files.write(file, TestArchive.ofOneTensor().with("a/data.pkl", pickle).bytes());
    long start = System.nanoTime();
    try {
      StateDict read = WeightMatch.require("c", WeightsFile.of(file, "f"), W);
      return Optional.of(read.get("w").orElseThrow().toFloats());
    } catch (InputException e) {
      assertThat(e.getMessage()).matches("Cannot (read|load) checkpoint .*").hasSizeLessThan(1000);
      return Optional.empty();
    } finally {
      assertThat(System.nanoTime() - start).isLessThan(LIMIT_NANOS);
    }
  }
}
