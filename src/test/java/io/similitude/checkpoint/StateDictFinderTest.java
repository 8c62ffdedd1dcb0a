package io.similitude.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StateDictFinderTest {
  private static final StateDictFinder TWO_KEYS = new StateDictFinder(List.of("state_dict", "ema"));

  @Test
  void takesTheTensorsAtTheTop() throws MalformedException {
    PickleDict top = dict("b", tensor(), "a", tensor(), "epoch", 3L);

    assertThat(TWO_KEYS.find(top).keySet()).containsExactly("b", "a");
  }

  @Test
  void prefersTheTensorsUnderAUsualKey() throws MalformedException {
    PickleDict top = dict("accuracy", tensor(), "ema", dict("w", tensor(), "_extra_state", "x"));

    assertThat(TWO_KEYS.find(top).keySet()).containsExactly("w");
  }

  @Test
  void takesAUsualKeyForANameWhenATensorIsThere() throws MalformedException {
    assertThat(TWO_KEYS.find(dict("ema", tensor())).keySet()).containsExactly("ema");
  }

  @Test
  void refusesToChoose() throws MalformedException {
    PickleDict top = dict("ema", dict("w", tensor()), "state_dict", dict("w", tensor()));

    assertThatThrownBy(() -> TWO_KEYS.find(top))
        .hasMessage("it holds weights under each of state_dict, ema (keep one of them)");
  }

  @Test
  void saysWhatItFoundInsteadOfTensors() throws MalformedException {
    PickleDict top = dict("epoch", 3L, "net\n", dict(), 4L, tensor());

    assertThatThrownBy(() -> TWO_KEYS.find(top))
        .hasMessage("it holds no tensors (its first keys are [epoch, net?, ?])");
    assertThatThrownBy(() -> TWO_KEYS.find(3L))
        .hasMessage("it holds no state_dict (save one: torch.save(model.state_dict(), ...))");
  }

  @Test
  void refusesNamesThatWouldBreakALine() throws MalformedException {
    PickleDict top = dict("conv\nERROR", tensor());

    assertThatThrownBy(() -> TWO_KEYS.find(top))
        .hasMessage(
            "Invalid name of a parameter: conv?ERROR (must be 1 to 500 printable characters)");
  }

  private static PickleDict dict(Object... keysAndValues) throws MalformedException {
    PickleDict dict = new PickleDict();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      dict.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return dict;
  }

  private static TensorRef tensor() throws MalformedException {
    StorageRef storage = new StorageRef("0", DType.FLOAT32, 1);
    PickleTuple none = PickleTuple.EMPTY;
    return TensorRef.ofArguments(new PickleTuple(List.of(storage, 0L, none, none)));
  }
}
