package io.similitude.spec;

/** How the attack of a training runs batch norm. */
public enum AttackMode implements Keyword {
  /** By the running statistics, as in Madry's and TRADES' code. */
  EVALUATION,
  /** By the statistics of the batch, as in Rice's and Wong's code; the running ones stay alone. */
  TRAINING
}
