package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.Features;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.ViewSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OverridesTest {
  @Test
  void replaceValuesByKeysAndIndexes() {
    SweepSpec spec =
        Specs.read(
            Specs.MINIMAL,
            "batch=16",
            "checkpoints.0.id=first",
            "networks.net.depth=16",
            "batch=32");

    assertThat(spec.batch()).isEqualTo(32);
    assertThat(spec.checkpoints().get(0).id()).isEqualTo("first");
    assertThat(Specs.parameters(spec.networks().get("net"))).containsEntry("depth", 16);
  }

  @Test
  void makeWhatIsAbsent() {
    SweepSpec spec =
        Specs.read(
            Specs.MINIMAL,
            "layers.fraction=1/2",
            "views.0.id=plain",
            "views.1.id=again",
            "checkpoints.0.tags.note=a = b",
            "checkpoints.1={id: two, network: net, weights: two.pth}");

    assertThat(spec.layers().fraction()).hasValue(0.5);
    assertThat(spec.views()).containsExactly(new ViewSpec("plain"), new ViewSpec("again"));
    assertThat(spec.checkpoints().get(0).tags()).containsEntry("note", "a = b");
    assertThat(spec.checkpoints().get(1).weights()).isEqualTo("/specs/two.pth");
  }

  @Test
  void takeAYamlValue() {
    SweepSpec spec = Specs.read(Specs.MINIMAL, "layers={types: [Linear], features: pooled}");

    assertThat(spec.layers().types()).containsExactly("Linear");
    assertThat(spec.layers().features()).isEqualTo(Features.POOLED);
  }

  @Test
  void leaveAKeyAbsentWithoutAValue() {
    assertThat(Specs.read(Specs.MINIMAL + "seed: 3\n", "seed=").seed()).isZero();
    assertThat(Specs.problems(Specs.MINIMAL, "sweep="))
        .containsExactly("s.yaml:1:1: Missing value: sweep (the spec needs it)");
  }

  @Test
  void findKeysWithDots() {
    String yaml =
        Specs.MINIMAL.replace("net:", "wrn.v2:").replace("network: net", "network: wrn.v2");

    SweepSpec spec = Specs.read(yaml, "networks.wrn.v2.depth=22");

    assertThat(Specs.parameters(spec.networks().get("wrn.v2"))).containsEntry("depth", 22);
  }

  @Test
  void areLocatedByThemselves() {
    assertThat(
            List.of(
                problem("bacth=9"),
                problem("batch=x"),
                problem("=9"),
                problem("a..b=9"),
                problem("batch"),
                problem("batch.size=9"),
                problem("checkpoints.7.id=x"),
                problem("checkpoints.one.id=x"),
                problem("views.0.name=x")))
        .containsExactly(
            "--set bacth=9: Unknown key: bacth (did you mean batch?)",
            "--set batch=x: Invalid batch: x (must be a whole number, at least 4)",
            "--set =9: Invalid override: =9 (must be key.path=value)",
            "--set a..b=9: Invalid override: a..b=9 (must be key.path=value)",
            "--set batch: Invalid override: batch (must be key.path=value)",
            "--set batch.size=9: Cannot set batch.size: batch is 8 (neither a list nor a mapping)",
            "--set checkpoints.7.id=x: Invalid index: 7"
                + " (checkpoints has the indexes 0 to 0; 1 appends)",
            "--set checkpoints.one.id=x: Invalid index: one"
                + " (checkpoints has the indexes 0 to 0; 1 appends)",
            "--set views.0.name=x: Missing key: id (every view needs it)");
  }

  private static String problem(String override) {
    return Specs.problems(Specs.MINIMAL, override).get(0);
  }
}
