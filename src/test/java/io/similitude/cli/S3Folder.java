package io.similitude.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A local folder as the bucket {@code bucket} of an S3 store on this machine, to be read: HEAD and
 * GET of objects, with ranges, and the listing of version 2. Signatures are not checked. Counts the
 * bytes that it has sent of each object.
 */
final class S3Folder implements AutoCloseable {
  private static final String BUCKET = "/bucket";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final String DATE = "Sat, 01 Jan 2022 00:00:00 GMT";

  private final Path folder;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Long> sent = new ConcurrentHashMap<>();

  S3Folder(Path folder) throws IOException {
    this.folder = folder;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Hadoop's settings for it. */
  Map<String, String> settings() {
    return Map.of(
        "fs.s3a.endpoint", "http://127.0.0.1:" + server.getAddress().getPort(),
        "fs.s3a.endpoint.region", "us-east-1",
        "fs.s3a.path.style.access", "true",
        "fs.s3a.access.key", "access",
        "fs.s3a.secret.key", "secret");
  }

  /** Bytes sent of an object. */
  long sent(String key) {
    return sent.getOrDefault(key, 0L);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String key = path.length() > BUCKET.length() ? path.substring(BUCKET.length() + 1) : "";
      Path file = folder.resolve(key);
      if (key.isEmpty()) {
        reply(exchange, 200, list(exchange.getRequestURI().getRawQuery()).getBytes(UTF_8));
      } else if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        object(exchange, key, Files.readAllBytes(file));
      }
    }
  }

  private void object(HttpExchange exchange, String key, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"" + key.hashCode() + "-" + bytes.length + "\"");
    exchange.getResponseHeaders().set("Last-Modified", DATE);
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    Matcher range =
        RANGE.matcher(
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse(""));
    int from = 0;
    int to = bytes.length;
    int status = 200;
    if (range.matches()) {
      from = Integer.parseInt(range.group(1));
      to = range.group(2).isEmpty() ? to : Math.min(to, Integer.parseInt(range.group(2)) + 1);
      status = 206;
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, bytes.length));
    }
    sent.merge(key, (long) to - from, Long::sum);
    exchange.sendResponseHeaders(status, to - from);
    exchange.getResponseBody().write(bytes, from, to - from);
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** ListObjectsV2; what the prefix has below its next slash is one common prefix. */
  private String list(String query) throws IOException {
    String prefix = parameter(query, "prefix");
    boolean delimited = !parameter(query, "delimiter").isEmpty();
    StringBuilder entries = new StringBuilder();
    List<String> keys;
    try (var files = Files.walk(folder)) {
      keys =
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString())
              .filter(key -> key.startsWith(prefix))
              .sorted()
              .toList();
    }
    for (String key : keys) {
      if (!delimited || key.indexOf('/', prefix.length()) < 0) {
        entries.append(
            "<Contents><Key>%s</Key><LastModified>2022-01-01T00:00:00.000Z</LastModified><ETag>&quot;x&quot;</ETag><Size>%d</Size><StorageClass>STANDARD</StorageClass></Contents>"
                .formatted(key, Files.size(folder.resolve(key))));
      }
    }
    keys.stream()
        .filter(key -> delimited && key.indexOf('/', prefix.length()) >= 0)
        .map(key -> key.substring(0, key.indexOf('/', prefix.length()) + 1))
        .distinct()
        .forEach(
            common ->
                entries.append(
                    "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>".formatted(common)));
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>bucket</Name><Prefix>%s</Prefix><KeyCount>%d</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>%s</ListBucketResult>"
        .formatted(prefix, keys.size(), entries);
  }

  private static String parameter(String query, String name) {
    Matcher value =
        Pattern.compile("(?:^|&)" + name + "=([^&]*)")
            .matcher(Optional.ofNullable(query).orElse(""));
    return value.find() ? URLDecoder.decode(value.group(1), UTF_8) : "";
  }
}
