package io.similitude.checkpoint.pickle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.similitude.checkpoint.tensor.MalformedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a pickle, as data. An object of any class is an {@link Instance}. It has the name of
 * the function that Python would call, the arguments, and the state. Nothing is imported and
 * nothing is called.
 *
 * <p>A value that holds other values is equal only to itself. To compare or hash the contents of a
 * hostile pickle could take unlimited time.
 */
public sealed interface PickleValue {
  /** A value that no weights need. Only its kind is kept. */
  enum Plain implements PickleValue {
    NONE,
    INTEGER_OF_MORE_THAN_64_BITS
  }

  record Text(String value) implements PickleValue {}

  record Whole(long value) implements PickleValue {}

  record Real(double value) implements PickleValue {}

  record Truth(boolean value) implements PickleValue {}

  /** The name of a class or function: {@code torch.nn.modules.conv.Conv2d}. */
  record Global(String module, String name) implements PickleValue {
    public String qualified() {
      return module + "." + name;
    }
  }

  /** Bytes, or a Python 2 string. */
  final class Bytes implements PickleValue {
    private final ByteBuffer bytes;

    Bytes(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    /** The bytes, from position 0. */
    ByteBuffer buffer() {
      return bytes.slice();
    }

    public String text() {
      return UTF_8.decode(bytes.slice()).toString();
    }
  }

  /** A tuple, a list or a set. */
  final class Sequence implements PickleValue {
    public static final Sequence EMPTY = new Sequence(false, List.of());

    private final boolean grows;
    private List<PickleValue> items;

    private Sequence(boolean grows, List<PickleValue> items) {
      this.grows = grows;
      this.items = items;
    }

    public static Sequence tuple(List<PickleValue> items) {
      return new Sequence(false, items);
    }

    /** An empty list or set. */
    public static Sequence list() {
      return new Sequence(true, List.of());
    }

    public List<PickleValue> items() {
      return Collections.unmodifiableList(items);
    }

    public int size() {
      return items.size();
    }

    public void add(PickleValue item) throws MalformedException {
      if (!grows) {
        throw new MalformedException("its pickle is broken: it appends to a tuple");
      }
      if (items.isEmpty()) {
        items = new ArrayList<>(4);
      }
      items.add(item);
    }

    public <T extends PickleValue> T get(int index, Class<T> type) throws MalformedException {
      if (index >= items.size() || !type.isInstance(items.get(index))) {
        throw new MalformedException(
            "its pickle is broken: a tuple has no " + type.getSimpleName() + " at " + index);
      }
      return type.cast(items.get(index));
    }

    public String text(int index) throws MalformedException {
      Optional<String> text =
          index < items.size() ? PickleValue.text(items.get(index)) : Optional.empty();
      return text.orElseThrow(
          () -> new MalformedException("its pickle is broken: a tuple has no text at " + index));
    }

    /** The items, each of which must be a text. */
    public List<String> texts() throws MalformedException {
      List<String> texts = new ArrayList<>(items.size());
      for (int i = 0; i < items.size(); i++) {
        texts.add(text(i));
      }
      return texts;
    }

    /** The items, each of which must be an integer. */
    public long[] longs() throws MalformedException {
      long[] longs = new long[items.size()];
      for (int i = 0; i < longs.length; i++) {
        longs[i] = get(i, Whole.class).value();
      }
      return longs;
    }
  }

  /**
   * A dictionary in insertion order. It keeps entries whose keys are texts or integers. Other
   * entries are dropped, because no name of a tensor can lead through them.
   */
  final class Mapping implements PickleValue {
    private final Map<String, PickleValue> named = new LinkedHashMap<>();
    private Map<Long, PickleValue> numbered = Map.of();

    public void put(PickleValue key, PickleValue value) {
      if (key instanceof Whole number) {
        if (numbered.isEmpty()) {
          numbered = new LinkedHashMap<>();
        }
        numbered.put(number.value(), value);
      } else {
        text(key).ifPresent(name -> named.put(name, value));
      }
    }

    public PickleValue get(String key) {
      return named.get(key);
    }

    public Map<String, PickleValue> named() {
      return Collections.unmodifiableMap(named);
    }

    public Map<Long, PickleValue> numbered() {
      return Collections.unmodifiableMap(numbered);
    }
  }

  /** An object that the pickle would have created by a call. */
  final class Instance implements PickleValue {
    private final PickleValue callee;
    private final Sequence arguments;
    private final Sequence items = Sequence.list();
    private Mapping entries;
    private PickleValue state = Plain.NONE;
    private int statePosition;

    public Instance(PickleValue callee, Sequence arguments) {
      this.callee = callee;
      this.arguments = arguments;
    }

    public PickleValue callee() {
      return callee;
    }

    /**
     * The name of the called function: {@code collections.OrderedDict}; empty if something without
     * a name was called.
     */
    public String calls() {
      return callee instanceof Global global ? global.qualified() : "";
    }

    public Sequence arguments() {
      return arguments;
    }

    /** The items that were appended to it. */
    public Sequence items() {
      return items;
    }

    /** The entries that were set in it by key, if there are any. */
    public Optional<Mapping> entries() {
      return Optional.ofNullable(entries);
    }

    public void put(PickleValue key, PickleValue value) {
      if (entries == null) {
        entries = new Mapping();
      }
      entries.put(key, value);
    }

    public PickleValue state() {
      return state;
    }

    /** The position of the instruction that set its state. More items could be added before it. */
    public int statePosition() {
      return statePosition;
    }

    public void build(PickleValue newState, int position) {
      state = newState;
      statePosition = position;
    }

    /** The attributes, if the state is a dictionary. */
    public Optional<Mapping> attributes() {
      return state instanceof Mapping attributes ? Optional.of(attributes) : Optional.empty();
    }
  }

  /** A reference to an object outside of the pickle: a storage. */
  record Reference(PickleValue id) implements PickleValue {
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** The text of a text value or of a Python 2 string. */
  static Optional<String> text(PickleValue value) {
    if (value instanceof Text text) {
      return Optional.of(text.value());
    }
    return value instanceof Bytes bytes ? Optional.of(bytes.text()) : Optional.empty();
  }

  /** The bytes of a bytes value, or of a text with one byte for each character. */
  static Optional<ByteBuffer> bytes(PickleValue value) {
    if (value instanceof Text text) {
      return Optional.of(ByteBuffer.wrap(text.value().getBytes(ISO_8859_1)));
    }
    return value instanceof Bytes bytes ? Optional.of(bytes.buffer()) : Optional.empty();
  }
}
