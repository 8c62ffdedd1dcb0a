package io.similitude.checkpoint.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.pickle.PickleValue.Global;
import io.similitude.checkpoint.pickle.PickleValue.Instance;
import io.similitude.checkpoint.pickle.PickleValue.Mapping;
import io.similitude.checkpoint.pickle.PickleValue.Plain;
import io.similitude.checkpoint.pickle.PickleValue.Real;
import io.similitude.checkpoint.pickle.PickleValue.Text;
import io.similitude.checkpoint.pickle.PickleValue.Truth;
import io.similitude.checkpoint.pickle.PickleValue.Whole;
import io.similitude.checkpoint.tensor.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnpicklerTest {
  /** They take milliseconds; this tells a hang from a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Test
  void readsNumbersAsPythonWritesThem() throws MalformedException {
    assertThat(read('J', 0xff, 0xff, 0xff, 0xff)).isEqualTo(new Whole(-1L));
    assertThat(read('K', 255)).isEqualTo(new Whole(255L));
    assertThat(read('M', 0, 128)).isEqualTo(new Whole(32768L));
    assertThat(read(0x8a, 0)).isEqualTo(new Whole(0L));
    assertThat(read(0x8a, 2, 0xff, 0x7f)).isEqualTo(new Whole(32767L));
    assertThat(read(0x8a, 1, 0x80)).isEqualTo(new Whole(-128L));
    assertThat(read(0x8b, 5, 0, 0, 0, 0, 0, 0, 0, 1)).isEqualTo(new Whole(1L << 32));
    assertThat(read(0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0x80)).isEqualTo(new Whole(Long.MIN_VALUE));
    assertThat(read(0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1))
        .isEqualTo(Plain.INTEGER_OF_MORE_THAN_64_BITS);
    assertThat(read('G', 0x3f, 0xe0, 0, 0, 0, 0, 0, 0)).isEqualTo(new Real(0.5));
    assertThat(read(0x88)).isEqualTo(new Truth(true));
    assertThat(read(0x89)).isEqualTo(new Truth(false));
  }

  @Test
  void readsTextOfEveryWidth() throws MalformedException {
    assertThat(read('X', 2, 0, 0, 0, 0xc3, 0xa9)).isEqualTo(new Text("é"));
    assertThat(read(0x8c, 1, 'a')).isEqualTo(new Text("a"));
    assertThat(read(0x8d, 1, 0, 0, 0, 0, 0, 0, 0, 'a')).isEqualTo(new Text("a"));
    assertThat(PickleValue.text(read('U', 1, 'a'))).contains("a");
    assertThat(PickleValue.text(read('B', 1, 0, 0, 0, 'a'))).contains("a");
  }

  @Test
  void keepsTheOrderOfADictionary() throws MalformedException {
    Mapping dict =
        (Mapping) read('}', '(', 'K', 3, 'N', 'K', 1, 'N', 'K', 2, 'N', 'u', 'K', 0, 'N', 's');
    assertThat(dict.numbered().keySet()).containsExactly(3L, 1L, 2L, 0L);
  }

  @Test
  void readsProtocol4() throws MalformedException {
    byte[] pickle = {
      (byte) 0x80,
      4,
      (byte) 0x95,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      (byte) 0x8c,
      11,
      'c',
      'o',
      'l',
      'l',
      'e',
      'c',
      't',
      'i',
      'o',
      'n',
      's',
      (byte) 0x94,
      (byte) 0x8c,
      11,
      'O',
      'r',
      'd',
      'e',
      'r',
      'e',
      'd',
      'D',
      'i',
      'c',
      't',
      (byte) 0x94,
      (byte) 0x93,
      ')',
      'R',
      (byte) 0x94,
      'h',
      0,
      'h',
      1,
      's',
      '.'
    };

    Instance dict = (Instance) unpickle(pickle);

    assertThat(dict.calls()).isEqualTo("collections.OrderedDict");
    assertThat(dict.entries().orElseThrow().get("collections")).isEqualTo(new Text("OrderedDict"));
  }

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "builtins, eval",
    "__builtin__, exec",
    "torch, load",
    "torch._utils, _rebuild_tensor_v2.__globals__",
    "java.lang, Runtime",
  })
  void keepsOfEveryNameTheNameAlone(String module, String name) throws MalformedException {
    byte[] global = new PickleWriter().global(module, name).stop();
    byte[] stackGlobal = new PickleWriter().text(module).text(name).op(Opcodes.STACK_GLOBAL).stop();

    assertThat(unpickle(global)).isEqualTo(new Global(module, name));
    assertThat(unpickle(stackGlobal)).isEqualTo(new Global(module, name));
  }

  @Test
  void keepsOfACallItsArgumentsAndItsState() throws MalformedException {
    PickleWriter out = new PickleWriter().global("os", "system").text("touch it");
    out.op(Opcodes.TUPLE1).op(Opcodes.REDUCE).op(Opcodes.EMPTY_DICT).text("a").integer(1);
    byte[] pickle = out.op(Opcodes.SETITEM).op(Opcodes.BUILD).stop();

    Instance call = (Instance) unpickle(pickle);

    assertThat(call.callee()).isEqualTo(new Global("os", "system"));
    assertThat(call.arguments().items()).containsExactly(new Text("touch it"));
    assertThat(call.attributes().orElseThrow().named())
        .containsExactly(Map.entry("a", new Whole(1)));
  }

  @Test
  void callsWhatACallGave() throws MalformedException {
    PickleWriter out = new PickleWriter().global("builtins", "getattr").global("os", "x");
    out.op(Opcodes.TUPLE1).op(Opcodes.REDUCE).op(Opcodes.EMPTY_TUPLE).op(Opcodes.NEWOBJ);

    Instance outer = (Instance) unpickle(out.stop());

    assertThat(outer.calls()).isEmpty();
    assertThat(outer.callee()).isInstanceOf(Instance.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {'X', 'B', 'T', 0x8b, 0x8d, 0x8e, 0x96})
  void refusesALengthThatTheBytesDoNotHave(int opcode) {
    int[] longest = {opcode, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    int[] large = {opcode, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0};

    for (int[] lie : new int[][] {longest, large}) {
      assertThatThrownBy(() -> read(lie))
          .isInstanceOf(MalformedException.class)
          .hasMessageMatching(
              "its pickle is broken: at byte \\d+ it promises \\d+ bytes and has \\d");
    }
  }

  @Test
  void refusesWhatThePickleMachineCannotDo() {
    assertBroken("its pickle is broken: its stack runs empty", '0');
    assertBroken("its pickle is broken: its stack runs empty", 'N', '(', 'Q');
    assertBroken("its pickle is broken: a mark is missing", 'N', 't');
    assertBroken("its pickle is broken: its memo has nothing at 7", 'h', 7);
    assertBroken(
        "its pickle is broken: its memo has nothing at 4294967295", 'j', 255, 255, 255, 255);
    assertBroken("its pickle is broken: a key has no value", '}', '(', 'N', 'u');
    assertBroken(
        "its pickle is broken: its memo has no place 4294967295", 'N', 'r', 255, 255, 255, 255);
    assertBroken("its pickle is broken: it sets a key of what has no keys", ']', 'N', 'N', 's');
    assertBroken("its pickle is broken: it appends to a tuple", ')', 'N', 'a');
    assertBroken("its pickle is broken: no Sequence stands where one must be", '}', 'N', 'a');
    assertBroken("its pickle is broken: no Sequence stands where one must be", 'N', 'N', 'R');
    assertBroken("its pickle is broken: no Instance stands where one must be", 'K', 1, 'N', 'b');
    assertBroken(
        "its pickle has instruction 0x49 at byte 2, which torch.save does not write",
        'I',
        '1',
        '\n');
  }

  @Test
  void refusesWhatIsNoPickle() {
    assertThatThrownBy(() -> unpickle(new byte[0]))
        .hasMessage("its pickle is broken: at byte 0 it promises 1 bytes and has 0");
    assertThatThrownBy(() -> unpickle("text".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("its pickle is broken: it does not begin with a protocol");
    assertThatThrownBy(() -> unpickle(new byte[] {(byte) 0x80, 6, 'N', '.'}))
        .hasMessage("its pickle has protocol 6 (must be 2 to 5)");
    assertThatThrownBy(() -> unpickle(new byte[] {(byte) 0x80, 2, 'N'}))
        .hasMessageStartingWith("its pickle is broken: at byte 3");
  }

  @Test
  void survivesDeepNesting() {
    byte[] lists = repeated(900_000, ']');
    byte[] tuples = new byte[900_001];
    Arrays.fill(tuples, (byte) 0x85);
    tuples[0] = ')';

    Assertions.assertTimeout(LIMIT, () -> unpickle(pickle(lists)));
    Assertions.assertTimeout(LIMIT, () -> unpickle(pickle(tuples)));
  }

  @Test
  void survivesAMemoBomb() {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_TUPLE);
    for (int i = 0; i < 100_000; i++) {
      out.op(Opcodes.DUP).op(Opcodes.TUPLE2);
    }
    byte[] doubling =
        out.op(Opcodes.MEMOIZE).op(Opcodes.EMPTY_DICT).op('h').op(0).op('N').op('s').stop();
    byte[] cycle = {(byte) 0x80, 2, '}', 'q', 0, 'N', 'h', 0, 's', '.'};

    Assertions.assertTimeout(LIMIT, () -> unpickle(doubling));
    Assertions.assertTimeout(LIMIT, () -> unpickle(cycle));
  }

  @Test
  void refusesMoreInstructionsThanWeightsNeed() {
    byte[] pickle = pickle(repeated(Unpickler.MOST_INSTRUCTIONS + 1, 'N'));

    Assertions.assertTimeout(
        LIMIT,
        () ->
            assertThatThrownBy(() -> unpickle(pickle))
                .hasMessage(
                    "its pickle has more than 3000000 instructions (save the weights alone:"
                        + " torch.save(model.state_dict(), ...))"));
  }

  private static void assertBroken(String message, int... instructions) {
    assertThatThrownBy(() -> read(instructions))
        .isInstanceOf(MalformedException.class)
        .hasMessage(message);
  }

  private static PickleValue read(int... instructions) throws MalformedException {
    ByteBuffer bytes = ByteBuffer.allocate(instructions.length);
    for (int instruction : instructions) {
      bytes.put((byte) instruction);
    }
    return unpickle(pickle(bytes.array()));
  }

  private static byte[] repeated(int times, int opcode) {
    byte[] bytes = new byte[times];
    Arrays.fill(bytes, (byte) opcode);
    return bytes;
  }

  private static byte[] pickle(byte[] instructions) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x80, 2});
    out.writeBytes(instructions);
    out.write('.');
    return out.toByteArray();
  }

  private static PickleValue unpickle(byte[] pickle) throws MalformedException {
    return Unpickler.read(pickle).value();
  }
}
