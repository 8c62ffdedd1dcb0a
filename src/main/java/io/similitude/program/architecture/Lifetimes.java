package io.similitude.program.architecture;

import io.similitude.program.Value;
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

  /**
   * The most elements that are alive at once when a forward pass is recorded and followed back to
   * the input, the input included: beside the values at hand, those that the way back needs, and on
   * it the gradients of the values that are made before an operation and used by it or after it.
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
   * For each buffer the first operation that keeps it for the way back: what could write over its
   * operand keeps its result (a ReLU), a view nothing, any other its operands.
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

  /** Of the gradients that are alive while an operation is gone back through. */
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
