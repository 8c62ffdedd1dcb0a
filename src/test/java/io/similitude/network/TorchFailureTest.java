package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import io.similitude.input.InputException;
import org.junit.jupiter.api.Test;

final class TorchFailureTest {
  @Test
  void theLastLineOfATraceSaysWhatHappened() {
    assertThat(
            reason(
                """
                The following operation failed in the TorchScript interpreter.
                Traceback of TorchScript, serialized code (most recent call last):
                  File "code/__torch__.py", line 12, in forward
                    _0 = torch.index(x, [i])
                         ~~~~~~~~~~~ <--- HERE
                RuntimeError: index 7 is out of bounds for dimension 0 with size 3
                """))
        .isEqualTo("index 7 is out of bounds for dimension 0 with size 3");
  }

  @Test
  void traceOfNativeCodeAndTemporaryFilesAreLeftOut() {
    assertThat(
            reason(
                """
                [enforce fail at inline_container.cc:257] . file in archive is not in a subdirectory: /tmp/similitude-1/network.pt
                Exception raised from init at inline_container.cc:257 (most recent call first):
                frame #0: c10::Error::Error() + 0x58 (0x7f in libc10.so)
                """))
        .isEqualTo("file in archive is not in a subdirectory: network.pt");
  }

  @Test
  void memoryThatIsMissingIsNotTheNetworksFault() {
    EngineException missing = new EngineException("DefaultCPUAllocator: can't allocate memory");

    assertThat(TorchFailure.stopped(missing)).isSameAs(missing);
    assertThat(TorchFailure.stopped(new EngineException("RuntimeError: boom")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot run the network: PyTorch stopped it: boom (");
  }

  private static String reason(String message) {
    return TorchFailure.reason(new EngineException(message));
  }

  @Test
  void aMessageOfSeveralLinesIsToldWhole() {
    String explanation =
        "The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript (most recent call last):\n  File \"x.py\", line 4\nRuntimeError: boom\nERROR another line\n";

    assertThat(TorchFailure.reason(new EngineException(explanation)))
        .isEqualTo("boom ERROR another line");
  }
}
