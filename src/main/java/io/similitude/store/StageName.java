package io.similitude.store;

/** The names of the stages in commands, tables and messages. */
public final class StageName {
  public static final String PLAN = "plan";
  public static final String TRAIN = "train";
  public static final String EXTRACT = "extract";
  public static final String COMPARE = "compare";
  public static final String FINDINGS = "findings";
  public static final String REPORT = "report";

  private StageName() {}
}
