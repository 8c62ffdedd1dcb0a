import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/**
 * An S3 store on a folder, with faults in front of it: {@code java -cp S3PROXY S3Store.java FOLDER
 * PORT}. The file FOLDER/mode says which: none, errors (503 and 500 to one request in three), lost
 * (one reply in four to a PUT or POST gets lost after the store has done it), cut (one GET in three
 * ends halfway). FOLDER/requests.log has a line for each request that writes and for each fault.
 */
final class S3Store {
  private static final Set<String> OWN =
      Set.of("host", "connection", "content-length", "expect", "transfer-encoding");

  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

  private static final Pattern PREFIX = Pattern.compile("(?:^|&)prefix=([^&]*)");

  private final Path folder;
  private final int upstream;
  private final AtomicInteger count = new AtomicInteger();

  private S3Store(Path folder, int upstream) {
    this.folder = folder;
    this.upstream = upstream;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    int port = Integer.parseInt(arguments[1]);
    Files.createDirectories(folder.resolve("data"));
    System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
    ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
        .setLevel(ch.qos.logback.classic.Level.WARN);
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", folder.resolve("data").toString());
    BlobStoreContext context =
        ContextBuilder.newBuilder("filesystem-nio2")
            .credentials("access", "secret")
            .overrides(properties)
            .build(BlobStoreContext.class);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(context.getBlobStore())
            .awsAuthentication(AuthenticationType.NONE, "access", "secret")
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    proxy.start();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/", new S3Store(folder, proxy.getPort())::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String uri = exchange.getRequestURI().toString();
      String mode = Files.readString(folder.resolve("mode")).strip();
      int number = count.incrementAndGet();
      if (mode.equals("errors") && number % 3 == 0) {
        log((number % 2 == 0 ? "503 " : "500 ") + method + " " + uri);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(number % 2 == 0 ? 503 : 500, -1);
        return;
      }
      if (!method.equals("GET") && !method.equals("HEAD")) {
        log(method + " " + uri);
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (method.equals("POST") && "delete".equals(exchange.getRequestURI().getRawQuery())) {
        for (Matcher key = KEY.matcher(new String(body, StandardCharsets.UTF_8)); key.find(); ) {
          log("DELETE " + exchange.getRequestURI().getPath().replaceAll("/$", "") + "/" + key.group(1));
        }
      }
      if ((method.equals("HEAD") || method.equals("GET")) && isFolder(exchange.getRequestURI().getPath())) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      if (method.equals("PUT") && exchange.getRequestHeaders().containsKey("If-None-Match") && exists(uri)) {
        log("412 " + method + " " + uri);
        exchange.sendResponseHeaders(412, -1);
        return;
      }
      HttpURLConnection there = forward(exchange, method, uri, body);
      int status = there.getResponseCode();
      InputStream in = status >= 400 ? there.getErrorStream() : there.getInputStream();
      byte[] reply = in == null ? new byte[0] : in.readAllBytes();
      if (mode.equals("lost") && (method.equals("PUT") || method.equals("POST")) && number % 4 == 0) {
        log("lost " + method + " " + uri);
        return;
      }
      reply = withMarker(exchange, reply);
      there.getHeaderFields()
          .forEach(
              (name, values) -> {
                if (name != null && !OWN.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      if (method.equals("HEAD")) {
        String length = there.getHeaderField("Content-Length");
        if (length != null) {
          exchange.getResponseHeaders().put("Content-Length", List.of(length));
        }
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      exchange.sendResponseHeaders(status, reply.length == 0 ? -1 : reply.length);
      if (mode.equals("cut") && method.equals("GET") && number % 3 == 0 && status < 300 && reply.length > 1) {
        log("cut " + uri);
        exchange.getResponseBody().write(reply, 0, reply.length / 2);
        exchange.getResponseBody().flush();
        return;
      }
      if (reply.length > 0) {
        exchange.getResponseBody().write(reply);
      }
    } catch (RuntimeException e) {
      log("mistake " + e);
    }
  }

  /** This store does not list the marker of an empty folder, as S3 does. */
  private byte[] withMarker(HttpExchange exchange, byte[] reply) {
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    Matcher prefix = PREFIX.matcher(query);
    String text = query.contains("list-type=2") ? new String(reply, StandardCharsets.UTF_8) : "";
    if (!text.contains("<KeyCount>0</KeyCount>") || !prefix.find()) {
      return reply;
    }
    String key = URLDecoder.decode(prefix.group(1), StandardCharsets.UTF_8);
    String bucket = exchange.getRequestURI().getPath().replaceAll("/$", "");
    if (!key.endsWith("/") || !Files.isDirectory(folder.resolve("data" + bucket + "/" + key))) {
      return reply;
    }
    return text.replace("<KeyCount>0</KeyCount>", "<KeyCount>1</KeyCount>")
        .replace(
            "</ListBucketResult>",
            "<Contents><Key>"
                + key
                + "</Key><LastModified>2022-01-01T00:00:00.000Z</LastModified><ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag><Size>0</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** This store takes the folder of a key for an object of that name. */
  private boolean isFolder(String path) {
    boolean isKey = path.indexOf('/', 1) > 0 && !path.endsWith("/");
    return isKey && Files.isDirectory(folder.resolve("data" + path));
  }

  private boolean exists(String uri) throws IOException {
    HttpURLConnection there = connect(uri);
    there.setRequestMethod("HEAD");
    return there.getResponseCode() == 200;
  }

  private HttpURLConnection forward(HttpExchange exchange, String method, String uri, byte[] body)
      throws IOException {
    HttpURLConnection there = connect(uri);
    there.setRequestMethod(method);
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (!OWN.contains(lower) && !lower.equals("if-none-match")) {
                there.setRequestProperty(name, String.join(",", values));
              }
            });
    if (method.equals("PUT") || method.equals("POST")) {
      there.setDoOutput(true);
      there.setFixedLengthStreamingMode(body.length);
      there.getOutputStream().write(body);
    }
    return there;
  }

  private HttpURLConnection connect(String uri) throws IOException {
    return (HttpURLConnection) URI.create("http://127.0.0.1:" + upstream + uri).toURL().openConnection();
  }

  private synchronized void log(String line) throws IOException {
    Files.write(
        folder.resolve("requests.log"),
        (line + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
