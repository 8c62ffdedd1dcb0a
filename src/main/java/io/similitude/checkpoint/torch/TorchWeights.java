package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.pickle.PickleValue;
import io.similitude.checkpoint.tensor.Allowance;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.StoredWeights;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The tensors of a file of torch.save. */
public final class TorchWeights implements StoredWeights {
  private static final int KEYS_SHOWN = 5;

  private final TensorTree tree;
  private final Storages storages;
  private final Allowance allowance;
  private final Closeable file;

  public TorchWeights(PickleValue saved, Storages storages, Allowance allowance, Closeable file)
      throws MalformedException {
    this.tree = TensorTree.of(saved);
    this.storages = storages;
    this.allowance = allowance;
    this.file = file;
    if (tree.tensors().isEmpty()) {
      throw new MalformedException(
          "it holds no tensors (save some: torch.save(model.state_dict(), ...)"
              + firstKeys(saved)
              + ")");
    }
  }

  private static String firstKeys(PickleValue saved) {
    return saved instanceof PickleValue.Mapping mapping && !mapping.named().isEmpty()
        ? "; its first keys are "
            + mapping.named().keySet().stream()
                .limit(KEYS_SHOWN)
                .map(MalformedException::quote)
                .toList()
        : "";
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return tree.tensors();
  }

  @Override
  public Set<String> places() {
    return tree.places();
  }

  @Override
  public String description() {
    return tree.hasModule() ? "it is a whole pickled model" : "";
  }

  @Override
  public StateDict read(Map<String, String> paths) throws IOException {
    Map<String, StoredTensor> wanted = new LinkedHashMap<>();
    paths.forEach((name, path) -> wanted.put(name, tree.tensors().get(path)));
    return storages.load(wanted, allowance);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
