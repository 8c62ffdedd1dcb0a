package io.similitude.plan;

import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.script.ScriptArchive;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Dataset;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.execution.ChildProcesses;
import io.similitude.execution.ProcessEnd;
import io.similitude.execution.TaskSettings;
import io.similitude.files.FileAccess;
import io.similitude.files.Fingerprint;
import io.similitude.files.StagedFile;
import io.similitude.files.TemporaryFolder;
import io.similitude.input.InputException;
import io.similitude.network.ExportedPrograms;
import io.similitude.network.GraphPrograms;
import io.similitude.network.NativeCalls;
import io.similitude.network.NativeThreads;
import io.similitude.network.TorchEngine;
import io.similitude.network.TrainingProbe;
import io.similitude.program.InputNormalization;
import io.similitude.program.Program;
import io.similitude.program.TrainingProgram;
import io.similitude.program.Untrainable;
import io.similitude.program.architecture.Architectures;
import io.similitude.program.exported.GraphNetwork;
import io.similitude.program.script.ExportedNetwork;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.SweepSpec;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The programs of networks, for the images of a data set. An exported network must be run to learn
 * its properties. So its program is kept for the next task of this process. Call {@link #program}
 * on a thread for native code.
 */
public final class NetworkPrograms {
  /**
   * The number of exported networks that a process remembers. Each holds its whole file in memory.
   */
  private static final int KEPT = 4;

  /**
   * The number of examples that an exported network is shown. It is enough to see which values
   * belong to each example.
   */
  private static final int PROBED = 2;

  private static final Map<Key, Program> EXPORTED = Collections.synchronizedMap(new Recent());

  private final FileAccess files;
  private final Dataset dataset;
  private final SweepSpec spec;
  private final RememberedEnds ends;

  /** The programs of the networks of a sweep. */
  public NetworkPrograms(FileAccess files, Dataset dataset, SweepSpec spec) {
    this(files, dataset, spec, RememberedEnds.none());
  }

  /**
   * The same, with what a run remembers.
   *
   * @param ends the networks that are not looked at again
   */
  NetworkPrograms(FileAccess files, Dataset dataset, SweepSpec spec, RememberedEnds ends) {
    this.files = files;
    this.dataset = dataset;
    this.spec = spec;
    this.ends = ends;
  }

  /** The network as it is now. For an exported network, its program is known afterwards. */
  public CheckpointSource.NetworkSource find(NetworkSpec network) {
    return new CheckpointSource.NetworkSource(
        network, network instanceof NetworkSpec.Exported exported ? read(exported) : null);
  }

  /**
   * The program of a network.
   *
   * @throws InputException if there is no such network, its file cannot be used, or its file has
   *     changed since the sweep was planned
   */
  public Program program(CheckpointSource.NetworkSource network) {
    if (network.spec() instanceof NetworkSpec.Exported exported) {
      Key key = key(exported, network.sha256());
      // Two tasks may both compute it. They get the same result.
      Program known = EXPORTED.get(key);
      return known == null ? readAgain(key) : known;
    }
    return Architectures.program((NetworkSpec.BuiltIn) network.spec(), dataset.shape());
  }

  /**
   * The program for the training of a network. An exported network has taken a few steps, on the
   * examples that it was looked at with.
   *
   * @throws InputException if it cannot be trained
   */
  public TrainingProgram trainable(CheckpointSource.NetworkSource network) {
    Program program = program(network);
    TrainingProgram training = program.training();
    if (network.spec() instanceof NetworkSpec.Exported exported) {
      long bytes = training.tensors().stream().mapToLong(it -> it.elements() * Float.BYTES).sum();
      TrainingProbe.requireSteps(
          exported.location(),
          training,
          firstWeights(exported, program),
          probed(),
          isolated(UnitLimits.ofTrainingProbe(spec, bytes, program.flops())));
    }
    return training;
  }

  /** The weights in the file of an exported network, with which its trainings begin. */
  public static StateDict firstWeights(NetworkSpec.Exported network, Program program) {
    StateDict own =
        WeightMatch.require(
            "of the file",
            network.location(),
            program.ownWeights().orElseThrow(),
            program.weights());
    Optional<String> bad = own.firstNonFinite();
    if (bad.isPresent()) {
      throw Untrainable.because(
          network.location(),
          "its parameter %s holds values that are not finite (export it with other weights)"
              .formatted(bad.get()));
    }
    return own;
  }

  /** Runs work on the driver that may need native code, with the same settings as in tasks. */
  public static <T> T onDriver(Callable<T> work) {
    TorchEngine.configure(TaskSettings.cpus());
    try {
      return NativeThreads.run(work);
    } catch (RuntimeException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads an exported network in its current state and returns its digest. */
  private String read(NetworkSpec.Exported network) {
    return inFolder(
        folder -> {
          StagedFile staged = files.stage(network.location(), folder);
          Key key = key(network, staged.sha256());
          if (!EXPORTED.containsKey(key)) {
            lookAt(key, staged);
          }
          return staged.sha256();
        });
  }

  /** Reads an exported network that another machine read, or that this process has forgotten. */
  private Program readAgain(Key key) {
    return inFolder(
        folder -> {
          StagedFile staged = files.stage(key.location(), folder);
          if (!staged.sha256().equals(key.sha256())) {
            throw new InputException(
                "Cannot use network %s: it has changed since the sweep was planned (run it again)"
                    .formatted(key.location()));
          }
          return remember(key, staged);
        });
  }

  /** Looks at a network, unless the run remembers how that ends. */
  private void lookAt(Key key, StagedFile staged) {
    Optional<String> known = ends.cause(key.digest(), limit(staged));
    if (known.isPresent()) {
      throw new InputException(known.get());
    }
    try {
      remember(key, staged);
    } catch (InputException e) {
      ProcessEnd.in(e).ifPresent(end -> ends.add(key.digest(), e.getMessage(), end));
      throw e;
    }
  }

  private Duration limit(StagedFile file) {
    return UnitLimits.ofProbe(spec, file.path().toFile().length());
  }

  private Program remember(Key key, StagedFile staged) {
    Program program = ExportArchive.isOne(staged.path()) ? graph(key, staged) : script(key, staged);
    EXPORTED.put(key, program);
    return program;
  }

  private Program script(Key key, StagedFile staged) {
    ScriptArchive archive = ScriptArchive.read(staged.path(), key.location());
    ExportedNetwork network = ExportedNetwork.of(key.location(), archive, normalization(key));
    if (!key.network().output().isEmpty()) {
      throw new InputException(
          "Cannot use network %s: output: %s is for archives of torch.export (of a TorchScript file the first tensor is taken)"
              .formatted(key.location(), key.network().output()));
    }
    return ExportedPrograms.program(key.location(), network, probed(), isolated(limit(staged)));
  }

  private Program graph(Key key, StagedFile staged) {
    ExportArchive archive = ExportArchive.read(staged.path(), key.location());
    GraphNetwork network =
        new GraphNetwork(key.location(), archive, normalization(key), key.network().output());
    return GraphPrograms.program(
        key.location(), network, archive, probed(), isolated(limit(staged)));
  }

  /** In a process of its own: what is not known yet may crash, or never end. */
  private static NativeCalls isolated(Duration longest) {
    int threads = TaskSettings.cpus();
    return new NativeCalls() {
      @Override
      public <T extends Serializable> T call(Work<T> work) throws Exception {
        return ChildProcesses.onNativeThread(longest, threads, work);
      }
    };
  }

  private static InputNormalization normalization(Key key) {
    return InputNormalization.of(key.network(), key.shape());
  }

  private static <T> T inFolder(Function<Path, T> work) {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      return work.apply(folder.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Examples probed() {
    return dataset.read(LongStream.range(0, Math.min(PROBED, dataset.size())).toArray());
  }

  private Key key(NetworkSpec.Exported network, String sha256) {
    return new Key(network, sha256, dataset.shape());
  }

  private record Key(NetworkSpec.Exported network, String sha256, ImageShape shape) {
    String location() {
      return network.location();
    }

    /** Of everything that shapes the look at the network. */
    String digest() {
      return new Fingerprint()
          .with("probe", PROBED)
          .with("network", sha256)
          .with("normalize", network.normalization())
          .with("output", network.output())
          .with("channels", shape.channels())
          .with("height", shape.height())
          .with("width", shape.width())
          .hex();
    }
  }

  /** Removes the least recently used entry. */
  private static final class Recent extends LinkedHashMap<Key, Program> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Program> eldest) {
      return size() > KEPT;
    }
  }
}
