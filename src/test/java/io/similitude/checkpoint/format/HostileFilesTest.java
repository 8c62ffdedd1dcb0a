package io.similitude.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.tensor.FileBytes;
import io.similitude.checkpoint.torch.TestArchive;
import io.similitude.checkpoint.torch.TorchArchive;
import io.similitude.input.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a file holds, the reader gives weights or one line: no other exception, no hang. */
final class HostileFilesTest {
  private static final String NAME = "s3a://bucket/hostile.pth";

  private static final List<byte[]> FILES =
      Stream.of(
              "twist_checkpoint.pth.tar",
              "training.pth",
              "strided_legacy.pth",
              "types.safetensors",
              "sharded.safetensors.index.json")
          .map(Fixtures::bytes)
          .toList();

  /** Whole modules, arrays of NumPy, quantised weights, metadata: what a pickle can hold. */
  private static final List<byte[]> ZOO =
      Stream.of(
              "30-whole.pth",
              "17-wholeoptimizer.pth",
              "54-lightning-attributedict.pth",
              "60-e4m3.pth",
              "64-qperchannel.pth",
              "79-numpy-dict.pth",
              "81-tensor-attr.pth",
              "88-defaultdict.pth")
          .map(HostileFilesTest::pickleOf)
          .toList();

  private static final Map<String, Path> SHARDS =
      Fixtures.weights("sharded.safetensors.index.json").shards();

  private static final byte[] PICKLE = trainingPickle();
  private static final byte[] LEGACY = Fixtures.bytes("strided_legacy.pth");
  private static final byte[] HEADER = safetensorsHeader();

  private static final List<ExpectedTensor> EXPECTED =
      List.of(ExpectedTensor.required("weight", 3), ExpectedTensor.required("bias", 3));

  /** They take milliseconds; this tells a hang from a busy machine. */
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Instructions that work on what others left; random ones alone would stop at once. */
  private static final byte[] INSTRUCTIONS = {
    '(',
    '0',
    '1',
    '2',
    'N',
    (byte) 0x88,
    ')',
    't',
    (byte) 0x85,
    (byte) 0x86,
    (byte) 0x87,
    ']',
    'a',
    'e',
    '}',
    's',
    'u',
    (byte) 0x8f,
    (byte) 0x90,
    (byte) 0x91,
    'R',
    (byte) 0x81,
    (byte) 0x92,
    'b',
    'Q',
    'o',
    (byte) 0x94,
    '.'
  };

  private static Path file;

