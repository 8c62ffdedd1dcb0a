package io.similitude.program.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.script.ScriptArchive;
import io.similitude.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OperatorCheckTest {
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final String NET =
      """
      class Net(Module):
        __parameters__ = ["weight", ]
        weight : Tensor
        factor : Final[float] = 1.5e-05
        def forward(self: __torch__.Net,
          x: Tensor,
          much: float=2.) -> Tensor:
          _0 = __torch__.other
          _1 = annotate(List[int], [1, -2])
          %s
          return y
      def other(x: Tensor) -> Tensor:
        return torch.relu(x)
      """;

  static Stream<Path> archives() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".pt"))
          .filter(file -> !file.endsWith("forked.pt"))
          .toList()
          .stream();
    }
  }

  /** Traced and scripted networks of every kind that the tests have, written by PyTorch itself. */
  @ParameterizedTest
  @MethodSource("archives")
  void networksAreAllowed(Path file) {
    List<ScriptFile> files = new ArrayList<>();
    ScriptArchive.read(file)
        .code()
        .forEach((name, text) -> files.add(ScriptFile.parse(name, text)));

    assertThatCode(() -> new OperatorCheck(files).requireAllowed("net.pt"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y = torch.add(x, torch.mul(x, 2), alpha=1)",
        "y = _0(x, )",
        "y = (self).forward(torch.to(x, dtype=6), )",
        "y = self.forward(x, )",
        "y = (getattr(self, \"0\")).forward(x, )",
        "y = torch.relu_(unchecked_cast(Tensor, x))",
        "y = ops.prim.NumToTensor(torch.size(x, 1))",
        "y = torch.format(\"torch.save({})\", x)",
        "y = x if torch.gt(torch.len(_1), 0) else x",
        "y = (x)[0].relu()",
      })
  void pureOnesAreAllowed(String line) {
    assertThatCode(() -> check(NET.formatted(line))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "y = torch.from_file(\"f\", True, 16) | calls torch.from_file",
        "y = torch . from_file(\"f\", True, 16) | has a name with a blank in it, torch . from_file",
        "y = torch. from_file(\"f\", True, 16) | has a name with a blank in it, torch . from_file",
        "y = torch\t.from_file(\"f\") | has a comment or an unusual blank",
        "y = (torch).from_file(\"f\") | uses the name torch for a value; code/__torch__.py:10 calls from_file",
        "y = ops.aten.save(x, \"f\") | calls ops.aten.save",
        "y = (x).save(\"f\") | calls save",
        "y = x.save(\"f\") | calls save",
        "y = (x, x)[0].save(\"f\") | calls save",
        "y = 1..save(\"f\") | has an unusual word, 1..save",
        "y = 1.0 .save(\"f\") | has a name with a blank in it, 1.0 . save",
        "y = \"text\".save(\"f\") | has a name with a blank in it, \"text\" . save",
        "f = torch.save | calls torch.save",
        "f = x.save; f(\"f\") | has an unusual word, ;",
        "y = (x.save)(\"f\") | calls a value",
        "y = [x.save][0](\"f\") | calls a value",
        "y = getattr(x, \"save\")(\"f\") | calls a value",
        "y = ops.image.write_file(\"f\", x) | calls ops.image.write_file",
        "y = __torch__.torch.classes.x.Y(1) | calls __torch__.torch.classes.x.Y",
        "y = __torch__.Colour.RED.save(\"f\") | calls __torch__.Colour.RED.save",
        "y = __torch__.missing(x) | calls __torch__.missing",
        "y = CONSTANTS.c0.save(\"f\") | calls CONSTANTS.c0.save",
        "y = torch.sum(x, dtype=torch.load(\"f\")) | calls torch.load",
        "y = [torch.save(x, \"f\") for i in _1] | calls torch.save",
        "y = print(x) | calls print, which writes to the console",
        "y = fork(x) | calls fork, which runs parts of the network at once",
        "y = id(x) | calls id",
        "y = torch.set_num_threads(64) | calls torch.set_num_threads",
        "y = torch.relu(x) # type: (Tensor) | has a comment or an unusual blank",
        "y = torch\\ .relu(x) | has an unusual word, \\",
        "y = t\u00f6rch.relu(x) | has an unusual word, t?rch.relu",
        "y = torch.len(\"\"\"a\"\"\") | has an unusual word, \"\"",
        "y = torch.relu(x)) | has brackets that do not match",
      })
  void allElseIsRefusedWithItsPlace(String line, String problem) {
    assertThatThrownBy(() -> check(NET.formatted(line)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot run network net.pt: code/__torch__.py:10 %s (only what is on the list of pure tensor operators is run; export it without)"
                .formatted(problem));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch = x\n    y = torch.save(\"f\")",
        "for torch in _1:\n      y = torch.relu(x)",
        "f = x.save\n    y = f(\"f\")",
        "f = __torch__.other\n    f = x.save\n    y = f(\"f\")",
        "g = x.save\n    f = g\n    y = f(\"f\")",
        "f, g = x.save, 1\n    y = f(\"f\")",
        "len = x.save\n    y = len(\"f\")",
        "with x.save as f:\n      y = f(\"f\")",
        "y = torch.\\\n    from_file(x)",
        "def f(y: Tensor) -> Tensor:\n      return y",
        "y = x\n  evil : Final[Tensor] = torch.from_file(\"f\")",
        "y = x\n  def more(self: __torch__.Net, x: Tensor=torch.from_file(\"f\")) -> Tensor:\n    return x",
        "y = x\n  def more(torch: Tensor) -> Tensor:\n    return torch.relu(x)",
      })
  void namesAreFollowed(String lines) {
    assertThatThrownBy(() -> check(NET.formatted(lines))).isInstanceOf(InputException.class);
  }

  @Test
  void aFunctionInsideOfAnotherIsRefused() {
    String source = "def f(x: Tensor) -> Tensor:\n  def g(y: Tensor) -> Tensor:\n    return y\n";

    assertThatThrownBy(() -> check(source)).hasMessageContaining("py:2 has a function inside");
  }

  @Test
  void severalProblemsAreToldAtOnce() {
    String line = "y = torch.save(torch.load(torch.wait(print(x))))";

    assertThatThrownBy(() -> check(NET.formatted(line)))
        .hasMessageContaining(
            "py:10 calls torch.save; code/__torch__.py:10 calls torch.load; code/__torch__.py:10 calls torch.wait and 1 more (");
  }

  /** A class may have a method of an operator's name: then calls of it must not be the operator. */
  @Test
  void methodsThatOperatorsMayBeCalledGetOtherNames() {
    String source =
        NET.formatted("y = (x).save(\"f\")")
            + "class Box(Module):\n  def save(self: __torch__.Box,\n    f: str) -> str:\n    return f\n"
            + "  def relu(self: __torch__.Box) -> int:\n    return 1\n"
            + "  def __len__(self: __torch__.Box) -> int:\n    return 1\n";
    OperatorCheck check = new OperatorCheck(List.of(ScriptFile.parse("code/__torch__.py", source)));

    check.requireAllowed("net.pt");
    assertThat(check.ownMethods()).containsExactly("save");
  }

  private static void check(String source) {
    Map.of("code/__torch__.py", source)
        .forEach(
            (name, text) ->
                new OperatorCheck(List.of(ScriptFile.parse(name, text))).requireAllowed("net.pt"));
  }
}
