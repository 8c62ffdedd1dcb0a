package io.similitude.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.similitude.network.NativeCalls;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The other side of {@link ChildProcess}. It does one piece of work after the other. It ends as
 * soon as the process that started it ends, even during work. It also ends after a minute without
 * work.
 */
final class ChildMain {
  private static final int IDLE_MILLIS = 60_000;

  private static volatile boolean isChild;

  private final Socket socket;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private volatile boolean busy;

  private ChildMain(Socket socket) {
    this.socket = socket;
  }

  /** Whether this process is such a child process. */
  static boolean isChild() {
    return isChild;
  }

  /** Reads the port and the secret word from standard input. */
  public static void main(String[] arguments) {
    isChild = true;
    ExecutorLogging.configureChild();
    try {
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      int port = Integer.parseInt(in.readLine());
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      new DataOutputStream(socket.getOutputStream()).writeUTF(in.readLine());
      new ChildMain(socket).serve();
    } catch (IOException e) {
      // The process that asked for the work no longer exists.
    } finally {
      ProcessExit.now(0);
    }
  }

  private void serve() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    socket.setSoTimeout(IDLE_MILLIS);
    while (true) {
      try {
        int first = in.read();
        if (first < 0) {
          return;
        }
        int length = (first << 24) | (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        byte[] request = in.readNBytes(length);
        busy = true;
        worker.execute(() -> answer(request));
      } catch (SocketTimeoutException e) {
        if (!busy) {
          return;
        }
      }
    }
  }

  private void answer(byte[] request) {
    try {
      byte[] reply = reply(request).bytes();
      busy = false;
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(reply.length);
      out.write(reply);
      out.flush();
    } catch (IOException e) {
      ProcessExit.now(0);
    }
  }

  private static ChildReply reply(byte[] request) {
    try {
      NativeCalls.Work<?> work = (NativeCalls.Work<?>) ChildReply.object(request);
      return new ChildReply((Serializable) work.run(), null);
    } catch (Exception | Error e) {
      return new ChildReply(null, e);
    }
  }
}
