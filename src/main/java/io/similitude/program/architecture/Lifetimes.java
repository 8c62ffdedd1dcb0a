package io.similitude.program.architecture;

import io.similitude.program.Value;
import java.util.Arrays;
import java.util.List;

/**
 * The lifetimes of a program's values. They tell which operations may overwrite their operands, and
 * the largest memory that is used.
 *
 * <p>Values that share memory have one buffer: a view and its base, or an overwritten operand and
 * the result. The buffer is named by the operation that allocated it.
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

  /** Whether operation i overwrites its first operand, because no later operation reads it. */
  boolean overwrites(int i) {
    return overwrites[i];
  }

  /** The largest number of elements that are in memory at the same time, including the input. */
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

  /**
   * The largest number of elements that are in memory at the same time in a recorded forward pass
   * and its backward pass to the input, including the input. Besides the current values, these are
   * the values that the backward pass needs. In the backward pass there are also the gradients of
   * the values that are computed before an operation and used by it or after it.
   */
  long recordedPeakElements(Value input) {
    int[] freed = lastUsesOfBuffers();
    int[] kept = firstKeepers();
    long peak = 0;
    for (int now = 0; now < operations.size(); now++) {
      long there = input.elements();
      long back = input.elements() + gradientElements(input, now);
      for (int owner = 0; owner < operations.size(); owner++) {
        if (buffer[owner] == owner) {
          long elements = operations.get(owner).value().elements();
          boolean isAtHand = owner <= now && freed[owner] >= now;
          there += isAtHand || kept[owner] <= now ? elements : 0;
          back += kept[owner] <= now ? elements : 0;
        }
      }
      peak = Math.max(peak, Math.max(there, back));
    }
    return peak;
  }

  /**
   * For each buffer, the first operation that keeps it for the backward pass. An operation with an
   * in-place form (a ReLU) keeps its result. A view keeps nothing. Any other operation keeps its
   * operands.
   */
  private int[] firstKeepers() {
    int[] kept = new int[operations.size()];
    Arrays.fill(kept, FOREVER);
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      if (operation.canOverwrite()) {
        kept[buffer[i]] = i;
      } else if (!operation.alias()) {
        for (Value operand : operation.operands()) {
          if (bufferOf(operand) != Value.INPUT) {
            kept[bufferOf(operand)] = i;
          }
        }
      }
    }
    return kept;
  }

  /** The elements of the gradients that are in memory during the backward step of an operation. */
  private long gradientElements(Value input, int now) {
    boolean reachesInput =
        operations.get(now).operands().stream()
            .anyMatch(operand -> operand.operation() == Value.INPUT);
    long elements = reachesInput ? input.elements() : 0;
    for (int i = 0; i <= now; i++) {
      elements += lastUse[i] >= now ? operations.get(i).value().elements() : 0;
    }
    return elements;
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

  /** For each buffer, the last operation that writes or reads a value in it. */
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
