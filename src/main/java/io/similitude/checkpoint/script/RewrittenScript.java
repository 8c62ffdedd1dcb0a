package io.similitude.checkpoint.script;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;

/** A TorchScript archive that was read and given other code and weights. */
record RewrittenScript(Map<String, ByteBuffer> records) implements Archive {
  RewrittenScript {
    records = Collections.unmodifiableMap(records);
  }
}
