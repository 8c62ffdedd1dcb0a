package io.similitude.checkpoint.pickle;

import io.similitude.checkpoint.pickle.PickleValue.Bytes;
import io.similitude.checkpoint.pickle.PickleValue.Global;
import io.similitude.checkpoint.pickle.PickleValue.Instance;
import io.similitude.checkpoint.pickle.PickleValue.Mapping;
import io.similitude.checkpoint.pickle.PickleValue.Plain;
import io.similitude.checkpoint.pickle.PickleValue.Real;
import io.similitude.checkpoint.pickle.PickleValue.Reference;
import io.similitude.checkpoint.pickle.PickleValue.Sequence;
import io.similitude.checkpoint.pickle.PickleValue.Text;
import io.similitude.checkpoint.pickle.PickleValue.Truth;
import io.similitude.checkpoint.pickle.PickleValue.Whole;
import io.similitude.checkpoint.tensor.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a binary pickle (protocols 2 to 5) into {@link PickleValue}s and nothing else. No class
 * that it names is imported and nothing is called. Time and memory are bounded by the pickle's
 * length and by {@link #MOST_INSTRUCTIONS}. The class never recurses and never looks into a value.
 * It allocates memory only for bytes that exist.
 *
 * <p>Source of the instructions: CPython, Lib/pickletools.py and Lib/pickle.py. This class replaces
 * Spark's {@code net.razorvine.pickle}. That library loses the order of dictionaries, hashes the
 * values that it reads, calls methods by reflection, and has one table of constructors for the
 * whole JVM.
 */
public final class Unpickler {
  /**
   * The largest number of instructions. 10,000 tensors with an optimizer's state take 1.6 million.
   * The maximum takes at worst some hundred megabytes and one second.
   */
  public static final int MOST_INSTRUCTIONS = 3_000_000;

  private static final int LOWEST_PROTOCOL = 2;
  private static final int HIGHEST_PROTOCOL = 5;

  private static final Truth TRUE = new Truth(true);
  private static final Truth FALSE = new Truth(false);

  private final PickleInput input;
  private final PickleStack stack = new PickleStack();
  private final List<PickleValue> memo = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();

  private Unpickler(PickleInput input) {
    this.input = input;
  }

  public static Pickle read(byte[] pickle) throws MalformedException {
    return read(new PickleInput(pickle));
  }

  /** Reads the pickle that begins at the current position of the input. */
  public static Pickle read(PickleInput input) throws MalformedException {
    Unpickler unpickler = new Unpickler(input);
    PickleValue value = unpickler.value();
    return new Pickle(value, unpickler.instances, unpickler.references);
  }

  private PickleValue value() throws MalformedException {
    readProtocol();
    for (int i = 0; i < MOST_INSTRUCTIONS; i++) {
      int opcode = input.u1();
      if (opcode == Opcodes.STOP) {
        return stack.pop();
      }
      execute(opcode);
    }
    throw new MalformedException(
        "its pickle has more than "
            + MOST_INSTRUCTIONS
            + " instructions (save the weights alone: torch.save(model.state_dict(), ...))");
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

      case Opcodes.NONE -> stack.push(Plain.NONE);
      case Opcodes.NEWTRUE -> stack.push(TRUE);
      case Opcodes.NEWFALSE -> stack.push(FALSE);
      case Opcodes.BININT -> stack.push(new Whole(input.i4()));
      case Opcodes.BININT1 -> stack.push(new Whole(input.u1()));
      case Opcodes.BININT2 -> stack.push(new Whole(input.u2()));
      case Opcodes.LONG1 -> pushLong(input.u1());
      case Opcodes.LONG4 -> pushLong(input.u4());
      case Opcodes.BINFLOAT -> stack.push(new Real(input.f8()));

      case Opcodes.SHORT_BINUNICODE -> stack.push(new Text(input.text(input.u1())));
      case Opcodes.BINUNICODE -> stack.push(new Text(input.text(input.u4())));
      case Opcodes.BINUNICODE8 -> stack.push(new Text(input.text(input.i8())));
      case Opcodes.SHORT_BINSTRING, Opcodes.SHORT_BINBYTES -> pushBytes(input.u1());
      case Opcodes.BINSTRING, Opcodes.BINBYTES -> pushBytes(input.u4());
      case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> pushBytes(input.i8());

      case Opcodes.EMPTY_TUPLE -> stack.push(Sequence.EMPTY);
      case Opcodes.TUPLE, Opcodes.FROZENSET -> stack.push(Sequence.tuple(stack.popToMark()));
      case Opcodes.TUPLE1 -> stack.push(Sequence.tuple(stack.pop(1)));
      case Opcodes.TUPLE2 -> stack.push(Sequence.tuple(stack.pop(2)));
      case Opcodes.TUPLE3 -> stack.push(Sequence.tuple(stack.pop(3)));
      case Opcodes.EMPTY_LIST, Opcodes.EMPTY_SET -> stack.push(Sequence.list());
      case Opcodes.EMPTY_DICT -> stack.push(new Mapping());
      case Opcodes.APPEND -> addAll(stack.pop(1));
      case Opcodes.APPENDS, Opcodes.ADDITEMS -> addAll(stack.popToMark());
      case Opcodes.SETITEM -> putAll(stack.pop(2));
      case Opcodes.SETITEMS -> putAll(stack.popToMark());

      case Opcodes.GLOBAL -> stack.push(new Global(input.line(), input.line()));
      case Opcodes.STACK_GLOBAL -> pushGlobal();
      case Opcodes.REDUCE, Opcodes.NEWOBJ -> call(stack.pop(Sequence.class));
      case Opcodes.OBJ -> callFirst(stack.popToMark());
      case Opcodes.NEWOBJ_EX -> callWithKeywords();
      case Opcodes.BUILD -> build();
      case Opcodes.BINPERSID -> refer(stack.pop(Sequence.class));

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

  private void pushLong(long length) throws MalformedException {
    if (length > Long.BYTES) {
      input.skip(length);
      stack.push(Plain.INTEGER_OF_MORE_THAN_64_BITS);
      return;
    }
    byte[] littleEndian = input.take(length);
    long value = length > 0 && littleEndian[(int) length - 1] < 0 ? -1 : 0;
    for (int i = (int) length - 1; i >= 0; i--) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(littleEndian[i]);
    }
    stack.push(new Whole(value));
  }

  private void pushBytes(long length) throws MalformedException {
    stack.push(new Bytes(input.slice(length)));
  }

  private void addAll(List<PickleValue> values) throws MalformedException {
    PickleValue container = stack.peek();
    Sequence sequence =
        container instanceof Instance instance ? instance.items() : stack.peek(Sequence.class);
    for (PickleValue value : values) {
      sequence.add(value);
    }
  }

  private void putAll(List<PickleValue> keysAndValues) throws MalformedException {
    PickleValue container = stack.peek();
    if (keysAndValues.size() % 2 != 0) {
      throw new MalformedException("its pickle is broken: a key has no value");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      put(container, keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  private static void put(PickleValue container, PickleValue key, PickleValue value)
      throws MalformedException {
    if (container instanceof Mapping mapping) {
      mapping.put(key, value);
    } else if (container instanceof Instance instance) {
      instance.put(key, value);
    } else {
      throw new MalformedException("its pickle is broken: it sets a key of what has no keys");
    }
  }

  private void pushGlobal() throws MalformedException {
    List<PickleValue> names = stack.pop(2);
    Sequence both = Sequence.tuple(names);
    stack.push(new Global(both.text(0), both.text(1)));
  }

  private void call(Sequence arguments) throws MalformedException {
    Instance instance = new Instance(stack.pop(), arguments);
    instances.add(instance);
    stack.push(instance);
  }

  /** Handles a call in the form of Python 2, which puts a class and its arguments above a mark. */
  private void callFirst(List<PickleValue> classAndArguments) throws MalformedException {
    if (classAndArguments.isEmpty()) {
      throw new MalformedException("its pickle is broken: its stack runs empty");
    }
    stack.push(classAndArguments.get(0));
    call(Sequence.tuple(classAndArguments.subList(1, classAndArguments.size())));
  }

  private void callWithKeywords() throws MalformedException {
    Mapping keywords = stack.pop(Mapping.class);
    List<PickleValue> arguments = new ArrayList<>(stack.pop(Sequence.class).items());
    arguments.add(keywords);
    call(Sequence.tuple(arguments));
  }

  private void refer(PickleValue id) {
    Reference reference = new Reference(id);
    references.add(reference);
    stack.push(reference);
  }

  private void build() throws MalformedException {
    PickleValue state = stack.pop();
    stack.peek(Instance.class).build(state, input.position() - 1);
  }

  /**
   * Stores a value in the memo. Indices count up from 0, or from 1 in Python 2. An index above the
   * number of instructions is an error.
   */
  private void memorise(long index) throws MalformedException {
    PickleValue value = stack.peek();
    if (index > MOST_INSTRUCTIONS) {
      throw new MalformedException("its pickle is broken: its memo has no place " + index);
    }
    while (memo.size() <= index) {
      memo.add(null);
    }
    memo.set((int) index, value);
  }

  private void recall(long index) throws MalformedException {
    PickleValue value = index < memo.size() ? memo.get((int) index) : null;
    if (value == null) {
      throw new MalformedException("its pickle is broken: its memo has nothing at " + index);
    }
    stack.push(value);
  }

  /**
   * The contents of a pickle.
   *
   * @param value the pickled value
   * @param instances every object that the pickle creates, reachable or not, in the order of the
   *     pickle
   * @param references all references to objects outside of the pickle
   */
  public record Pickle(
      PickleValue value,
      List<PickleValue.Instance> instances,
      List<PickleValue.Reference> references) {}
}
