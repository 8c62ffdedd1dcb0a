package io.similitude.program.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.input.InputException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ScriptRewriterTest {
  private static final String RECORD = "code/__torch__.py";
  private static final String TAKES = "similitude_taps: __torch__.SimilitudeTaps";

  @Test
  void aModuleShowsWhatItReturnsAndPassesTheTapsOn() {
    String source =
        """
        class Net(Module):
          __parameters__ = []
          conv : __torch__.Conv
          def forward(self: __torch__.Net,
            x: Tensor) -> Tensor:
            text = "(conv).forward(x, )"
            return (self.conv).forward(torch.relu(x), )
        """;

    assertThat(rewrite(source))
        .isEqualTo(
            """
            class Net(Module):
              similitude_path : str
              __parameters__ = []
              conv : __torch__.Conv
              def forward(self: __torch__.Net, similitude_taps: __torch__.SimilitudeTaps,
                x: Tensor) -> Tensor:
                text = "(conv).forward(x, )"
                return (similitude_taps).show(self.similitude_path, \
            (self.conv).forward(similitude_taps, torch.relu(x), ), )
            """);
  }

  @Test
  void methodsThatReturnOtherThingsShowNothing() {
    String source =
        module("forward", "Tuple[Tensor, Tensor]", "(x, x)") + module("helper", "Tensor", "x");

    assertThat(rewrite(source)).contains(TAKES).doesNotContain("show");
  }

  @Test
  void laterCallsOfATracedModuleShowTheirValuesToo() {
    assertThat(rewrite(module("forward1", "Tensor", "x"))).contains(".show(");
    assertThat(rewrite(module("forward__0", "Tensor", "x"))).contains(".show(");
    assertThat(rewrite(module("forwards", "Tensor", "x"))).doesNotContain(".show(");
  }

  @Test
  void functionsThatCallModulesPassTheTapsOn() {
    String source =
        module("forward", "Tensor", "x")
            + """
              def calls(m: __torch__.Iface,
                  x: Tensor) -> Tensor:
                return (m).forward(x, )
              def through(m: __torch__.Iface,
                  x: Tensor) -> Tensor:
                _0 = __torch__.calls
                return _0(m, x, )
              def neither(x: Tensor) -> Tensor:
                return torch.relu(x)
              """;

    assertThat(rewrite(source))
        .contains("def calls(" + TAKES + ", m: __torch__.Iface,")
        .contains("(m).forward(similitude_taps, x, )")
        .contains("def through(" + TAKES + ", m: __torch__.Iface,")
        .contains("_0(similitude_taps, m, x, )")
        .contains("def neither(x: Tensor)");
  }

  @Test
  void aMethodGetsANameThatNoOperatorHas() {
    String source =
        module("forward", "Tensor", "(self).save((x).save(__torch__.save(x), ), )")
            + module("save", "Tensor", "x")
            + "def save(x: Tensor) -> Tensor:\n  return torch.relu(x)\n";

    assertThat(rewriter(source).renamed(Set.of("save")).get(RECORD))
        .contains("(self).similitude_own_save(similitude_taps, (x).similitude_own_save(")
        .contains("__torch__.save(x)")
        .contains("def similitude_own_save(self: __torch__.Msave")
        .contains("def save(x: Tensor)");
  }

  @Test
  void aMethodOfTwoKindsOfClassesIsRefused() {
    String source =
        module("run", "Tensor", "(x).run()")
            + "class Box:\n  def run(self: __torch__.Box) -> int:\n    return 1\n";

    assertThatThrownBy(() -> rewrite(source))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot tap network net.pt: both a module and a class that is none have a method run"
                + " (rename one of them)");
  }

  @Test
  void textsAreNoCode() {
    List<ScriptLine> lines =
        ScriptLexer.lines("a = \"torch.relu_(\\\")\"\n  b = f(1,\n    2.5e-3)");

    assertThat(lines).extracting(ScriptLine::indent).containsExactly(0, 2);
    assertThat(lines.get(1).tokens())
        .extracting(ScriptToken::text)
        .containsExactly("b", "=", "f", "(", "1", ",", "2.5e", "-", "3", ")");
    assertThat(inPlace("_0 = \"torch.relu_(x)\"")).isFalse();
  }

  @Test
  void operationsInPlaceAreFound() {
    Stream.of("torch.relu_(x)", "ops.aten.add_(x, 1)", "torch.sub(x, y, out=x)")
        .forEach(line -> assertThat(inPlace(line)).as(line).isTrue());
    Stream.of("torch.relu(x)", "torch.__is__(x, y)", "f_(x)")
        .forEach(line -> assertThat(inPlace(line)).as(line).isFalse());
  }

  @Test
  void brokenCodeIsRewrittenOrRefused() {
    String source = module("forward", "Tensor", "(self.conv).forward(torch.add(x, [1, 2]), )");
    for (int at = 0; at < source.length(); at++) {
      survives(source.substring(0, at));
      for (char c : "\n()[]:,=\"\\ ".toCharArray()) {
        survives(source.substring(0, at) + c + source.substring(at + 1));
      }
    }
  }

  private static void survives(String source) {
    try {
      // Nothing is ever taken away.
      assertThat(rewrite(source).length()).isGreaterThanOrEqualTo(source.length());
    } catch (InputException e) {
      assertThat(e.getMessage()).startsWith("Cannot ");
    }
  }

  private static boolean inPlace(String line) {
    String source = "def f(x: Tensor) -> Tensor:\n  " + line + "\n  return x\n";
    return InPlace.isIn(List.of(ScriptFile.parse("code/__torch__.py", source)));
  }

  private static String module(String method, String type, String value) {
    return "class M"
        + method
        + "(Module):\n  def "
        + method
        + "(self: __torch__.M"
        + method
        + ",\n    x: Tensor) -> "
        + type
        + ":\n    return "
        + value
        + "\n";
  }

  private static String rewrite(String source) {
    return rewriter(source).rewrite().get(RECORD);
  }

  private static ScriptRewriter rewriter(String source) {
    List<ScriptFile> files = List.of(ScriptFile.parse(RECORD, source));
    ScriptCalls calls = new ScriptCalls("net.pt", files);
    return new ScriptRewriter("net.pt", files, calls, false);
  }
}
