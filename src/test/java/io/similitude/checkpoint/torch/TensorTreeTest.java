package io.similitude.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.pickle.PickleValue;
import io.similitude.checkpoint.pickle.PickleValue.Instance;
import io.similitude.checkpoint.pickle.PickleValue.Mapping;
import io.similitude.checkpoint.pickle.PickleValue.Sequence;
import io.similitude.checkpoint.pickle.PickleValue.Text;
import io.similitude.checkpoint.pickle.PickleValue.Whole;
import io.similitude.checkpoint.tensor.MalformedException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class TensorTreeTest {
  @Test
  void findsTensorsInDictionariesListsAndObjects() throws MalformedException {
    Instance object = object("project.TrainState", dict("weights", dict("w", tensor())));
    object.put(new Text("entry"), tensor());
    object.items().add(tensor());

    assertFinds(
        dict("a.b", tensor(), "list", list(tensor(), dict("c", tensor())), "object", object),
        "a.b",
        "list.0",
        "list.1.c",
        "object.entry",
        "object.0",
        "object.weights.w");
  }

  @Test
  void namesWhatNumbersLeadToByTheNumbers() throws MalformedException {
    Mapping epochs = new Mapping();
    epochs.put(new Whole(90), dict("w", tensor()));

    assertFinds(epochs, "90.w");
  }

  @Test
  void readsAWholeModuleAsItsStateDict() throws MalformedException {
    Instance bn =
        module(
            dict("weight", tensor(), "bias", PickleValue.Plain.NONE),
            dict("running_mean", tensor(), "scratch", tensor()),
            dict(),
            list(new Text("scratch")));
    Instance net = module(dict(), dict(), dict("bn", bn, "again", bn), list());

    assertFinds(
        dict("model", net),
        "model.bn.weight",
        "model.bn.running_mean",
        "model.again.weight",
        "model.again.running_mean");
  }

  @Test
  void readsPairsAsPython2WroteThem() throws MalformedException {
    Sequence pairs = list(Sequence.tuple(List.of(new Text("w"), tensor())));
    Instance ordered =
        new Instance(global("collections.OrderedDict"), Sequence.tuple(List.of(pairs)));

    assertFinds(ordered, "w");
  }

  @Test
  void refusesToTakeOneOfTwoTensorsOfOneName() throws MalformedException {
    Mapping twice = dict("0", tensor());
    twice.put(new Whole(0), tensor("1"));

    assertThat(TensorTree.of(twice).tensors().get("0").refusal())
        .contains("occurs twice under one name");
  }

  @Test
  void looksIntoWhatHoldsItselfOnce() throws MalformedException {
    Mapping self = dict("w", tensor());
    self.put(new Text("self"), self);
    Instance object = object("project.Trainer", dict("v", tensor()));
    object.put(new Text("trainer"), object);
    self.put(new Text("trainer"), object);

    assertFinds(self, "w", "trainer.v");
  }

  /** Each dictionary holds the next many times, and the last one itself: paths without number. */
  @Test
  void endsWhereSharingMakesPathsWithoutNumber() {
    Mapping inner = new Mapping();
    for (int depth = 0; depth < 4; depth++) {
      Mapping outer = new Mapping();
      for (int i = 0; i < 20_000; i++) {
        outer.put(new Text("k" + i), inner);
      }
      outer.put(new Text("self"), outer);
      inner = outer;
    }
    Mapping top = inner;

    Assertions.assertTimeout(
        Duration.ofSeconds(30),
        () ->
            assertThatThrownBy(() -> TensorTree.of(top))
                .hasMessageStartingWith("its values hold each other too often to be looked thr"));
  }

  @Test
  void refusesMoreTensorsThanFilesHave() throws MalformedException {
    Mapping top = new Mapping();
    Instance shared = tensor();
    for (int i = 0; i <= 100_000; i++) {
      top.put(new Text("w" + i), shared);
    }

    assertThatThrownBy(() -> TensorTree.of(top))
        .hasMessageStartingWith("it holds more than 100000 tensors (save the weights alone");
  }

  private static void assertFinds(PickleValue value, String... paths) throws MalformedException {
    assertThat(TensorTree.of(value).tensors().keySet()).containsExactly(paths);
  }

  private static Instance module(
      Mapping parameters, Mapping buffers, Mapping modules, PickleValue nonPersistent)
      throws MalformedException {
    return object(
        "project.Net",
        dict(
            "_parameters", parameters,
            "_buffers", buffers,
            "_non_persistent_buffers_set", nonPersistent,
            "_modules", modules));
  }

  private static Instance object(String type, Mapping state) {
    Instance object = new Instance(global(type), Sequence.EMPTY);
    object.build(state, 0);
    return object;
  }

  private static PickleValue.Global global(String qualified) {
    int dot = qualified.lastIndexOf('.');
    return new PickleValue.Global(qualified.substring(0, dot), qualified.substring(dot + 1));
  }

  private static Mapping dict(Object... keysAndValues) {
    Mapping dict = new Mapping();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      dict.put(new Text((String) keysAndValues[i]), (PickleValue) keysAndValues[i + 1]);
    }
    return dict;
  }

  private static Sequence list(PickleValue... items) throws MalformedException {
    Sequence list = Sequence.list();
    for (PickleValue item : items) {
      list.add(item);
    }
    return list;
  }

  private static Instance tensor() {
    return tensor("0");
  }

  private static Instance tensor(String key) {
    PickleValue storage =
        new PickleValue.Reference(
            Sequence.tuple(
                List.of(
                    new Text("storage"),
                    global("torch.FloatStorage"),
                    new Text(key),
                    new Text("cpu"),
                    new Whole(1))));
    return new Instance(
        global("torch._utils._rebuild_tensor_v2"),
        Sequence.tuple(List.of(storage, new Whole(0), Sequence.EMPTY, Sequence.EMPTY)));
  }
}
