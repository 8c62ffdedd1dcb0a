package io.similitude.checkpoint.script;

import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.pickle.Unpickler;
import io.similitude.checkpoint.tensor.Allowance;
import io.similitude.checkpoint.tensor.FileBytes;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.checkpoint.torch.TensorRef;
import io.similitude.checkpoint.torch.TorchArchive;
import io.similitude.input.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A TorchScript archive as data: its code, its modules, its tensors. Nothing in it is executed or
 * loaded. The amount of data read is bounded by the file's size. It holds the whole file in memory.
 */
public final class ScriptArchive {
  /** The class of the module around the network in {@link #rewritten}. */
  public static final String WRAPPER = "SimilitudeNetwork";

  /** The attribute for the network in the wrapper. */
  public static final String NETWORK = "network";

  /** The attribute that DataParallel gives the network inside it. */
  public static final String PARALLEL = "module";

  /** The attribute with which {@link #rewritten} tells each module its path. */
  public static final String PATH = "similitude_path";

  private static final String CODE = "code/";
  private static final String SOURCE = ".py";

  /** The prefix of the record names of the constants' storages. */
  private static final String CONSTANTS = "constants/";

  private static final long LONGEST_PICKLE = 64 << 20;
  private static final long LONGEST_SOURCE = 16 << 20;

  private final Map<String, String> code;
  private final Map<String, ByteBuffer> records;
  private final ScriptPickle pickle;
  private final ScriptTree tree;
  private final List<ScriptModule> modules;

  private ScriptArchive(TorchArchive archive) throws IOException {
    requireScript(archive);
    this.code = new TreeMap<>();
    this.records = new TreeMap<>();
    for (String name : new TreeSet<>(archive.records())) {
      if (name.startsWith(CODE)) {
        readCode(archive, name);
      } else if (isNeeded(name)) {
        records.put(
            name, ByteBuffer.wrap(archive.read(name, FileBytes.LONGEST_ARRAY)).asReadOnlyBuffer());
      }
    }
    this.pickle = new ScriptPickle(archive.readPickle(LONGEST_PICKLE));
    this.tree = new ScriptTree(pickle.root());
    new ScriptPickleCheck(records, TorchArchive.TENSORS).require(pickle.read());
    this.modules = modulesOf(archive.allowance());
    new ScriptPickleCheck(records, CONSTANTS).require(constants());
  }

  /** As {@link #read(Path, String)}, for a file whose path is the name from the user. */
  public static ScriptArchive read(Path file) {
    return read(file, file.toString());
  }

  /**
   * Reads an archive.
   *
   * @param name the location as the user wrote it, for messages
   * @throws InputException when the file cannot be read or is not a TorchScript archive; the
   *     message is one line
   */
  public static ScriptArchive read(Path file, String name) {
    try {
      CheckpointReader.requireRegular(file);
      try (TorchArchive archive = TorchArchive.open(file)) {
        return new ScriptArchive(archive);
      }
    } catch (IOException e) {
      throw new InputException(
          "Cannot read TorchScript file " + name + ": " + CheckpointReader.reason(e), e);
    }
  }

  /** The source files, by the names of their records: {@code code/__torch__.py}. */
  public Map<String, String> code() {
    return Collections.unmodifiableMap(code);
  }

  /** The class of the saved network: {@code __torch__.Net}. */
  public String rootClass() {
    return pickle.root().calls();
  }

  /**
   * The modules at all of their places, in the order of {@code named_modules()}: the network itself
   * first.
   */
  public List<ScriptModule> modules() {
    return modules;
  }

  /**
   * The archive with other code and other weights. Its network is wrapped in a module of class
   * {@code __torch__.}{@link #WRAPPER}, as the attribute {@link #NETWORK}. Every module gets an
   * attribute {@link #PATH} with its path, so its class must declare this attribute.
   *
   * @param newCode all source files, including the wrapper's class
   * @param weights tensors by the names in {@link #modules}, of the same shapes; other tensors stay
   *     unchanged
   */
  public Archive rewritten(Map<String, String> newCode, StateDict weights) {
    return rewritten(newCode, weights, List.of());
  }

  /**
   * The same with tensors in the wrapper.
   *
   * @param own further attributes of the wrapper
   */
  public Archive rewritten(Map<String, String> newCode, StateDict weights, List<Attribute> own) {
    Map<String, ByteBuffer> changed = new LinkedHashMap<>();
    changed.put(
        TorchArchive.PICKLE,
        ByteBuffer.wrap(
            pickle.wrapped(PATH, SharedModules.names(tree), new Wrapping(WRAPPER, NETWORK, own))));
    newCode.forEach((name, text) -> changed.put(name, StandardCharsets.UTF_8.encode(text)));
    changed.putAll(records);
    changed.putAll(new WeightWriter(tree, records).written(weights));
    for (int k = 0; k < own.size(); k++) {
      changed.put(TorchArchive.TENSORS + (Wrapping.FIRST_KEY + k), own.get(k).tensor().bytes());
    }
    return new RewrittenScript(changed);
  }

  private Unpickler.Pickle constants() throws MalformedException {
    byte[] bytes = new byte[records.get(TorchArchive.CONSTANTS).remaining()];
    records.get(TorchArchive.CONSTANTS).duplicate().get(bytes);
    return Unpickler.read(bytes);
  }

  private static void requireScript(TorchArchive archive) throws MalformedException {
    if (!archive.isTorchScript()) {
      throw new MalformedException(
          "it is no TorchScript archive (make one: torch.jit.script(model).save(...))");
    }
  }

  private void readCode(TorchArchive archive, String name) throws IOException {
    if (name.endsWith(SOURCE)) {
      code.put(name, new String(archive.read(name, LONGEST_SOURCE), StandardCharsets.UTF_8));
    }
  }

  /** Whether a record is needed. A program does not use extra files and the like. */
  private static boolean isNeeded(String name) {
    return name.startsWith(TorchArchive.TENSORS)
        || name.startsWith("constants")
        || List.of("version", ".data/version", "byteorder").contains(name);
  }

  private List<ScriptModule> modulesOf(Allowance allowance) throws MalformedException {
    List<ScriptModule> found = new ArrayList<>();
    Set<String> memory = new HashSet<>();
    for (ScriptTree.Place place : tree.places()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      Set<String> tied = new HashSet<>();
      for (Map.Entry<String, TensorRef> entry : place.tensors().entrySet()) {
        tensors.put(entry.getKey(), tensor(entry.getValue(), allowance));
        if (!memory.add(entry.getValue().memory())) {
          tied.add(entry.getKey());
        }
      }
      found.add(new ScriptModule(place.path(), place.object().calls(), tensors, tied));
    }
    return List.copyOf(found);
  }

  private Tensor tensor(TensorRef ref, Allowance allowance) throws MalformedException {
    ByteBuffer bytes = records.get(TorchArchive.TENSORS + ref.storage().key());
    return ref.in(bytes, allowance);
  }
}
