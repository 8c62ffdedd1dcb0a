package io.similitude.extraction;

import io.similitude.attack.Attack;
import io.similitude.attack.Attacks;
import io.similitude.attack.GradientState;
import io.similitude.attack.Perturbed;
import io.similitude.attack.search.RandomSource;
import io.similitude.dataset.Dataset;
import io.similitude.dataset.Examples;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.network.NetworkCache;
import io.similitude.plan.CheckpointSource;
import io.similitude.plan.NetworkPrograms;
import io.similitude.plan.Perturbing;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes the perturbed inputs of a batch on an executor, or reads those that were made for several
 * units.
 */
final class PerturbedInputs {
  private static final int GPU_PASS = 512;

  private final UnitTask.Job job;
  private final Optional<Integer> gpu;

  PerturbedInputs(UnitTask.Job job, Optional<Integer> gpu) {
    this.job = job;
    this.gpu = gpu;
  }

  /** Makes the perturbed examples with the attack. */
  Perturbed craft(Perturbing crafting, Examples examples) throws IOException {
    Attack attack = Attacks.create(crafting.view());
    CheckpointSource adversary = crafting.adversary();
    Dataset dataset = job.dataset().open(job.files());
    Program program =
        new NetworkPrograms(job.files(), dataset, job.spec()).program(adversary.network());
    NetworkLoader loader = new NetworkLoader(job.files(), adversary, program, Taps.NONE, gpu);
    RandomSource random =
        RandomSource.of(job.spec().seed(), adversary.checkpoint().id(), crafting.attack());
    try (NetworkCache.Lease lease = ExecutorNetworks.lease(loader)) {
      return attack.perturb(lease.network(), examples, random, passSize(program));
    }
  }

  private int passSize(Program program) {
    int chosen = gpu.isPresent() ? GPU_PASS : program.examplesInGradient();
    return program.fixedBatch().orElse(chosen);
  }

  /** Makes and stores the inputs for all units that use them. */
  void craftAndKeep(Perturbing crafting, Examples examples) throws IOException {
    Perturbed crafted = craft(crafting, examples);
    long[] states = crafted.gradients().stream().mapToLong(GradientState::code).toArray();
    keep(crafting.gradientFile(), NpyArray.of(states, states.length));
    // The inputs are written last. If they exist, everything exists.
    Examples shown = crafted.examples();
    keep(crafting.file(), NpyArray.of(shown.pixels(), shown.count(), shown.shape().size()));
  }

  private void keep(String file, NpyArray array) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    array.write(bytes);
    job.writer().writeSealed(file, bytes.toByteArray());
  }

  /** Reads the inputs that {@link #craftAndKeep} made. */
  Perturbed kept(Perturbing crafting, Examples examples) throws IOException {
    float[] pixels = read(crafting.file()).floats();
    List<GradientState> gradients =
        Arrays.stream(read(crafting.gradientFile()).longs())
            .mapToObj(GradientState::ofCode)
            .toList();
    return new Perturbed(
        new Examples(examples.ids(), examples.shape(), pixels, examples.labels()), gradients);
  }

  private NpyArray read(String file) throws IOException {
    byte[] bytes = job.writer().folder().readSealed(file);
    return NpyArray.read(file, new ByteArrayInputStream(bytes));
  }
}
