package io.similitude.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a binary pickle (protocols 2 to 5) into plain data and nothing else: strings, {@link Long},
 * {@link Double}, {@link Boolean}, {@link PickleTuple}, {@link PickleList}, {@link PickleDict},
 * {@link Inert}, and what the allowed globals make. Time and memory are bounded by the pickle's
 * length and by {@link #MOST_INSTRUCTIONS}: it never recurses, never looks into a value, and
 * allocates no length before the bytes are there.
 *
 * <p>Source of the instructions: CPython, Lib/pickletools.py and Lib/pickle.py. A machine of our
 * own rather than Spark's {@code net.razorvine.pickle}, because that one loses the order of
 * dictionaries, hashes what it reads, calls methods by reflection and has one table of constructors
 * for the whole JVM.
 */
final class Unpickler {
  /** 10,000 tensors take 2 MB. */
  static final int LONGEST_PICKLE = 8 << 20;

  /**
   * Some 40 are needed for a tensor with its optimizer state; all together take 100 MB and a
   * fraction of a second at worst.
   */
  static final int MOST_INSTRUCTIONS = 1_000_000;

  private static final int LOWEST_PROTOCOL = 2;
  private static final int HIGHEST_PROTOCOL = 5;

  private final PickleInput input;
  private final PickleGlobal.Names globals;
  private final PickleGlobal persistentIds;
  private final PickleStack stack = new PickleStack();
  private final List<Object> memo = new ArrayList<>();

  /**
   * A reader of one pickle.
   *
   * @param persistentIds called with the tuple of each persistent id
   */
  Unpickler(byte[] pickle, PickleGlobal.Names globals, PickleGlobal persistentIds) {
    this(new PickleInput(pickle), globals, persistentIds);
  }

  /** A reader of the pickle that begins where the input stands. */
  Unpickler(PickleInput input, PickleGlobal.Names globals, PickleGlobal persistentIds) {
    this.input = input;
    this.globals = globals;
    this.persistentIds = persistentIds;
  }

  Object read() throws MalformedException {
    readProtocol();
    for (int i = 0; i < MOST_INSTRUCTIONS; i++) {
      int opcode = input.u1();
      if (opcode == Opcodes.STOP) {
        return stack.pop();
      }
      execute(opcode);
    }
    throw new MalformedException(
        "its pickle has more than " + MOST_INSTRUCTIONS + " instructions, which no weights need");
  }

  private void readProtocol() throws MalformedException {
    if (input.u1() != Opcodes.PROTO) {
      throw new MalformedException("its pickle is broken: it does not begin with a protocol");
    }
    int protocol = input.u1();
    if (protocol < LOWEST_PROTOCOL || protocol > HIGHEST_PROTOCOL) {
      throw new MalformedException("its pickle has protocol " + protocol + " (must be 2 to 5)");
    }
  }

  private void execute(int opcode) throws MalformedException {
    switch (opcode) {
      case Opcodes.FRAME -> input.skip(Long.BYTES);
      case Opcodes.MARK -> stack.mark();
      case Opcodes.POP -> stack.drop();
      case Opcodes.POP_MARK -> stack.popToMark();
      case Opcodes.DUP -> stack.push(stack.peek());

      case Opcodes.NONE -> stack.push(Inert.VALUE);
      case Opcodes.NEWTRUE -> stack.push(true);
      case Opcodes.NEWFALSE -> stack.push(false);
      case Opcodes.BININT -> stack.push((long) input.i4());
      case Opcodes.BININT1 -> stack.push((long) input.u1());
      case Opcodes.BININT2 -> stack.push((long) input.u2());
      case Opcodes.LONG1 -> pushLong(input.u1());
      case Opcodes.LONG4 -> pushLong(input.u4());
      case Opcodes.BINFLOAT -> stack.push(input.f8());

      case Opcodes.SHORT_BINSTRING, Opcodes.SHORT_BINUNICODE -> stack.push(input.text(input.u1()));
      case Opcodes.BINSTRING, Opcodes.BINUNICODE -> stack.push(input.text(input.u4()));
      case Opcodes.BINUNICODE8 -> stack.push(input.text(input.i8()));
      case Opcodes.SHORT_BINBYTES -> skipBytes(input.u1());
      case Opcodes.BINBYTES -> skipBytes(input.u4());
      case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> skipBytes(input.i8());

      case Opcodes.EMPTY_TUPLE -> stack.push(PickleTuple.EMPTY);
      case Opcodes.TUPLE -> stack.push(new PickleTuple(stack.popToMark()));
      case Opcodes.TUPLE1 -> stack.push(new PickleTuple(stack.pop(1)));
      case Opcodes.TUPLE2 -> stack.push(new PickleTuple(stack.pop(2)));
      case Opcodes.TUPLE3 -> stack.push(new PickleTuple(stack.pop(3)));
      case Opcodes.EMPTY_LIST -> stack.push(new PickleList());
      case Opcodes.EMPTY_DICT -> stack.push(new PickleDict());
      case Opcodes.EMPTY_SET -> stack.push(Inert.VALUE);
      case Opcodes.FROZENSET -> replaceByInert();
      case Opcodes.APPEND -> addAll(stack.pop(1));
      case Opcodes.APPENDS, Opcodes.ADDITEMS -> addAll(stack.popToMark());
      case Opcodes.SETITEM -> putAll(stack.pop(2));
      case Opcodes.SETITEMS -> putAll(stack.popToMark());

      case Opcodes.GLOBAL -> stack.push(globals.find(input.line(), input.line()));
      case Opcodes.STACK_GLOBAL -> pushGlobal();
      case Opcodes.REDUCE, Opcodes.NEWOBJ -> call(stack.pop(PickleTuple.class));
      case Opcodes.NEWOBJ_EX -> callWithKeywords();
      case Opcodes.BUILD -> build();
      case Opcodes.BINPERSID -> stack.push(persistentIds.call(stack.pop(PickleTuple.class)));

      case Opcodes.BINGET -> recall(input.u1());
      case Opcodes.LONG_BINGET -> recall(input.u4());
      case Opcodes.BINPUT -> memorise(input.u1());
      case Opcodes.LONG_BINPUT -> memorise(input.u4());
      case Opcodes.MEMOIZE -> memo.add(stack.peek());
      default ->
          throw new MalformedException(
              String.format(
                  "its pickle has instruction 0x%02x at byte %d, which torch.save does not write",
                  opcode, input.position() - 1));
    }
  }

  /** Integers of more than eight bytes are no sizes of anything: they become inert. */
  private void pushLong(long length) throws MalformedException {
    if (length > Long.BYTES) {
      skipBytes(length);
      return;
    }
    byte[] littleEndian = input.take(length);
    long value = length > 0 && littleEndian[(int) length - 1] < 0 ? -1 : 0;
    for (int i = (int) length - 1; i >= 0; i--) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(littleEndian[i]);
    }
    stack.push(value);
  }

  private void skipBytes(long length) throws MalformedException {
    input.skip(length);
    stack.push(Inert.VALUE);
  }

  private void replaceByInert() throws MalformedException {
    stack.popToMark();
    stack.push(Inert.VALUE);
  }

  private void addAll(List<Object> values) throws MalformedException {
    PickleContainer container = stack.peek(PickleContainer.class);
    for (Object value : values) {
      container.add(value);
    }
  }

  private void putAll(List<Object> keysAndValues) throws MalformedException {
    PickleContainer container = stack.peek(PickleContainer.class);
    if (keysAndValues.size() % 2 != 0) {
      throw new MalformedException("its pickle is broken: a key has no value");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      container.put(keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  private void pushGlobal() throws MalformedException {
    String name = stack.pop(String.class);
    stack.push(globals.find(stack.pop(String.class), name));
  }

  private void call(PickleTuple arguments) throws MalformedException {
    stack.push(stack.pop(PickleGlobal.class).call(arguments));
  }

  private void callWithKeywords() throws MalformedException {
    stack.pop(PickleDict.class);
    call(stack.pop(PickleTuple.class));
  }

  /**
   * The state of an object: attributes of a dictionary (torch's _metadata), options. Not needed.
   */
  private void build() throws MalformedException {
    stack.pop();
    stack.peek(PickleContainer.class);
  }

  /** Indices count up, from 0 or (Python 2) from 1; more of them than instructions are a lie. */
  private void memorise(long index) throws MalformedException {
    Object value = stack.peek();
    if (index > MOST_INSTRUCTIONS) {
      throw new MalformedException("its pickle is broken: its memo has no place " + index);
    }
    while (memo.size() <= index) {
      memo.add(null);
    }
    memo.set((int) index, value);
  }

  private void recall(long index) throws MalformedException {
    Object value = index < memo.size() ? memo.get((int) index) : null;
    if (value == null) {
      throw new MalformedException("its pickle is broken: its memo has nothing at " + index);
    }
    stack.push(value);
  }
}
