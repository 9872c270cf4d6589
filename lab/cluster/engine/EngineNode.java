import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One node of the search engine, in a virtual machine of its own: {@code java EngineNode HOME}.
 *
 * <p>HOME has the settings in {@code config/opensearch.yml}. A line "ready" is printed when the node
 * has joined a cluster, or has given up waiting for one, and answers; it is closed in good order when
 * the process is asked to end.
 */
public final class EngineNode extends Node {
    private EngineNode(Environment environment) {
        super(environment, List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, PainlessPlugin.class), true);
    }

    public static void main(String[] arguments) throws Exception {
        Settings home = Settings.builder().put("path.home", arguments[0]).build();
        Path config = Path.of(arguments[0], "config");
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
                home, Map.of(), config, () -> "the settings name the node");
        // Never counted down: the engine's own threads do not keep the process alive.
        CountDownLatch forever = new CountDownLatch(1);
        try {
            EngineNode node = new EngineNode(environment);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
            node.start();
        } catch (Throwable failure) {
            failure.printStackTrace();
            // Last, where who reads the end of it finds it.
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                System.err.println(cause);
            }
            Runtime.getRuntime().halt(1);
        }
        System.out.println("ready");
        forever.await();
    }

    private static void close(EngineNode node) {
        try {
            node.close();
        } catch (Exception failure) {
            failure.printStackTrace();
        }
    }
}
