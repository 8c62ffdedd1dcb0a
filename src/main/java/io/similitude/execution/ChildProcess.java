package io.similitude.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.similitude.network.NativeCalls;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One child process of this process. The two communicate over a socket of this machine. Only a
 * process that knows a random word can connect to the socket. The output of the child process goes
 * to the log.
 */
final class ChildProcess implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final int START_MILLIS = 120_000;
  private static final int TOKEN_BYTES = 32;
  private static final int SIGNALS = 128;

  /** SIGHUP, SIGINT, SIGKILL, SIGTERM. */
  private static final Set<Integer> OUTSIDE = Set.of(1, 2, 9, 15);

  /** The form in which Java names the signal of a crash: {@code # SIGSEGV (0xb) at pc=...}. */
  private static final Pattern CRASH = Pattern.compile("#\\s+(SIG[A-Z]+) .*");

  private final Process process;
  private final Thread output;
  private Socket socket;
  private boolean idle;
  private volatile String crash = "";

  private ChildProcess(Process process) {
    this.process = process;
    this.output = new Thread(this::readOutput, "similitude-child-output");
    output.setDaemon(true);
    output.start();
  }

  static ChildProcess start() throws IOException {
    byte[] token = new byte[TOKEN_BYTES];
    new java.security.SecureRandom().nextBytes(token);
    String word = HexFormat.of().formatHex(token);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ChildProcess child =
          new ChildProcess(
              new ProcessBuilder(ChildCommand.words()).redirectErrorStream(true).start());
      try {
        child
            .process
            .getOutputStream()
            .write((server.getLocalPort() + "\n" + word + "\n").getBytes(UTF_8));
        child.process.getOutputStream().flush();
        child.join(server, word);
        return child;
      } catch (IOException e) {
        child.close();
        throw new IOException("Cannot start a process for the network: " + child.end(), e);
      }
    }
  }

  private void join(ServerSocket server, String word) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
    server.setSoTimeout(500);
    while (true) {
      try {
        socket = server.accept();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(START_MILLIS);
        if (new DataInputStream(socket.getInputStream()).readUTF().equals(word)) {
          return;
        }
        socket.close();
      } catch (SocketTimeoutException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  /**
   * Lets the child process do work.
   *
   * @return the reply to the work; empty if the work did not end in time
   * @throws ProcessEnd if the process died
   */
  Optional<ChildReply> call(NativeCalls.Work<?> work, Duration limit) throws IOException {
    byte[] request = ChildReply.bytes(work);
    try {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(request.length);
      out.write(request);
      out.flush();
      socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, limit.toMillis()));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] reply = in.readNBytes(in.readInt());
      return Optional.of((ChildReply) ChildReply.object(reply));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    } catch (IOException e) {
      String how = end();
      throw ProcessEnd.died(how, isEndedFromOutside(), e);
    }
  }

  void makeIdle() {
    idle = true;
  }

  /** Whether the idle process is still alive and can take more work. */
  boolean takeFromIdle() {
    idle = false;
    if (!process.isAlive()) {
      close();
    }
    return process.isAlive();
  }

  void closeUnlessIdle() {
    if (!idle) {
      close();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (socket != null) {
        socket.close();
      }
      process.waitFor();
      Files.deleteIfExists(ChildCommand.crashReport(process.pid()));
    } catch (IOException e) {
      LOG.debug("Cannot clear up after a process", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Describes how the process ended. It is the signal if it is known, otherwise the exit status.
   */
  private String end() {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        return "it stopped to answer";
      }
      output.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!crash.isEmpty()) {
      return crash;
    }
    int status = process.exitValue();
    return switch (status - SIGNALS) {
      case 6 -> "SIGABRT (exit status 134)";
      case 7 -> "SIGBUS (exit status 135)";
      case 9 -> "SIGKILL (exit status 137: was memory short?)";
      case 11 -> "SIGSEGV (exit status 139)";
      case 15 -> "SIGTERM (exit status 143)";
      default -> "exit status " + status;
    };
  }

  /** Whether the process died of a signal that programs do not send to themselves. */
  private boolean isEndedFromOutside() {
    return process.isAlive()
        || (crash.isEmpty() && OUTSIDE.contains(process.exitValue() - SIGNALS));
  }

  private void readOutput() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = CRASH.matcher(line);
        crash = matcher.matches() ? matcher.group(1) : crash;
        if (line.startsWith("#")) {
          LOG.debug("{}", line);
        } else {
          LOG.info("{}", line);
        }
      }
    } catch (IOException e) {
      LOG.debug("Cannot read the output of a process", e);
    }
  }
}
