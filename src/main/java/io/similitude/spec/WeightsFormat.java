package io.similitude.spec;

/** How a training writes its checkpoints. */
public enum WeightsFormat implements Keyword {
  /** A state dict, as torch.save writes it. */
  PTH,
  SAFETENSORS
}
