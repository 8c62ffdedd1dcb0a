package io.similitude.program;

import java.util.Arrays;
import java.util.List;

/**
 * How long the values of a program live: which operation may write over its operand, and how much
 * memory is taken at most.
 *
 * <p>Values that share memory (a view and what it views, an overwritten operand and the result)
 * have one buffer, named by the operation that allocated it.
 */
final class Lifetimes {
  private static final int FOREVER = Integer.MAX_VALUE;

  private final List<Operation> operations;
  private final int[] buffer;
  private final int[] lastUse;
  private final boolean[] overwrites;

  Lifetimes(List<Operation> operations, Value logits) {
    this.operations = operations;
    this.lastUse = lastUses(operations, logits);
    this.buffer = new int[operations.size()];
    this.overwrites = new boolean[operations.size()];
    for (int i = 0; i < operations.size(); i++) {
      overwrites[i] = canOverwrite(i);
      buffer[i] =
          overwrites[i] || operations.get(i).alias()
              ? bufferOf(operations.get(i).operands().get(0))
              : i;
    }
  }

  /** Whether operation i writes its value over its first operand, which nobody reads any more. */
  boolean overwrites(int i) {
    return overwrites[i];
  }

  /** The most elements that are alive at once, the input included. */
  long peakElements(Value input) {
    int[] freed = lastUsesOfBuffers();
    long peak = 0;
    for (int now = 0; now < operations.size(); now++) {
      long alive = input.elements();
      for (int owner = 0; owner <= now; owner++) {
        if (buffer[owner] == owner && freed[owner] >= now) {
          alive += operations.get(owner).value().elements();
        }
      }
      peak = Math.max(peak, alive);
    }
    return peak;
  }

  private boolean canOverwrite(int i) {
    Operation operation = operations.get(i);
    if (!operation.canOverwrite()) {
      return false;
    }
    int target = bufferOf(operation.operands().get(0));
    if (target == Value.INPUT) {
      return false;
    }
    for (int earlier = 0; earlier < i; earlier++) {
      if (buffer[earlier] == target && lastUse[earlier] > i) {
        return false;
      }
    }
    return operation.operands().stream().skip(1).allMatch(other -> bufferOf(other) != target);
  }

  private int bufferOf(Value value) {
    return value.operation() == Value.INPUT ? Value.INPUT : buffer[value.operation()];
  }

  /** By buffer, the last operation that makes or reads a value in it. */
  private int[] lastUsesOfBuffers() {
    int[] last = new int[operations.size()];
    for (int i = 0; i < last.length; i++) {
      if (buffer[i] != Value.INPUT) {
        last[buffer[i]] = Math.max(last[buffer[i]], Math.max(i, lastUse[i]));
      }
    }
    return last;
  }

  private static int[] lastUses(List<Operation> operations, Value logits) {
    int[] last = new int[operations.size()];
    Arrays.fill(last, Value.INPUT);
    for (int i = 0; i < operations.size(); i++) {
      for (Value operand : operations.get(i).operands()) {
        if (operand.operation() != Value.INPUT) {
          last[operand.operation()] = i;
        }
      }
    }
    last[logits.operation()] = FOREVER;
    return last;
  }
}
