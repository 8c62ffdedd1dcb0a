package io.similitude.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class StateDictFinderTest {
  @Test
  void takesTheTensorsAtTheTop() throws MalformedException {
    assertFinds(dict("b", tensor(), "a", tensor(), "epoch", 3L), "b", "a");
  }

  @Test
  void prefersTheTensorsUnderAUsualKey() throws MalformedException {
    PickleDict ema = dict("w", tensor(), "_extra_state", "x");

    assertFinds(dict("accuracy", tensor(), "discriminator", dict("v", tensor()), "ema", ema), "w");
    assertFinds(dict("model", dict("state_dict", ema, "epoch", 3L), "v", tensor()), "w");
  }

  @Test
  void takesAUsualKeyForANameWhenATensorIsThere() throws MalformedException {
    assertFinds(dict("ema", tensor()), "ema");
  }

  @Test
  void takesTheOnlyTensorsUnderAnyKey() throws MalformedException {
    PickleDict optimizer = dict("state", dict(0L, dict("momentum_buffer", tensor())));

    assertFinds(dict("generator", dict("w", tensor()), "optimizer", optimizer), "w");
  }

  @Test
  void refusesToChoose() throws MalformedException {
    PickleDict usual = dict("ema", dict("w", tensor()), "state_dict", dict("w", tensor()));
    PickleDict other = dict("g", dict("ema", dict("w", tensor())), "d", dict("w", tensor()));

    assertRefused(
        usual, "it holds weights under each of ema, state_dict (choose one, for example key: ema)");
    assertRefused(
        other, "it holds weights under each of d, g.ema (choose one, for example key: d)");
  }

  @Test
  void countsADictionaryUnderTwoKeysOnce() throws MalformedException {
    PickleDict weights = dict("w", tensor());

    assertFinds(dict("model", weights, "state_dict", weights), "w");
  }

  @Test
  void takesWhatTheUserChose() throws MalformedException {
    PickleDict top =
        dict(
            "state_dict", dict("w", tensor()),
            "ema", dict("v", tensor()),
            "gan", dict("g", dict("u", tensor())),
            "a.b", dict("t", tensor()));

    assertThat(StateDictFinder.find(top, Optional.of("ema")).keySet()).containsExactly("v");
    assertThat(StateDictFinder.find(top, Optional.of("gan.g")).keySet()).containsExactly("u");
    assertThat(StateDictFinder.find(top, Optional.of("a.b")).keySet()).containsExactly("t");
    assertThatThrownBy(() -> StateDictFinder.find(top, Optional.of("gan")))
        .hasMessage("it holds no weights under key gan (but under state_dict, ema, a.b, gan.g)");
    assertThatThrownBy(() -> StateDictFinder.find(dict("w", tensor()), Optional.of("ema")))
        .hasMessage("it holds no weights under key ema (its first keys are [w])");
  }

  @Test
  void saysWhatItFoundInsteadOfTensors() throws MalformedException {
    assertRefused(
        dict("epoch", 3L, "net\n", dict(), 4L, tensor()),
        "it holds no named tensors (its first keys are [epoch, net?, ?])");
    assertRefused(3L, "it holds no state_dict (save one: torch.save(model.state_dict(), ...))");
  }

  @Test
  void refusesNamesThatWouldBreakALine() throws MalformedException {
    assertRefused(
        dict("conv\nERROR", tensor()),
        "Invalid name of a parameter: conv?ERROR (must be 1 to 500 printable characters)");
  }

  @Test
  void refusesMoreTensorsThanNetworksHave() throws MalformedException {
    PickleDict top = new PickleDict();
    TensorRef shared = tensor();
    for (int i = 0; i <= 50_000; i++) {
      top.put("w" + i, shared);
    }

    assertRefused(top, "it holds more than 50000 tensors, which no weights need");
  }

  /** Each dictionary holds the next many times, and the last one itself: paths without number. */
  @Test
  void looksIntoASharedDictionaryOnce() throws MalformedException {
    PickleDict inner = new PickleDict();
    for (int depth = 0; depth < 4; depth++) {
      PickleDict outer = new PickleDict();
      for (int i = 0; i < 20_000; i++) {
        outer.put("k" + i, inner);
      }
      outer.put("self", outer);
      inner = outer;
    }
    PickleDict top = inner;

    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () ->
            assertRefused(
                top, "it holds no named tensors (its first keys are [k0, k1, k2, k3, k4])"));
  }

  private static void assertFinds(PickleDict top, String... names) throws MalformedException {
    assertThat(StateDictFinder.find(top, Optional.empty()).keySet()).containsExactly(names);
  }

  private static void assertRefused(Object pickled, String message) {
    assertThatThrownBy(() -> StateDictFinder.find(pickled, Optional.empty())).hasMessage(message);
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