  @BeforeContainer
  static void createFile() throws IOException {
    file = Files.createTempFile("hostile", ".pth");
  }

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.delete(file);
  }

  @Property
  void survivesFlippedBits(@ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0) Integer> bits) {
    for (byte[] original : FILES) {
      byte[] flipped = original.clone();
      for (int bit : bits) {
        int at = bit % (flipped.length * Byte.SIZE);
        flipped[at / Byte.SIZE] ^= (byte) (1 << at % Byte.SIZE);
      }
      survives(flipped);
    }
  }

  @Property
  void survivesAChangedPickle(
      @ForAll @IntRange(min = 0) int at, @ForAll @Size(min = 1, max = 16) byte[] bytes) {
    byte[] changed = PICKLE.clone();
    System.arraycopy(bytes, 0, changed, at % (changed.length - bytes.length), bytes.length);
    survives(TestArchive.ofOneTensor().with("a/data.pkl", changed).bytes());
  }

  @Property
  void survivesAChangedPickleOfAnyKind(
      @ForAll @IntRange(min = 0) int at, @ForAll @Size(min = 1, max = 8) byte[] bytes) {
    for (byte[] original : ZOO) {
      byte[] changed = original.clone();
      System.arraycopy(bytes, 0, changed, at % (changed.length - bytes.length), bytes.length);
      survives(TestArchive.ofOneTensor().with("a/data.pkl", changed).bytes());
    }
  }

  @Property
  void survivesAChangedLegacyFile(
      @ForAll @IntRange(min = 0) int at, @ForAll @Size(min = 1, max = 16) byte[] bytes) {
    byte[] changed = LEGACY.clone();
    System.arraycopy(bytes, 0, changed, at % (changed.length - bytes.length), bytes.length);
    survives(changed);
  }

  @Property
  void survivesAChangedSafetensorsHeader(
      @ForAll @IntRange(min = 0) int at,
      @ForAll @Size(min = 1, max = 8) List<@CharRange(from = ' ', to = '~') Character> text) {
    byte[] changed = HEADER.clone();
    int from = at % (changed.length - text.size());
    for (int i = 0; i < text.size(); i++) {
      changed[from + i] = (byte) text.get(i).charValue();
    }
    survives(TestSafetensors.of(changed, new byte[300]));
  }

  @Property
  void survivesAnyTensorOfSafetensors(
      @ForAll("dtypes") String dtype,
      @ForAll @Size(max = 3) long[] shape,
      @ForAll long begin,
      @ForAll long end,
      @ForAll @IntRange(max = 100) int data) {
    survives(
        new TestSafetensors()
            .with("w", "U8", new long[] {1}, 0, 1)
            .with("v", dtype, shape, begin, end)
            .bytes(data));
  }

  @Property
  void survivesAnyHeaderLength(@ForAll long length, @ForAll @Size(max = 40) byte[] rest) {
    byte[] file = ByteBuffer.allocate(9 + rest.length).put(8, (byte) '{').put(9, rest).array();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    survives(file);
  }

  @Property
  void survivesAnyPickle(@ForAll("pickles") byte[] pickle) {
    survives(TestArchive.ofOneTensor().with("a/data.pkl", pickle).bytes());
  }

  @Property
  void survivesAnyWindow(
      @ForAll long elements,
      @ForAll long offset,
      @ForAll @Size(max = 3) long[] shape,
      @ForAll @Size(max = 3) long[] strides) {
    byte[] pickle = TestArchive.pickleOf(elements, offset, shape, strides);
    survives(TestArchive.ofOneTensor().with("a/data.pkl", pickle).bytes());
  }

  @Provide
  static Arbitrary<String> dtypes() {
    return Arbitraries.of("F64", "F32", "BF16", "I64", "BOOL", "F8_E4M3", "");
  }

  @Provide
  static Arbitrary<byte[]> pickles() {
    return Arbitraries.bytes()
        .withDistribution(RandomDistribution.uniform())
        .array(byte[].class)
        .ofMaxSize(60)
        .flatMap(HostileFilesTest::asPickle);
  }

  /** As they are, or as instructions that need no argument. */
  private static Arbitrary<byte[]> asPickle(byte[] random) {
    return Arbitraries.of(true, false)
        .map(
            likely -> {
              byte[] pickle = new byte[random.length + 4];
              pickle[0] = (byte) 0x80;
              pickle[1] = 4;
              pickle[2] = '}';
              for (int i = 0; i < random.length; i++) {
                int choice = Byte.toUnsignedInt(random[i]) % INSTRUCTIONS.length;
                pickle[i + 3] = likely ? INSTRUCTIONS[choice] : random[i];
              }
              pickle[pickle.length - 1] = '.';
              return pickle;
            });
  }

  private static void survives(byte[] bytes) {
    long start = System.nanoTime();
    try {
      Files.write(file, bytes);
      WeightsFile weights = WeightsFile.of(file, NAME).withShards(SHARDS);
      CheckpointReader.read(weights);
      WeightMatch.check("c", weights, EXPECTED);
    } catch (InputException e) {
      assertThat(e.getMessage())
          .matches("Cannot (read checkpoint|load checkpoint c from) " + NAME + ": .*");
      assertThat(e.getMessage().lines()).hasSize(1);
      assertThat(e.getMessage()).hasSizeLessThan(1500);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(System.nanoTime() - start).isLessThan(LIMIT_NANOS);
  }

  private static byte[] trainingPickle() {
    return pickleOf(Fixtures.path("training.pth"));
  }

  private static byte[] pickleOf(String zoo) {
    return pickleOf(Path.of("src/test/resources/checkpoint-zoo").resolve(zoo));
  }

  private static byte[] pickleOf(Path path) {
    try (TorchArchive archive = TorchArchive.open(path)) {
      return archive.readPickle(Integer.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] safetensorsHeader() {
    try (FileBytes bytes = FileBytes.open(Fixtures.path("types.safetensors"))) {
      long length = bytes.read(0, Long.BYTES, "length").getLong();
      return bytes.read(Long.BYTES, length, "header").array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
