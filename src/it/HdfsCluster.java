import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * A small HDFS, one name node and two data nodes, in this process: {@code java -cp MINICLUSTER HdfsCluster.java FOLDER}. When it is
 * up, the file FOLDER/uri has its address. A second start with the same folder has the same files.
 */
final class HdfsCluster {
  private HdfsCluster() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Path uri = folder.resolve("uri");
    // The second start must be found at the address of the first one.
    int port = Files.exists(uri) ? java.net.URI.create(Files.readString(uri).strip()).getPort() : 0;
    Configuration configuration = new HdfsConfiguration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("data").toString());
    configuration.setBoolean("dfs.permissions.enabled", false);
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(configuration).numDataNodes(2).nameNodePort(port).format(port == 0).build();
    cluster.waitClusterUp();
    Files.writeString(folder.resolve("uri.new"), cluster.getURI() + "\n");
    Files.move(folder.resolve("uri.new"), uri, java.nio.file.StandardCopyOption.ATOMIC_MOVE, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(folder.resolve("up"), "");
    Thread.currentThread().join();
  }
}
