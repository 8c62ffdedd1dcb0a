package io.similitude.stage;

import io.similitude.analysis.Accuracy;
import io.similitude.analysis.AttackSuccess;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.GradientMasking;
import io.similitude.analysis.PerturbationSize;
import io.similitude.attack.GradientState;
import java.io.Serializable;

/** Counts the predictions of one checkpoint under one view, one after the other. */
final class AccuracyTally implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String checkpoint;
  private final String view;
  private long examples;
  private long correct;
  private long known;
  private long right;
  private long fooled;
  private double largestLinf;
  private double sumOfL2;
  private long gradients;
  private long zero;
  private long notFinite;

  AccuracyTally(String checkpoint, String view) {
    this.checkpoint = checkpoint;
    this.view = view;
  }

  String view() {
    return view;
  }

  /**
   * @param isRight whether the checkpoint gets the unperturbed example right; null if that is not
   *     known
   */
  void add(LabelledPrediction prediction, Boolean isRight) {
    examples++;
    correct += prediction.correct() ? 1 : 0;
    largestLinf = Math.max(largestLinf, prediction.linf());
    sumOfL2 += prediction.l2();
    if (isRight != null) {
      known++;
      right += isRight ? 1 : 0;
      fooled += isRight && !prediction.correct() ? 1 : 0;
    }
    if (prediction.gradient() != null) {
      gradients++;
      zero += prediction.gradient().equals(GradientState.ZERO.keyword()) ? 1 : 0;
      notFinite += prediction.gradient().equals(GradientState.NOT_FINITE.keyword()) ? 1 : 0;
    }
  }

  /**
   * @param isAttack whether the view has an attack
   */
  Accuracy accuracy(boolean isAttack) {
    Accuracy accuracy = new Accuracy(new CheckpointView(checkpoint, view), correct, examples);
    if (!isAttack) {
      return accuracy;
    }
    accuracy = accuracy.with(new PerturbationSize(largestLinf, sumOfL2 / examples));
    if (gradients > 0) {
      accuracy = accuracy.with(new GradientMasking(zero, notFinite, examples));
    }
    return known == 0 ? accuracy : accuracy.with(new AttackSuccess(fooled, right));
  }
}
