package io.similitude.extraction;

import io.similitude.attack.Attack;
import io.similitude.attack.Attacks;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Makes the perturbed inputs of a batch on an executor, or reads those that were made for many. */
public final class PerturbedInputs {
  private static final int GPU_PASS = 512;

  private final ExtractionJob job;
  private final Optional<Integer> gpu;

  public PerturbedInputs(ExtractionJob job, Optional<Integer> gpu) {
    this.job = job;
    this.gpu = gpu;
  }

  /** The examples as the attack leaves them. */
  Examples craft(Perturbing crafting, Examples examples) throws IOException {
    Attack attack = Attacks.create(crafting.view());
    CheckpointSource adversary = crafting.adversary();
    Dataset dataset = job.dataset().open(job.files());
    Program program = new NetworkPrograms(job.files(), dataset).program(adversary.network());
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

  /** Makes the inputs for all units that are shown them. */
  public void craftAndKeep(Perturbing crafting, Examples examples) throws IOException {
    Examples crafted = craft(crafting, examples);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    NpyArray.of(crafted.pixels(), crafted.count(), crafted.shape().size()).write(bytes);
    job.writer().writeFile(crafting.file(), bytes.toByteArray());
  }

  /** The inputs that {@link #craftAndKeep} made. */
  Examples kept(Perturbing crafting, Examples examples) {
    String location = job.folder() + "/" + crafting.file();
    float[] pixels = NpyArray.read(location, job.files()).floats();
    return new Examples(examples.ids(), examples.shape(), pixels, examples.labels());
  }
}
